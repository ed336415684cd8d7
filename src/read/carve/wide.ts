// UTF-16LE: every second byte is zero. Where such text stands it is copied without the zeros, and searched as
// any other. Both alignments are met, since the probe looks at two neighbouring bytes.

import { BEHIND, type Region } from "./region.ts";

const TAB = 9;
const LF = 10;
const CR = 13;

const TEXT = new Uint8Array(256);
for (let byte = 32; byte < 127; byte++) TEXT[byte] = 1;
for (const byte of [TAB, LF, CR]) TEXT[byte] = 1;

/** Calls back with every stretch of UTF-16LE text, of at least `least` characters, that reaches into
 *  [from, limit), as a region of its own.
 *
 *  Shape: its `from` and `limit` say what in it belongs to the outer one.
 *  Limits: characters beyond ASCII end a text; big-endian UTF-16 is not read.
 */
export function eachWideText(region: Region, least: number, take: (narrow: Region) => void): void {
  const { bytes, from, limit, end } = region;
  // From probe to probe: two neighbouring bytes of one lie in every text of that length.
  const step = 2 * least - 2;
  // The first probe of a text that begins just before the limit lies behind it.
  for (let probe = from; probe < limit + step && probe + 1 < end; ) {
    const isFirstZero = bytes[probe] === 0;
    if (isFirstZero === (bytes[probe + 1] === 0)) {
      probe += step;
      continue;
    }
    const first = isFirstZero ? probe - 1 : probe;
    const start = textStart(bytes, first, Math.max(0, from - BEHIND));
    const stop = textStop(bytes, Math.max(first, 0), end);
    if (stop - start >= 2 * least) take(narrowed(region, start, stop));
    probe = Math.max(stop, probe) + step;
  }
}

function isText(bytes: Uint8Array, at: number): boolean {
  return TEXT[bytes[at] ?? 0] === 1 && bytes[at + 1] === 0;
}

function textStart(bytes: Uint8Array, at: number, floor: number): number {
  let start = at;
  while (start - 2 >= floor && isText(bytes, start - 2)) start -= 2;
  return start;
}

function textStop(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop + 1 < end && isText(bytes, stop)) stop += 2;
  return stop;
}

function narrowed({ bytes, from, limit, base }: Region, start: number, stop: number): Region {
  const length = (stop - start) >> 1;
  const narrow = new Uint8Array(length);
  for (let i = 0; i < length; i++) narrow[i] = bytes[start + 2 * i] ?? 0;
  return {
    bytes: narrow,
    from: Math.max(0, (from - start + 1) >> 1),
    limit: Math.min(length, Math.max(0, (limit - start + 1) >> 1)),
    end: length,
    base: base + start,
    stride: 2,
  };
}
