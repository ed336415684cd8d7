// Addresses that ransom was paid to: data/ransom/addresses.tsv, whose README tells source and licence.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";

const HEADING = "address\tfamily";
export const RANSOM_ADDRESSES_SOURCE = "GraphSense TagPack Ransomware (Paquet-Clouston et al.), MIT";

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

/** Every row of the table, with its line in data/ransom/addresses.tsv. Errors: as `ransomFamily`. */
export function* ransomAddresses(): Iterable<{
  readonly address: string;
  readonly family: string;
  readonly line: number;
}> {
  loaded ??= load();
  let line = 1;
  for (const [address, family] of loaded) {
    line += 1;
    yield { address, family, line };
  }
}

function load(): ReadonlyMap<string, string> {
  const path = join(packageRoot(), "data", "ransom", "addresses.tsv");
  const [heading, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
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
