import type { ByteClass } from "./classes.ts";
import type { Region } from "./region.ts";

/** Calls back with every longest stretch of bytes of a class, of at least `least` bytes, that begins in
 *  [from, limit).
 *
 *  Shape: one that reaches the region's end may go on behind it; `least` is 6 or more.
 *  Source: the skip of Boyer and Moore (1977), for classes in place of letters: the last byte of where a run
 *  could stand is looked at first, and where that is of another class, `least` bytes are passed over at once.
 *  Of random bytes and a run of 95 about one in 70 is looked at; no byte more than three times.
 */
export function eachRun(
  region: Region,
  { table, least }: { readonly table: ByteClass; readonly least: number },
  take: (start: number, stop: number) => void,
): void {
  const { bytes, from, limit, end } = region;
  let start = from;
  // What runs into the region began before it.
  if (start > 0 && table[bytes[start - 1] as number] === 1) {
    while (start < end && table[bytes[start] as number] === 1) start++;
  }
  while (start < limit) {
    let at = start + least - 1;
    if (at >= end) return;
    // Words are short: five looks without a loop find the end of most, which is a fifth of the time in logs.
    if (table[bytes[at] as number] === 0) start = at + 1;
    else if (table[bytes[at - 1] as number] === 0) start = at;
    else if (table[bytes[at - 2] as number] === 0) start = at - 1;
    else if (table[bytes[at - 3] as number] === 0) start = at - 2;
    else if (table[bytes[at - 4] as number] === 0) start = at - 3;
    else {
      at -= 5;
      while (at >= start && table[bytes[at] as number] === 1) at--;
      if (at >= start) {
        start = at + 1;
        continue;
      }
      let stop = start + least;
      while (stop < end && table[bytes[stop] as number] === 1) stop++;
      take(start, stop);
      start = stop + 1;
    }
  }
}
