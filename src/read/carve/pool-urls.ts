// Mining pools by their URL, or by host and port where the host is in the pool table: both have a colon, and
// what stands around it tells them.

import { loadPools } from "../../tables/pools.ts";
import { DIGIT, HOST_NAME, LETTER } from "./classes.ts";
import { type Region, textOf } from "./region.ts";

/** A pool's address as it stands in a region. */
export interface FoundPool {
  readonly start: number;
  readonly stop: number;
  readonly url: string;
  readonly host: string;
  readonly port: number | null;
}

/** Name and password may stand before the host; they are not kept. */
const USER = /(?:[^\s/@"'<>]{1,200}@)?/;
const STRATUM = /(stratum[0-9]?(?:\+[a-z0-9]{1,8}){0,2}:\/\/)/;
const HOST_PORT = /([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?/;
const URL_PATTERN = new RegExp(`^${STRATUM.source}${USER.source}${HOST_PORT.source}`, "i");
const URL_UP_TO_HOST = new RegExp(`${STRATUM.source}${USER.source}$`, "i");
const MOST_URL_CHARS = 512;
const MOST_HOST_CHARS = 253;
const MOST_PORT = 65_535;

const COLON = 58;
const DOT = 46;
const SLASH = 47;
const PLUS = 43;
const LETTER_S = 115;
/** Makes a capital letter small. */
const SMALL = 0x20;
const MOST_SCHEME_CHARS = 26;
/** A colon in each byte of a word, and what tells whether a byte of a word is zero. Source: H. S. Warren,
 *  Hacker's Delight, "Find First 0-Byte". */
const COLONS = 0x3a3a3a3a;
const LOW_BITS = 0x01010101;
const HIGH_BITS = 0x80808080;

/** Calls back with every stratum URL, and every other host and port whose host is in the pool table, by their
 *  colon in [from, limit). Four bytes are looked at at once.
 *  Limits: an address in digits counts in a stratum URL alone; pools by address need a date. */
export function eachPoolUrl(region: Region, take: (found: FoundPool) => void): void {
  const { bytes, from, limit } = region;
  // Words lie at multiples of 4 in the memory behind the bytes.
  const shift = (4 - (bytes.byteOffset & 3)) & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + shift, Math.max(0, limit - shift) >> 2);
  for (let at = from; at < Math.min(shift, limit); at++) colonAt(region, at, take);
  for (let i = Math.max(0, (from - shift) >> 2); i < words.length; i++) {
    const word = (words[i] as number) ^ COLONS;
    if (((word - LOW_BITS) & ~word & HIGH_BITS) === 0) continue;
    const at = (i << 2) + shift;
    for (let k = Math.max(at, from); k < at + 4; k++) colonAt(region, k, take);
  }
  for (let at = Math.max(from, shift + 4 * words.length); at < limit; at++) colonAt(region, at, take);
}

/** A colon before two slashes, or between a letter and two digits. */
function colonAt(region: Region, colon: number, take: (found: FoundPool) => void): void {
  const { bytes } = region;
  if (bytes[colon] !== COLON || colon === 0) return;
  const next = bytes[colon + 1] ?? 0;
  if (next === SLASH) {
    if (bytes[colon + 2] === SLASH) stratumAt(region, colon, take);
  } else if (DIGIT[next] === 1 && DIGIT[bytes[colon + 2] ?? 0] === 1) {
    if (LETTER[bytes[colon - 1] ?? 0] === 1) hostBefore(region, colon, take);
  }
}

function stratumAt(region: Region, colon: number, take: (found: FoundPool) => void): void {
  const { bytes, end } = region;
  let start = colon;
  while (start > 0 && colon - start < MOST_SCHEME_CHARS && isOfScheme(bytes[start - 1] ?? 0)) start -= 1;
  // Most URLs are others': their first letter tells nearly all of them.
  if (((bytes[start] ?? 0) | SMALL) !== LETTER_S) return;
  const found = URL_PATTERN.exec(textOf(region, start, Math.min(end, start + MOST_URL_CHARS)));
  if (found === null) return;
  const [whole, scheme = "", host = "", port] = found;
  const number = port === undefined ? null : Number(port);
  if (number !== null && number > MOST_PORT) return;
  const url = `${scheme}${host}${port === undefined ? "" : `:${port}`}`;
  take({ start, stop: start + whole.length, url, host: host.toLowerCase(), port: number });
}

function isOfScheme(byte: number): boolean {
  return byte === PLUS || LETTER[byte] === 1 || DIGIT[byte] === 1;
}

function hostBefore(region: Region, colon: number, take: (found: FoundPool) => void): void {
  const { bytes, end } = region;
  let start = colon;
  let dots = 0;
  while (start > 0 && colon - start <= MOST_HOST_CHARS && HOST_NAME[bytes[start - 1] ?? 0] === 1) {
    start -= 1;
    if (bytes[start] === DOT) dots += 1;
  }
  let stop = colon + 1;
  while (stop < end && stop - colon <= 5 && DIGIT[bytes[stop] ?? 0] === 1) stop += 1;
  const port = Number(textOf(region, colon + 1, stop));
  if (dots === 0 || port > MOST_PORT || loadPools().matchName(bytes, start, colon) === null) return;
  if (isOfStratumUrl(region, start)) return;
  const scheme = schemeBefore(region, start);
  const host = textOf(region, start, colon).toLowerCase();
  take({ start: start - scheme.length, stop, url: `${scheme}${host}:${port}`, host, port });
}

/** "ssl://", "tcp://" … before a host; else nothing. */
function schemeBefore(region: Region, start: number): string {
  const { bytes } = region;
  if (start < 4 || bytes[start - 1] !== SLASH || bytes[start - 2] !== SLASH || bytes[start - 3] !== COLON) {
    return "";
  }
  const before = textOf(region, Math.max(0, start - 19), start);
  return /[a-z0-9+]{1,16}:\/\/$/i.exec(before)?.[0] ?? "";
}

function isOfStratumUrl(region: Region, start: number): boolean {
  const before = textOf(region, Math.max(0, start - 240), start);
  return URL_UP_TO_HOST.test(before);
}
