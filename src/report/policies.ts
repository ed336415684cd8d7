import type { Case } from "../model/case.ts";
import type { CaseTrace } from "../model/trace.ts";
import { type Reached, reachedOf } from "./reached.ts";

/** Ends that are told of every policy side by side. */
const SIDES: readonly (readonly [head: string, tells: (end: Reached) => boolean])[] = [
  ["services", ({ kind }) => kind === "service"],
  ["CoinJoins", ({ kind }) => kind === "coinjoin"],
  ["unspent", ({ kind }) => kind === "unspent" || kind === "perhaps-unspent"],
  ["fees", ({ kind }) => kind === "fees"],
];

/** What a policy says went where, as parts of the seeds; the last column is all other ends. */
export function policySides(
  c: Pick<Case, "paths" | "tags">,
  trace: CaseTrace,
): readonly (readonly [head: string, part: number])[] {
  const ends = reachedOf(c, trace);
  const seed = Number(trace.totals.seedSats) || 1;
  const part = (of: readonly Reached[]): number => of.reduce((sum, { sats }) => sum + Number(sats), 0) / seed;
  const others = ends.filter((end) => !SIDES.some(([, tells]) => tells(end)));
  return [
    ...SIDES.map(([head, tells]) => [head, part(ends.filter(tells))] as const),
    ["other", part(others)],
  ];
}
