import type { Case } from "../model/case.ts";
import type { CaseTrace } from "../model/trace.ts";
import { UNKNOWN, when } from "./numbers.ts";

/** Said of outputs that nobody is seen to have spent where blocks are missing in between. */
export const NO_SPEND_SEEN = "no spend seen in the blocks that are held (blocks are missing)";

/** The cut-off that ended a trace before its source did, as it was asked for; null: none did. */
export function cutOffOf(
  { chains }: Pick<Case, "chains">,
  { chain, direction, until }: CaseTrace,
): string | null {
  if (until.asked === null || direction === "backward") return null;
  const tip = chains.find(({ id }) => id === chain)?.tip;
  if (until.height !== null && until.height === tip?.height) return null;
  return /^\d+$/.test(until.asked) ? `block ${until.asked}` : until.asked;
}

/** When what lies unspent was so: "unspent at block 702861". */
export function unspentSays(c: Pick<Case, "chains">, trace: CaseTrace): string {
  const cut = cutOffOf(c, trace);
  if (cut !== null) return `unspent at the cut-off that was asked for (${cut})`;
  const { height, at } = trace.until;
  if (height !== null) return `unspent at block ${height}`;
  return at === null ? "unspent as far as the source tells" : `unspent on ${when(at)}`;
}

/** How far a trace went: "until block 702861", "back to block 9". */
export function reachSays({ direction, until: { height, at } }: CaseTrace): string {
  const word = direction === "forward" ? "until" : "back to";
  if (height !== null) return `${word} block ${height}`;
  return at === null ? `${word} a block that is ${UNKNOWN}` : `${word} ${when(at)}`;
}
