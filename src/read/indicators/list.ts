// Plain lists: an indicator a line, with comments; Maltrail's trails; tables of Markdown and CSV.

import { classify } from "./classify.ts";
import type { Parsed } from "./parsed.ts";

const MAX_LINES = 2_000_000;
const MAX_LINE = 8_192;

/** The indicators of a list.
 *
 *  Shape: "#", ";" and "//" begin a comment; in a row of a table (Markdown, CSV, tabs) each cell that has the
 *  form of an indicator is one, and the last of the others says what it is.
 *  Errors: none; lines that hold nothing with the form of an indicator are counted in `passedOver`: paths of
 *  Maltrail's ("/update.sh"), names of families, headings.
 */
export function parseList(text: string): Parsed {
  const parsed: Parsed = { found: [], passedOver: 0 };
  for (const line of text.split("\n", MAX_LINES)) {
    const bare = line.slice(0, MAX_LINE).trim();
    if (bare === "" || /^(?:#|;|\/\/|<!--)/.test(bare)) continue;
    takeLine(bare, parsed);
  }
  return parsed;
}

function takeLine(line: string, parsed: Parsed): void {
  const whole = classify(line);
  if (whole !== null) {
    parsed.found.push({ kind: whole.kind, value: line, says: null });
    return;
  }
  const cells = cellsOf(line);
  const known = cells.filter((cell) => classify(cell) !== null);
  if (known.length === 0) {
    parsed.passedOver += 1;
    return;
  }
  const says = cells.filter((cell) => !known.includes(cell) && /[a-z]{3}/i.test(cell)).at(-1) ?? null;
  for (const cell of known) parsed.found.push({ kind: "any", value: cell, says });
}

/** Cells of a row, and what stands before a comment at the end of a line. */
function cellsOf(line: string): string[] {
  const cut = line.replace(/\s#.*$/, "");
  const cells = cut.includes("|") ? cut.split("|") : cut.split(/[,;\t]|\s{2,}|\s(?=#)/);
  const clean = cells.map((cell) => cell.trim().replace(/^["'`]|["'`]$/g, "")).filter((cell) => cell !== "");
  return clean.length === 1 ? (clean[0] ?? "").split(/\s+/) : clean;
}
