import { compareText } from "../../bytes/text.ts";

/** Each row once: the first place of equal ones, whatever the order of their fields. */
export function distinctRows<T>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [rowText(row), row])).values()];
}

/** A row as a text. Equal rows have equal texts, whatever the order of their fields: one that was read from a
 *  case has them sorted. */
export function rowText(row: unknown): string {
  return JSON.stringify(row, (_name, value: unknown) =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b))),
  );
}
