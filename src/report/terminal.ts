import type { Severity } from "../model/finding.ts";
import { cut, visible, visibleLines } from "./visible.ts";

export interface TerminalOptions {
  /** false: no escape sequence at all, as NO_COLOR asks for. */
  readonly color: boolean;
  /** Columns of the terminal; lines are kept within. */
  readonly width: number;
}

export type Paint = (text: string) => string;

export interface Ink {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly severity: (severity: Severity) => Paint;
}

/** Select Graphic Rendition codes. Source: ECMA-48 §8.3.117. */
const SGR: Readonly<Record<Severity, string>> = {
  info: "1",
  low: "36;1",
  medium: "33;1",
  high: "31;1",
  critical: "37;41;1",
};

export function ink(color: boolean): Ink {
  const paint =
    (code: string): Paint =>
    (text) =>
      color ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: paint("1"), dim: paint("2"), severity: (severity) => paint(SGR[severity]) };
}

/** Characters that terminals draw two columns wide.
 *  Source: Unicode UAX 11, East Asian Width W and F, by block. */
const WIDE = new RegExp(
  "[\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f" +
    "\\uff00-\\uff60\\uffe0-\\uffe6\\u{1f300}-\\u{1faff}\\u{20000}-\\u{3fffd}]",
  "u",
);

/** Columns that a text takes, at most: marks that combine are counted as one. */
export function columns(text: string): number {
  let n = 0;
  for (const char of text) n += WIDE.test(char) ? 2 : 1;
  return n;
}

/** Text in lines of at most `width` columns, broken at spaces, inside a word only where the word is longer.
 *  Line feeds are spelled out like other unseen characters: evidence cannot forge a line. */
export function wrap(text: string, columnsLeft: number): string[] {
  const width = Math.max(8, columnsLeft);
  const lines: string[] = [];
  let held = "";
  for (const word of visible(text)
    .split(" ")
    .flatMap((part) => pieces(part, width))) {
    const longer = held === "" ? word : `${held} ${word}`;
    if (columns(longer) <= width) {
      held = longer;
    } else {
      lines.push(held.trimEnd());
      held = word;
    }
  }
  return [...lines, held.trimEnd()];
}

function pieces(word: string, width: number): string[] {
  if (columns(word) <= width) return [word];
  const parts: string[] = [];
  let held = "";
  let taken = 0;
  for (const char of word) {
    const wide = columns(char);
    if (taken + wide > width) {
      parts.push(held);
      held = "";
      taken = 0;
    }
    held += char;
    taken += wide;
  }
  return [...parts, held];
}

export interface Row {
  readonly label: string;
  /** A line, or several. */
  readonly value: string | readonly string[];
  /** Said after the value, less loudly. */
  readonly note?: string;
}

/** Rows of label and value, the labels in one column and the values wrapped beside them. */
export function rows(all: readonly Row[], { color, width }: TerminalOptions): string[] {
  const { dim } = ink(color);
  const column = Math.max(...all.map((row) => columns(row.label))) + 2;
  return all.flatMap(({ label, value, note }) => {
    const head = [value].flat().flatMap((line) => wrap(line, width - column - 2));
    const tail = note === undefined || note === "" ? [] : wrap(note, width - column - 2);
    const lines = [...head, ...tail.map(dim)];
    return lines.map(
      (line, at) =>
        `  ${at === 0 ? dim(label) + " ".repeat(column - columns(label)) : " ".repeat(column)}${line}`,
    );
  });
}

/** An excerpt of evidence, indented and cut to a few lines. */
export function excerpt(
  text: string,
  { width, most }: { readonly width: number; readonly most: number },
): string[] {
  const whole = visibleLines(cut(text.trimEnd(), 2000)).replaceAll("\t", "  ");
  const lines = whole.split("\n").flatMap((line) => wrap(line, width - 8));
  const left = lines.length - most;
  return [
    ...lines.slice(0, most).map((line) => `      │ ${line}`),
    ...(left > 0 ? [`      │ … ${left} more lines`] : []),
  ];
}
