import { type DeedRow, MOST_CHARS, ONLY_SPEAKS } from "./deed-row.ts";
import { COVERING } from "./deeds-covering.ts";
import { ELBOWING } from "./deeds-elbowing.ts";
import { HARM } from "./deeds-harm.ts";
import { THEFT } from "./deeds-theft.ts";

export type { DeedGroup, DeedRow } from "./deed-row.ts";

/** Every deed, specific ones before general ones of the same group. */
export const DEEDS: readonly DeedRow[] = [...COVERING, ...ELBOWING, ...THEFT, ...HARM];

/** The deeds that a command line shows, at most one of each group and kind. */
export function deedsIn(text: string): DeedRow[] {
  const line = text.slice(0, MOST_CHARS);
  const isOnlySpeech = ONLY_SPEAKS.test(line);
  const rows: DeedRow[] = [];
  let statements: readonly string[] | null = null;
  for (const row of DEEDS) {
    // Who searches for a wallet with grep has searched for it.
    if (isOnlySpeech && row.group !== "wallet-theft") continue;
    if (!row.words.some((word) => line.includes(word))) continue;
    if (rows.some(({ group, kind }) => group === row.group && kind === row.kind)) continue;
    const isSpread = row.followedBy === undefined || row.spans === true;
    if (!isSpread) statements ??= statementsOf(line);
    const parts = isSpread ? [line] : (statements ?? []);
    if (parts.some((part) => isInOrder([row.pattern, ...(row.followedBy ?? [])], part))) rows.push(row);
  }
  return rows;
}

/** What a line's separators leave; a pipe's parts are statements of their own. */
export function statementsOf(line: string): string[] {
  return line.split(/[;&|\n]/);
}

/** Whether each matches behind the one before it. Searching one after the other keeps this linear, which one
 *  expression with gaps would not be. */
function isInOrder(patterns: readonly RegExp[], text: string): boolean {
  let rest = text;
  for (const pattern of patterns) {
    const match = pattern.exec(rest);
    if (match === null) return false;
    // The last character may be the separator with which the next one begins.
    rest = rest.slice(match.index + Math.max(1, match[0].length - 1));
  }
  return true;
}
