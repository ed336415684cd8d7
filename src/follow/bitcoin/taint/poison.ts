import { dirtyOf, type PolicyRow } from "./policy.ts";
import type { Dirty, Part } from "./segments.ts";
import { CLEAN, whole } from "./segments.ts";

/** One dirty satoshi makes everything dirty that the transaction pays, fee included. What is dirty grows, so
 *  that its sum is no loss.
 *
 *  Source: Möser, Böhme and Breuker (2014), "Towards risk scoring of Bitcoin transactions", FC.
 */
export const poison: PolicyRow = {
  id: "poison",
  hasSegments: false,
  needsValues: false,
  forward: spread,
  backward: spread,
};

function spread(from: readonly Part[], to: readonly bigint[]): Dirty[] {
  const isDirty = dirtyOf(from) > 0n;
  return to.map((value) => (isDirty ? whole(value, false) : CLEAN));
}
