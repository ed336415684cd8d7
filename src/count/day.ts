import { DAY_MICROS, utcDay } from "../bytes/time.ts";

/** Days since 1970 UTC of a moment. */
export function dayNumber(atMicros: number): number {
  return Math.floor(atMicros / DAY_MICROS);
}

/** Days, both ends included. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/** Sorted days (YYYY-MM-DD) as spans of days that follow each other. */
export function daySpans(days: readonly string[]): DaySpan[] {
  const spans: { first: string; last: string }[] = [];
  for (const day of days) {
    const open = spans.at(-1);
    if (open !== undefined && Date.parse(day) - Date.parse(open.last) === DAY_MICROS / 1000) open.last = day;
    else spans.push({ first: day, last: day });
  }
  return spans;
}

/** YYYY-MM-DD of a day by its number. */
export function dayName(number: number): string {
  return utcDay(number * DAY_MICROS);
}
