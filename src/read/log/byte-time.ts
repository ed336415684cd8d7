import { MICROS_PER_SECOND } from "../../bytes/time.ts";

/** Times of log lines, read from bytes: a text for each of millions would cost more than all else. */

const HOUR_MICROS = 3600e6;
const MINUTE_MICROS = 60e6;
const ZERO = 0x30;
const DOT = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;
const DASH = 0x2d;
const PLUS = 0x2b;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH_OF = new Map(
  MONTHS.map((name, index) => [
    (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
    index + 1,
  ]),
);

/** 1 to 12 for three bytes such as "Jan"; 0 for others. */
export function monthAt(bytes: Uint8Array, at: number): number {
  const name = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return MONTH_OF.get(name) ?? 0;
}

/** Two digits as a number; -1 for anything else. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
}

/** A time of day with an optional fraction: microseconds since midnight, and where it ends. */
export class ClockText {
  micros = 0;
  end = 0;

  /** Reads "03:05:09", "03:05:09.123456" or "03:05:09,123"; false when there is none. A leap second is the
   *  second before it. */
  read(bytes: Uint8Array, at: number): boolean {
    const hour = twoDigits(bytes, at);
    const minute = twoDigits(bytes, at + 3);
    const second = twoDigits(bytes, at + 6);
    if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
    this.micros = hour * HOUR_MICROS + minute * MINUTE_MICROS + Math.min(second, 59) * MICROS_PER_SECOND;
    this.end = at + 8;
    const mark = bytes[this.end];
    if (mark === DOT || mark === COMMA) this.#fraction(bytes);
    return true;
  }

  #fraction(bytes: Uint8Array): void {
    let unit = MICROS_PER_SECOND / 10;
    let at = this.end + 1;
    for (; at < this.end + 10; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) break;
      this.micros += digit * Math.floor(unit);
      unit /= 10;
    }
    if (at > this.end + 1) this.end = at;
  }
}

/** ISO 8601 date and time.
 *
 *  Shape: `micros` since 1970, in UTC where the zone stands (`hasZone`), else the wall clock as if it were
 *  UTC.
 */
export class IsoText {
  micros = 0;
  hasZone = false;
  end = 0;
  readonly #clock = new ClockText();
  #year = 0;
  #monthDay = 0;
  #midnight = 0;

  /** Reads "2026-01-14T03:05:09.123456+01:00"; false when there is none. */
  read(bytes: Uint8Array, at: number): boolean {
    if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH || bytes[at + 10] !== LETTER_T) return false;
    const midnight = this.#midnightOf(bytes, at);
    if (midnight === null || !this.#clock.read(bytes, at + 11)) return false;
    this.micros = midnight + this.#clock.micros;
    this.end = this.#clock.end;
    this.#zone(bytes);
    return true;
  }

  #midnightOf(bytes: Uint8Array, at: number): number | null {
    const century = twoDigits(bytes, at);
    const rest = twoDigits(bytes, at + 2);
    const month = twoDigits(bytes, at + 5);
    const day = twoDigits(bytes, at + 8);
    // What is beyond is no time of a log, and from 2255 on no microseconds that a number can hold.
    if (century < 19 || century > 21 || rest < 0 || month < 1 || day < 1) return null;
    const year = 100 * century + rest;
    const monthDay = 32 * month + day;
    if (year === this.#year && monthDay === this.#monthDay) return this.#midnight;
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
    this.#year = year;
    this.#monthDay = monthDay;
    this.#midnight = (date.getTime() / 1000) * MICROS_PER_SECOND;
    return this.#midnight;
  }

  #zone(bytes: Uint8Array): void {
    const sign = bytes[this.end];
    this.hasZone = sign === LETTER_Z;
    if (this.hasZone) this.end += 1;
    if (sign !== PLUS && sign !== DASH) return;
    const hours = twoDigits(bytes, this.end + 1);
    const colon = bytes[this.end + 3] === COLON ? 1 : 0;
    const minutes = twoDigits(bytes, this.end + 3 + colon);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return;
    const offset = hours * HOUR_MICROS + minutes * MINUTE_MICROS;
    this.micros += sign === PLUS ? -offset : offset;
    this.hasZone = true;
    this.end += 5 + colon;
  }
}
