export const MICROS_PER_SECOND = 1_000_000;
const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;

/** A UTC day: leap seconds do not count. */
export const DAY_MICROS = 86_400 * MICROS_PER_SECOND;

/** Date, time with an optional fraction of up to nine digits, and the zone; or a date alone. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):?(\d{2})))?$/;
const ISO_MAX_CHARS = 35;

/** A moment as ISO 8601 UTC with exactly six decimals.
 *
 *  Shape: `atMicros` is microseconds since 1970 UTC, exact for every safe integer (the years 1684 to 2255); a
 *  fraction of a microsecond is cut off.
 *  Errors: RangeError for what is not finite or beyond 2^53 - 1; readers check clocks before they yield them.
 */
export function isoMicros(atMicros: number): string {
  const whole = Math.floor(atMicros);
  if (!Number.isSafeInteger(whole)) {
    throw new RangeError(`Cannot print a time: ${atMicros} microseconds is no safe integer`);
  }
  // The remainder first: whole / 1e6 itself rounds up near 2^53, the difference of two integers does not.
  const rest = ((whole % MICROS_PER_SECOND) + MICROS_PER_SECOND) % MICROS_PER_SECOND;
  const seconds = (whole - rest) / MICROS_PER_SECOND;
  const upToSeconds = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${upToSeconds}.${String(rest).padStart(6, "0")}Z`;
}

/** Farthest from 1970 that a time of a host may lie: what `isoMicros` prints, less two days for any zone. */
const FARTHEST_MICROS = Number.MAX_SAFE_INTEGER - 2 * DAY_MICROS;

/** A moment that evidence claims in a number of its own; null where it lies beyond what can be printed in
 *  any zone. */
export function boundedMicros(atMicros: number): number | null {
  return Math.abs(atMicros) <= FARTHEST_MICROS ? atMicros : null;
}

/** The UTC day of a moment, YYYY-MM-DD. Errors: as `isoMicros`. */
export function utcDay(atMicros: number): string {
  return isoMicros(atMicros).slice(0, 10);
}

/** Reads ISO 8601 as `isoMicros` prints it, with any fraction up to nine digits and any zone offset.
 *
 *  Shape: microseconds since 1970 UTC; digits behind the sixth are cut off. A date alone is its midnight,
 *  UTC.
 *  Errors: none; null when malformed, when no zone is given, for a day or time that does not exist (leap
 *  seconds included) and for what lies beyond the safe integers.
 *  Source: RFC 3339 § 5.6.
 */
export function parseIso(text: string): number | null {
  const match = text.length <= ISO_MAX_CHARS ? ISO.exec(text) : null;
  if (match === null) return null;
  const field = (index: number) => Number(match[index] ?? "0");
  const midnight = midnightMicros(field(1), field(2), field(3));
  if (midnight === null || field(4) > 23 || field(5) > 59 || field(6) > 59) return null;
  if (field(9) > 23 || field(10) > 59) return null;
  const clock = ((field(4) * 60 + field(5)) * 60 + field(6)) * MICROS_PER_SECOND;
  const fraction = Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const offset = (field(9) * 60 + field(10)) * MICROS_PER_MINUTE * (match[8] === "-" ? -1 : 1);
  const atMicros = midnight + clock + fraction - offset;
  return Number.isSafeInteger(atMicros) ? atMicros : null;
}

function midnightMicros(year: number, month: number, day: number): number | null {
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() * 1000;
}

/** The first of many moments, null when there is none. A spread into Math.min would overflow the stack. */
export function earliest(moments: readonly number[]): number | null {
  let first: number | null = null;
  for (const moment of moments) if (first === null || moment < first) first = moment;
  return first;
}

/** The last of many moments, null when there is none. */
export function latest(moments: readonly number[]): number | null {
  let last: number | null = null;
  for (const moment of moments) if (last === null || moment > last) last = moment;
  return last;
}
