import { isoMicros } from "../bytes/time.ts";

export const DAY_MICROS = 86_400_000_000;

/** Days since 1970 UTC of a moment. */
export function dayNumber(atMicros: number): number {
  return Math.floor(atMicros / DAY_MICROS);
}

/** YYYY-MM-DD of a day by its number. */
export function dayName(number: number): string {
  return isoMicros(number * DAY_MICROS).slice(0, 10);
}
