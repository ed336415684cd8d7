import { sumOf } from "../amount.ts";
import { dirtyOf, type PolicyRow } from "./policy.ts";
import { type Dirty, lesser, type Part } from "./segments.ts";

/** Every output has the mean: of `o` satoshis `o` · dirty / all, rounded down. What rounding leaves goes to
 *  the fee as far as that has room, then to the outputs, one satoshi each, in their order.
 *
 *  Source: Möser, Böhme and Breuker (2014), "Towards risk scoring of Bitcoin transactions", FC; the rounding
 *  is BlockSci's (taint.cpp, in floating point there), except that a fee cannot be dirtier than it is large.
 */
export const haircut: PolicyRow = {
  id: "haircut",
  hasSegments: false,
  needsValues: true,
  forward: shared,
  backward: shared,
};

/** Dirty satoshis of one side in proportion to the amounts of the other, the last of which takes the rest.
 *
 *  Limits: backwards the rest goes to the last input.
 */
export function shared(from: readonly Part[], to: readonly bigint[]): Dirty[] {
  const dirty = dirtyOf(from);
  const all = sumOf(to);
  if (dirty === 0n || all === 0n) return to.map(() => ({ sats: 0n, segments: null }));
  const shares = to.slice(0, -1).map((value) => (value * dirty) / all);
  let left = dirty - sumOf(shares);
  const fee = to.at(-1) ?? 0n;
  const last = lesser(left, fee);
  left -= last;
  const rounded = shares.map((share, i) => {
    if (left === 0n || share >= (to[i] ?? 0n)) return share;
    left -= 1n;
    return share + 1n;
  });
  return [...rounded, last].map((sats) => ({ sats, segments: null }));
}
