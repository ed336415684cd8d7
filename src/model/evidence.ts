import type { Place } from "./place.ts";

export type Compression = "gzip" | "bzip2" | "xz" | "zstd";

/** A collector's word on its output, and whether the hashes are those of the file as it was read. */
export interface Custody {
  readonly tool: string;
  readonly caseNumber: string | null;
  readonly evidenceNumber: string | null;
  readonly examiner: string | null;
  readonly started: string | null;
  readonly finished: string | null;
  readonly algorithm: string | null;
  readonly hash: string | null;
  /** null when the log holds no hash that could be compared. */
  readonly agrees: boolean | null;
  readonly place: Place;
}

/** One piece of evidence as it was read.
 *
 *  Shape: `bytes` is the size on disk; `sha256` is over those bytes, lower-case hex, null with `--no-hash`;
 *  `first` and `last` are ISO 8601 UTC with microseconds; counts that do not apply are null.
 */
export interface Evidence {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly compression: Compression | null;
  /** The archive, folder or live host that holds it; null for what was named itself. */
  readonly within: string | null;
  /** Id of the host that it tells of, null when of none. */
  readonly host: string | null;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly packets: number | null;
  readonly first: string | null;
  readonly last: string | null;
  /** Files in an archive, folder or live host, and how many of them are read as something; else null. */
  readonly files: number | null;
  readonly filesRead: number | null;
  /** What the collector's own log says of it; null where there is none. */
  readonly custody: Custody | null;
}
