/** One piece of evidence as it was read.
 *
 *  Shape: `bytes` is the size on disk; `sha256` is over those bytes, lower-case hex, null with `--no-hash`;
 *  `first` and `last` are ISO 8601 UTC with microseconds; counts that do not apply are null.
 */
export interface Evidence {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly compression: "gzip" | null;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly packets: number | null;
  readonly first: string | null;
  readonly last: string | null;
}
