import type { AnyHostRecord } from "../../model/host-facts.ts";
import { inYears, type YearShifts } from "../../read/log/years.ts";

/** Records whose year had to be inferred, in the year that the whole of their file shows (`LineClock`). */
export function inOwnYears(records: readonly AnyHostRecord[], shifts: YearShifts): readonly AnyHostRecord[] {
  if (shifts.size === 0) return records;
  return records.map((record) => {
    const { atMicros, atHow, place } = record;
    if (atHow !== "inferred" || atMicros === null) return record;
    const shift = shifts.get(place.evidence)?.findLast(({ atByte }) => atByte <= place.atByte);
    if (shift === undefined || shift.years === 0) return record;
    const moved = { ...record, atMicros: inYears(atMicros, shift.years) };
    return "lastMicros" in record && typeof record.lastMicros === "number"
      ? { ...moved, lastMicros: inYears(record.lastMicros, shift.years) }
      : moved;
  });
}
