import { parseIso } from "../../bytes/time.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = /^[A-Z][a-z]{2}$/;
const TIME = /^\d\d:\d\d:\d\d$/;
const YEAR = /^\d{4}$/;
const OFFSET = /^[+-]\d{4}$/;

/** A time as a host's own wall clock showed it.
 *
 *  Shape: `localMicros` is the clock's reading as if it were UTC; `zone` is "UTC" or an offset such as
 *  "+0200" where one is written, else null: abbreviations such as CST stand for several zones.
 */
export interface WallTime {
  readonly localMicros: number;
  readonly zone: string | null;
}

/** What `date` and `ps -o lstart` print in the C locale: "Sun Nov 22 17:43:18 UTC 2026", and what UAC writes:
 *  "Sun Nov 22 17:43:18 2026 +0000". Null for anything else. */
export function parseDate(text: string): WallTime | null {
  const [week = "", month = "", day = "", time = "", ...rest] = text.trim().split(/ +/, 8);
  const year = rest.find((word) => YEAR.test(word)) ?? "";
  if (!DAY.test(week) || !/^\d{1,2}$/.test(day) || !TIME.test(time)) return null;
  const monthNumber = String(MONTHS.indexOf(month) + 1).padStart(2, "0");
  const localMicros = parseIso(`${year}-${monthNumber}-${day.padStart(2, "0")}T${time}Z`);
  if (localMicros === null) return null;
  const isUtc = rest.some((word) => word === "UTC" || word === "GMT");
  return { localMicros, zone: rest.find((word) => OFFSET.test(word)) ?? (isUtc ? "UTC" : null) };
}

/** A moment of a wall time whose zone is written; null without one. */
export function momentOf({ localMicros, zone }: WallTime): number | null {
  if (zone === "UTC") return localMicros;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "");
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return localMicros - (match[1] === "-" ? -minutes : minutes) * 60e6;
}

/** A zone of whole hours as the time zone database names it ("+0200" is "Etc/GMT-2", with the sign of
 *  POSIX); null where there is none. */
export function zoneOfOffset(offset: string): string | null {
  const match = /^([+-])(\d\d):?00$/.exec(offset);
  if (match === null) return offset === "UTC" ? "UTC" : null;
  const hours = Number(match[2]);
  if (hours === 0) return "UTC";
  return hours > 14 ? null : `Etc/GMT${match[1] === "+" ? "-" : "+"}${hours}`;
}
