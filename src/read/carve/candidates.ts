import { allOf, HEX } from "./classes.ts";
import { type Family, type FamilyIndex, MOST_CHARS } from "./families.ts";
import type { Region } from "./region.ts";

/** Takes a stretch whose first character, length and alphabet are those of a family; says whether it was
 *  one. */
export type Consider = (family: Family, start: number, stop: number) => boolean;

const BACKSLASH = 92;
const PERCENT = 37;
const DASH = 45;
const SPACE = 32;
const QUOTES: readonly number[] = [34, 39, 96];

/** Hands on what a run of letters and digits can be: the whole of it, or what stands behind an escape that
 *  reads as letters and digits.
 *
 *  Shape: at most three stretches of a run are looked at, so that a run of any length takes the same time.
 */
export function considerRun(region: Region, run: Run, consider: Consider): void {
  const { bytes } = region;
  const { start, stop, index } = run;
  const length = stop - start;
  if (length > MOST_CHARS || considerAt(bytes, run, consider)) return;
  const skip = escapeBefore(bytes, start);
  if (skip > 0 && length - skip >= index.least) {
    if (considerAt(bytes, { start: start + skip, stop, index }, consider)) return;
  }
  // In memory and databases a text often has its length in the byte before it, which reads as a letter for
  // the lengths of a private key ("3", "4"), a Sapling ("N") or an integrated Monero address ("j").
  if (bytes[start] === length - 1) considerAt(bytes, { start: start + 1, stop, index }, consider);
}

interface Run {
  readonly start: number;
  readonly stop: number;
  readonly index: FamilyIndex;
}

function considerAt(bytes: Uint8Array, { start, stop, index }: Run, consider: Consider): boolean {
  const lead = bytes[start] ?? 0;
  const length = stop - start;
  // Nearly every run ends here: no address that begins so is as short or as long.
  if (length < (index.shortest[lead] ?? 0) || length > (index.longest[lead] ?? 0)) return false;
  for (const row of index.byLead[lead] ?? []) {
    if (length < row.least || length > row.most) continue;
    const skip = row.prefix?.length ?? 0;
    if (row.prefix !== undefined && !beginsWith(bytes, start, row.prefix)) continue;
    if (row.fits?.(bytes, start, stop) === false) continue;
    if (!allOf(bytes, { start: start + skip, stop }, row.alphabet)) continue;
    if (consider(row, start, stop)) return true;
  }
  return false;
}

function beginsWith(bytes: Uint8Array, at: number, prefix: string): boolean {
  for (let i = 0; i < prefix.length; i++) {
    const code = prefix.charCodeAt(i);
    const byte = bytes[at + i] ?? 0;
    if (byte !== code && !(code >= 97 && byte === code - 32)) return false;
  }
  return true;
}

/** Characters of the run that belong to an escape: "%3A" of a URL, "\n", "\x0a" and "\u000a" of JSON and
 *  shells, and the letter of an option whose value follows at once ("-u4…"). */
function escapeBefore(bytes: Uint8Array, start: number): number {
  const before = start > 0 ? bytes[start - 1] : SPACE;
  if (before === PERCENT) return hexDigits(bytes, start, 2) ? 2 : 0;
  if (before === BACKSLASH) {
    const letter = String.fromCharCode(bytes[start] ?? 0);
    if (letter === "x") return hexDigits(bytes, start + 1, 2) ? 3 : 0;
    if (letter === "u") return hexDigits(bytes, start + 1, 4) ? 5 : 0;
    return "nrtbfv0".includes(letter) ? 1 : 0;
  }
  if (before !== DASH) return 0;
  const outer = start > 1 ? (bytes[start - 2] ?? 0) : SPACE;
  return outer <= SPACE || QUOTES.includes(outer) ? 1 : 0;
}

function hexDigits(bytes: Uint8Array, at: number, count: number): boolean {
  return allOf(bytes, { start: at, stop: at + count }, HEX);
}
