import type { Place } from "../../model/place.ts";
import { eachLine, linePlace } from "../text.ts";
import type { Gaps, ListedFile } from "./listed-file.ts";

/** One row by the names of its columns; what is empty is missing. */
export interface CsvRow {
  readonly cells: ReadonlyMap<string, string>;
  readonly place: Place;
}

export interface CsvShape {
  /** Names that columns go by, in lower case, and the one that rows have for it. */
  readonly columns: ReadonlyMap<string, string>;
  /** Columns (as rows have them) without which it is no such table. */
  readonly needs: readonly string[];
  take(row: CsvRow): void;
  /** A row that is none: a quote that is not closed, other cells than the header names. */
  fault(place: Place, says: string): void;
}

const DELIMITERS = [",", ";", "\t"];

/** Calls back with every row below the header.
 *
 *  Shape: RFC 4180 with commas, semicolons or tabs; cells do not run over lines. Empty lines and lines that
 *  begin with "#" are passed over; the first other one is the header. Unknown columns are passed over.
 *  Errors: none; false where the header is none, and nothing was read.
 */
export async function eachRow(file: ListedFile, gaps: Gaps, shape: CsvShape): Promise<boolean> {
  let header: CsvHeader | null = null;
  let isNone = false;
  await eachLine(file, gaps, (line) => {
    const text = line.number === 1 ? line.text.replace(/^\uFEFF/, "") : line.text;
    if (isNone || text.trim() === "" || text.startsWith("#")) return;
    if (header === null) {
      header = csvHeader(text, shape);
      isNone = header === null;
      return;
    }
    const place = linePlace(file, line);
    const cells = splitRow(text, header.delimiter);
    if (cells === null) shape.fault(place, "a quote is not closed");
    else if (cells.length !== header.names.length) shape.fault(place, "it has other columns than the header");
    else shape.take({ cells: named(cells, header.names), place });
  });
  return header !== null;
}

interface CsvHeader {
  readonly delimiter: string;
  /** What each column is; null: nothing that is read. */
  readonly names: readonly (string | null)[];
}

/** The header that a line is; null where it lacks what rows need, or names a column twice. */
export function csvHeader(line: string, shape: Pick<CsvShape, "columns" | "needs">): CsvHeader | null {
  for (const delimiter of DELIMITERS) {
    const cells = splitRow(line.replace(/^\uFEFF/, ""), delimiter) ?? [];
    const names = cells.map((cell) => shape.columns.get(cell.toLowerCase()) ?? null);
    const known = names.filter((name) => name !== null);
    const isWhole = shape.needs.every((name) => names.includes(name));
    if (isWhole && new Set(known).size === known.length) return { delimiter, names };
  }
  return null;
}

/** Cells of a row without quotes and the spaces around them; null where a quote is not closed. */
function splitRow(line: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const quote = /\S/.exec(line.slice(at, at + 64))?.[0] === '"' ? line.indexOf('"', at) : -1;
    if (quote === -1) {
      const stop = line.indexOf(delimiter, at);
      const end = stop === -1 ? line.length : stop;
      cells.push(line.slice(at, end).trim());
      at = end + 1;
      continue;
    }
    const close = closingQuote(line, quote + 1);
    if (close === -1) return null;
    const stop = line.indexOf(delimiter, close);
    const end = stop === -1 ? line.length : stop;
    if (line.slice(close + 1, end).trim() !== "") return null;
    cells.push(
      line
        .slice(quote + 1, close)
        .replaceAll('""', '"')
        .trim(),
    );
    at = end + 1;
  }
  return cells;
}

function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 2)) {
    if (line[at + 1] !== '"') return at;
  }
  return -1;
}

function named(cells: readonly string[], names: readonly (string | null)[]): ReadonlyMap<string, string> {
  const row = new Map<string, string>();
  for (const [index, cell] of cells.entries()) {
    const name = names[index] ?? null;
    if (name !== null && cell !== "") row.set(name, cell);
  }
  return row;
}
