/** Where a claim can be checked: bytes of one piece of evidence.
 *
 *  Shape: `evidence` is an id of `Case.evidence`, or the name of a table in `Case.tables`; `atByte` counts
 *  from 0 in the (decompressed) evidence; `packet` counts from 1 as Wireshark's frame number does; `line`
 *  counts from 1.
 *  What does not apply is null.
 *  Limits: a message that is spread over packets has the place of its part in the first one;
 *  for gzip evidence the offset is the one in the decompressed bytes (`zcat FILE | tail -c +N`).
 */
export interface Place {
  readonly evidence: string;
  readonly atByte: number;
  readonly byteLength: number;
  readonly packet: number | null;
  readonly line: number | null;
}

/** The place of a stretch of bytes that is no packet. */
export function bytesAt(evidence: string, atByte: number, byteLength: number): Place {
  return { evidence, atByte, byteLength, packet: null, line: null };
}

/** The three words for how a claim is known. `seen`: it stands in the evidence. `inferred`: it follows from
 *  what was seen, by a stated rule. `assumed`: nothing in the evidence says so. */
export type How = "seen" | "inferred" | "assumed";

/** Longest excerpt of a message or of bytes, in characters. */
export const MAX_EXCERPT_CHARS = 2_000;

/** One step of the trail behind a claim: the place, what stands there and how it is known. */
export interface Basis {
  readonly place: Place;
  readonly how: How;
  readonly says: string;
  /** Decoded message or bytes as text, cut at `MAX_EXCERPT_CHARS`; null where nothing is readable. */
  readonly excerpt: string | null;
}
