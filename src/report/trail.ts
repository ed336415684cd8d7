import type { Case } from "../model/case.ts";
import type { Basis, Place } from "../model/place.ts";
import { evidenceName } from "./figures.ts";
import { excerpt, ink, type TerminalOptions, wrap } from "./terminal.ts";
import { cut } from "./visible.ts";

/** Lines printed of one message. */
const MOST_LINES = 16;

/** A heading of a trail, in lines. */
export const heading = (text: string, { color, width }: TerminalOptions): string[] => [
  "",
  ...wrap(text, width - 2).map((line) => `  ${ink(color).bold(line)}`),
];

/** "capture.pcap, packet 1204, byte 96120 (length 311)". */
export function placeText(c: Case, at: Place): string {
  const packet = at.packet === null ? "" : `, packet ${at.packet}`;
  const line = at.line === null ? "" : `, line ${at.line}`;
  const name = cut(evidenceName(c, at.evidence), 200);
  return `${name}${packet}${line}, byte ${at.atByte} (length ${at.byteLength})`;
}

interface Numbered extends TerminalOptions {
  readonly number: number;
}

/** One step of a trail: what, where, and what stands there. */
export function basis(
  c: Case,
  {
    place: at,
    how,
    says,
    excerpt: text,
  }: Pick<Basis, "place" | "says" | "excerpt"> & { readonly how: string },
  options: Numbered,
): string[] {
  const { color, width, number } = options;
  const pen = ink(color);
  const label = how === "" ? "" : `${how}: `;
  return [
    "",
    ...wrap(`${number}. ${label}${cut(says, 600)}`, width - 5).map(
      (line, n) => `  ${n === 0 ? pen.bold(line) : `   ${line}`}`,
    ),
    ...wrap(placeText(c, at), width - 6).map((line) => `      ${pen.dim(line)}`),
    ...(text === null ? [] : excerpt(text, { width, most: MOST_LINES })),
  ];
}
