import type { Desk } from "../reader.ts";

/** From this byte of a piece of evidence on, times without a year are this many years later than they seemed
 *  while it was read (0 or less). */
export interface YearShift {
  readonly atByte: number;
  readonly years: number;
}

/** Shifts by piece of evidence, in the order of their bytes. */
export type YearShifts = ReadonlyMap<string, readonly YearShift[]>;

const KEY = "year-shifts";

/** Only the end of a file shows how many years it covers: what was laid down before is put right when
 *  everything was read (`run/hosts/own-years.ts`). */
export function noteYears(desk: Desk, evidence: string, shifts: readonly YearShift[]): void {
  desk.state(KEY, () => new Map<string, readonly YearShift[]>()).set(evidence, shifts);
}

/** What was noted in this run. */
export function yearShifts(desk: Desk): YearShifts {
  return desk.state(KEY, () => new Map<string, readonly YearShift[]>());
}

/** The same day and time this many years later; 29 February becomes 1 March where there is none. */
export function inYears(atMicros: number, years: number): number {
  if (years === 0) return atMicros;
  const date = new Date(Math.floor(atMicros / 1000));
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.getTime() * 1000 + (atMicros % 1000);
}
