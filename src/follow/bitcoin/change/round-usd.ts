import type { Candidates, ChangeRule, Spend } from "./rule.ts";

const ROUND_USD = 100;
/** The day's prices may leave an amount so unsure that it meets a round one by chance once in five times. */
const MOST_CHANCE = 0.2;
const SATS_PER_BTC = 1e8;

/** Outputs that were no round amount of US dollars at any price of the day. */
export const roundUsd: ChangeRule = {
  id: "round-usd",
  title: "Is no round amount of US dollars",
  family: "amount",
  source: "Conti, Gangwal, Ruj (2018), On the economic significance of ransomware campaigns, C&S 79",
  errorShare: null,
  measured: "nobody; an amount meets a multiple of 100 dollars by chance in at most one of five times",
  weighedError: 0.25,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates({ tx, outputs, payable, context }: Spend): Candidates {
  const price = context.usd(tx);
  if (price === null) return null;
  const found = new Set<number>();
  for (const output of payable) {
    const coins = Number(outputs[output]?.valueSats ?? 0n) / SATS_PER_BTC;
    const [low, high] = [coins * price.low, coins * price.high];
    const isRound = Math.floor(high / ROUND_USD) >= Math.max(1, Math.ceil(low / ROUND_USD));
    if (isRound && high - low > ROUND_USD * MOST_CHANCE) return null;
    if (!isRound) found.add(output);
  }
  return found;
}
