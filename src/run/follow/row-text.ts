import { compareText } from "../../bytes/text.ts";

/** A row as a text. Equal rows have equal texts, whatever the order of their fields: one that was read from a
 *  case has them sorted. */
export function rowText(row: unknown): string {
  return JSON.stringify(row, (_name, value: unknown) =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b))),
  );
}
