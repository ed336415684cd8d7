import type { EqualOutputs, Shape } from "./shape.ts";
import { canFill } from "./subset-fill.ts";

/** What a maker may earn in one CoinJoin at most: the larger of both. Offers lie far below. */
const MOST_FEE_SATS = 10_000n;
const MOST_FEE_PER_MILLE = 10n;
/** Some milliseconds: a block of transactions that were made to be hard takes seconds. */
const MOST_STEPS = 20_000;

/** Whether the coins that a transaction spends can be dealt out to as many participants as there are equal
 *  outputs, so that each pays for one of them and for its own change. "unclear" also where an input's value
 *  or address is not known. */
export function canBeShared(shape: Shape, equal: EqualOutputs): "yes" | "no" | "unclear" {
  const coins = new Map<string, bigint>();
  for (const { address, valueSats } of shape.inputs) {
    if (address === null || valueSats === null) return "unclear";
    coins.set(address, (coins.get(address) ?? 0n) + valueSats);
  }
  const earned = (equal.valueSats * MOST_FEE_PER_MILLE) / 1_000n;
  const fee = earned > MOST_FEE_SATS ? earned : MOST_FEE_SATS;
  const changes = shape.outputValues.filter((value) => value !== equal.valueSats);
  const goals = Array.from(
    { length: equal.count },
    (_, participant) => equal.valueSats + (changes[participant] ?? 0n) - fee,
  );
  return canFill([...coins.values()], goals, MOST_STEPS);
}
