/** Bytes in which to search, as one-byte text: evidence as it is, or UTF-16 with its zero bytes taken out.
 *
 *  Shape: what begins at an index in [from, limit) belongs to this region; bytes before and behind, in
 *  [0, end), are shown so that it can be seen whole and in its surroundings. The byte at index i lies at
 *  `base + i * stride` of the evidence and takes `stride` bytes there.
 */
export interface Region {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly limit: number;
  readonly end: number;
  readonly base: number;
  readonly stride: 1 | 2;
}

/** A stretch of a region: [start, stop). */
export interface Span {
  readonly start: number;
  readonly stop: number;
}

/** Bytes that are kept before what is searched: those around a hit, and the beginning of a host's name. */
export const BEHIND = 1024;
/** Bytes that are looked at behind where a hit begins: the longest one in UTF-16, and what is around it. */
export const AHEAD = 2048;

/** The text of a stretch, every byte one character. */
export function textOf({ bytes }: Region, start: number, stop: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start).toString("latin1");
}
