import { visible } from "./visible.ts";

export type Cell = string | number | boolean | null;

/** What makes a spreadsheet take a cell for a formula, wide forms included. Source: OWASP "CSV Injection". */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** One line of CSV as RFC 4180 has it, with CR LF. Text that a spreadsheet would execute begins with an
 *  apostrophe; unseen characters are spelled out; unknown is an empty cell. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = visible(FORMULA.test(cell) ? `'${cell}` : cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A column: its heading and the cell of a row. */
export type CsvColumn<Row> = readonly [head: string, cell: (row: Row) => Cell];

/** Lines joined into pieces of about 64 KiB, for rows that do not fit in memory as one text. */
export function* pieces(lines: Iterable<string>): Iterable<string> {
  let held: string[] = [];
  let length = 0;
  for (const line of lines) {
    held.push(line);
    length += line.length;
    if (length >= 1 << 16) {
      yield held.join("");
      held = [];
      length = 0;
    }
  }
  if (length > 0) yield held.join("");
}
