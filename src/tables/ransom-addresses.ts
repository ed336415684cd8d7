// Addresses that ransom was paid to: data/ransom/addresses.tsv, whose README tells source and licence.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";

const HEADING = "address\tfamily";
export const RANSOM_ADDRESSES_SOURCE = "GraphSense TagPack Ransomware (Paquet-Clouston et al.), MIT";

/** The table as cases name it, among their tables and in places. */
export const RANSOM_ADDRESSES_NAME = "data/ransom/addresses.tsv";

let loaded: ReadonlyMap<string, string> | null = null;

/** The family of ransomware that named this Bitcoin address; null for one that is not in the table.
 *
 *  Errors: throws when the table is missing or malformed, which means a broken installation.
 *  Limits: the list ends in 2017.
 */
export function ransomFamily(address: string): string | null {
  loaded ??= load();
  return loaded.get(address) ?? null;
}

/** The table with its hash, as a case that rests on it lists it. */
export function ransomTable(): { readonly name: string; readonly sha256: string; readonly source: string } {
  const sha256 = createHash("sha256").update(readFileSync(tablePath())).digest("hex");
  return { name: RANSOM_ADDRESSES_NAME, sha256, source: RANSOM_ADDRESSES_SOURCE };
}

/** Every row of the table, with its place in it. Errors: as `ransomFamily`. */
export function* ransomAddresses(): Iterable<{
  readonly address: string;
  readonly family: string;
  readonly line: number;
  readonly atByte: number;
  readonly byteLength: number;
}> {
  loaded ??= load();
  let line = 1;
  let atByte = HEADING.length + 1;
  for (const [address, family] of loaded) {
    line += 1;
    const byteLength = Buffer.byteLength(`${address}\t${family}`);
    yield { address, family, line, atByte, byteLength };
    atByte += byteLength + 1;
  }
}

function tablePath(): string {
  return join(packageRoot(), ...RANSOM_ADDRESSES_NAME.split("/"));
}

function load(): ReadonlyMap<string, string> {
  const [heading, ...lines] = readFileSync(tablePath(), "utf8").trimEnd().split("\n");
  if (heading !== HEADING) throw new Error("Cannot read addresses.tsv: line 1 is not the heading");
  return new Map(
    lines.map((line, index) => {
      const [address, family, ...more] = line.split("\t");
      if (!address || !family || more.length > 0) {
        throw new Error(`Cannot read addresses.tsv: line ${index + 2} is not a row`);
      }
      return [address, family] as const;
    }),
  );
}
