/** The file that makes a folder a case; it is put in place last. */
export const MANIFEST = "manifest.json";

/** Files that only a case with followed money holds. */
export const FOLLOW_FILES = [
  "traces.csv",
  "trace-edges.csv",
  "owners.csv",
  "tags.csv",
  "chain-slice.json",
] as const;

/** Every file that a case may hold. `--force` replaces or removes these and no other. */
export const CASE_FILES = [
  "case.json",
  "report.html",
  "timeline.jsonl",
  "sessions.csv",
  "shares.csv",
  "wallets.csv",
  ...FOLLOW_FILES,
  MANIFEST,
] as const;

export type CaseFile = (typeof CASE_FILES)[number];

/** A file of a case as it was written; `sha256` is lower-case hex. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}
