/** One piece of evidence in the chain of custody. Times are ISO 8601 UTC; `before` and `after` are what the
 *  file system said before the first and after the last byte was read. null for standard input. */
export interface ManifestEvidence {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly before: FileStamp | null;
  readonly after: FileStamp | null;
  readonly unchanged: boolean | null;
}

/** A time that cannot be told exactly, beyond the year 2255, is null. */
export interface FileStamp {
  readonly bytes: number;
  readonly modified: string | null;
  readonly changed: string | null;
  readonly inode: string;
}

/** The only file of a case that carries a clock. */
export interface Manifest {
  readonly schema: 1;
  readonly tool: { readonly name: "paydirt"; readonly version: string; readonly node: string };
  readonly commandLine: readonly string[];
  /** Runs that made the case before this one added to it, oldest first. */
  readonly earlier: readonly EarlierRun[];
  readonly caseNumber: string | null;
  readonly examiner: string | null;
  readonly started: string;
  readonly elapsedSeconds: number;
  readonly evidence: readonly ManifestEvidence[];
  readonly tables: readonly { readonly name: string; readonly sha256: string; readonly source: string }[];
  /** Every other file of the case. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

export type EarlierRun = Pick<Manifest, "tool" | "commandLine" | "started">;
