// Mining pools by their URL, or by host and port where the host is in the pool table.

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

const SCHEME = Buffer.from("stratum");
/** Name and password may stand before the host; they are not kept. */
const USER = /(?:[^\s/@"'<>]{1,200}@)?/;
const STRATUM = /(stratum[0-9]?(?:\+[a-z0-9]{1,8}){0,2}:\/\/)/;
const HOST_PORT = /([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?/;
const URL_PATTERN = new RegExp(`^${STRATUM.source}${USER.source}${HOST_PORT.source}`, "i");
const URL_UP_TO_HOST = new RegExp(`${STRATUM.source}${USER.source}$`, "i");
const MOST_URL_CHARS = 512;
const MOST_HOST_CHARS = 253;
const MOST_PORT = 65_535;

/** Calls back with every stratum URL that begins in [from, limit).
 *  Limits: "stratum" in small letters, as all miners print it. */
export function eachStratumUrl(region: Region, take: (found: FoundPool) => void): void {
  const { bytes, from, limit, end } = region;
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(end, limit + SCHEME.length - 1));
  for (let start = searched.indexOf(SCHEME, from); start !== -1; ) {
    const found = URL_PATTERN.exec(textOf(region, start, Math.min(end, start + MOST_URL_CHARS)));
    if (found !== null) {
      const [whole, scheme = "", host = "", port] = found;
      const number = port === undefined ? null : Number(port);
      const url = `${scheme}${host}${port === undefined ? "" : `:${port}`}`;
      if (number === null || number <= MOST_PORT) {
        take({ start, stop: start + whole.length, url, host: host.toLowerCase(), port: number });
      }
    }
    start = searched.indexOf(SCHEME, start + SCHEME.length);
  }
}

const COLON = 58;
const DOT = 46;
const SLASH = 47;
/** A colon in each byte of a word, and what tells whether a byte of a word is zero. Source: H. S. Warren,
 *  Hacker's Delight, "Find First 0-Byte". */
const COLONS = 0x3a3a3a3a;
const LOW_BITS = 0x01010101;
const HIGH_BITS = 0x80808080;

/** Calls back with every host and port whose colon lies in [from, limit) and whose host is in the pool table;
 *  a stratum URL is left to `eachStratumUrl`. Four bytes are looked at at once. */
export function eachPoolPort(region: Region, take: (found: FoundPool) => void): void {
  const { bytes, from, limit } = region;
  // Words lie at multiples of 4 in the memory behind the bytes.
  const shift = (4 - (bytes.byteOffset & 3)) & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + shift, (limit - Math.min(shift, limit)) >> 2);
  for (let i = Math.max(0, (from - shift) >> 2); i < words.length; i++) {
    const word = (words[i] as number) ^ COLONS;
    if (((word - LOW_BITS) & ~word & HIGH_BITS) !== 0) colonIn(region, (i << 2) + shift, take);
  }
  for (let at = shift + 4 * words.length; at < limit; at++) if (at >= from) portAt(region, at, take);
}

function colonIn(region: Region, at: number, take: (found: FoundPool) => void): void {
  for (let i = 0; i < 4; i++) if (at + i >= region.from) portAt(region, at + i, take);
}

/** A colon between a letter and two digits. */
function portAt(region: Region, colon: number, take: (found: FoundPool) => void): void {
  const { bytes } = region;
  if (bytes[colon] !== COLON || colon === 0) return;
  if (LETTER[bytes[colon - 1] ?? 0] !== 1 || DIGIT[bytes[colon + 1] ?? 0] !== 1) return;
  if (DIGIT[bytes[colon + 2] ?? 0] === 1) hostBefore(region, colon, take);
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
