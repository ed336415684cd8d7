import { basename } from "node:path";
import type { ChainContext } from "../source.ts";
import type { BlockFolder } from "./block-files.ts";

/** Ids of a folder of blocks and of its files as evidence.
 *
 *  Limits: no file is hashed. A whole chain is 700 GB, which takes an hour to read for nothing: a block is
 *  known by its own hash, which holds all of it, and it is told beside everything that is said of the block.
 */
export interface EvidenceIds {
  /** Of all; where a file was named, of that. */
  readonly whole: string;
  /** Of a file, made known when it is asked for: of 5,000 files few have to do with the case. */
  of(file: number): string;
}

/** Makes the folder known at once, its files when they are asked for. */
export function evidenceIds({ folder, files }: BlockFolder, context: ChainContext): EvidenceIds {
  const made = new Map<number, string>();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const whole =
    folder === null
      ? null
      : context.evidence(
          { name: basename(folder), kind: "bitcoin-blocks", bytes, sha256: null, within: null },
          folder,
        );
  const of = (file: number): string => {
    const known = made.get(file);
    if (known !== undefined) return known;
    const { name, bytes, path } = files[file] ?? { name: "", bytes: 0, path: "" };
    const id = context.evidence(
      { name, kind: "bitcoin-block-file", bytes, sha256: null, within: whole },
      path,
    );
    made.set(file, id);
    return id;
  };
  return { whole: whole ?? of(0), of };
}
