import { compareAmounts } from "../../../model/order.ts";
import { shared } from "./haircut.ts";
import { dirtyOf, type PolicyRow } from "./policy.ts";
import { type Dirty, lesser, type Part } from "./segments.ts";

/** Taint in, highest out: the largest output takes dirty coins up to its amount, then the next; of equal ones
 *  the earlier. The fee is dirty only when all outputs are. Backwards it cannot be told which input the coins
 *  of an output came from: each has its share, as in haircut.
 *
 *  Source: Tironsakkul, Maarek, Eross and Just (2022), "Tracking mixed bitcoins", DPM.
 */
export const tiho: PolicyRow = {
  id: "tiho",
  hasSegments: false,
  needsValues: true,
  forward: highest,
  backward: shared,
};

function highest(inputs: readonly Part[], outputs: readonly bigint[]): Dirty[] {
  const fee = outputs.length - 1;
  const order = outputs.map((value, at) => ({ value, at }));
  order.sort(
    (a, b) => Number(a.at === fee) - Number(b.at === fee) || compareAmounts(b.value, a.value) || a.at - b.at,
  );
  const sats = outputs.map(() => 0n);
  let left = dirtyOf(inputs);
  for (const { value, at } of order) {
    const taken = lesser(value, left);
    sats[at] = taken;
    left -= taken;
  }
  return sats.map((taken) => ({ sats: taken, segments: null }));
}
