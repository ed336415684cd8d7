import type { CoinRow, HeightRow, StepRow } from "./coins.ts";

/** What a block pays its miner, in coins, and how that is known, for the trail. */
export interface BlockReward {
  readonly coins: number;
  readonly says: string;
}

/** Monero's supply at the end of 2019-10-30.
 *  Source: the issuance of data/market/xmr.csv summed from the first block. */
const ANCHOR = { height: 1_956_347, coins: 17_284_300.634949937 } as const;

/** All piconero but the tail, in coins: 2^64 - 1. Source: cryptonote_config.h MONEY_SUPPLY. */
const MONEY_SUPPLY = (2 ** 64 - 1) / 1e12;
/** From this block on, blocks take 120 seconds and pay twice as much:
 *  2^-19 of what is left instead of 2^-20. */
const TWO_MINUTES_FROM = 1_009_827;
/** FINAL_SUBSIDY_PER_MINUTE, 0.3, for two minutes. */
const TAIL = 0.6;

/** A job's height may differ by this many blocks from where the chain must have been. Within it, Monero's
 *  reward moves by 2 %; beyond it the height is another chain's, or made up. */
const MAX_STRAY_BLOCKS = 10_000;
/** A job's height decides between two steps this close to the step, and the clock elsewhere. */
const MAX_STRAY_MILLIS = 2 * 86_400_000;

/** The block reward of a coin at a moment, from its emission alone (no table of days, no fees).
 *
 *  Shape: `atMicros` since 1970 UTC; `height` is the one that a job names, if any: evidence can lie, so it
 *  is only used where it lies near the height that the moment implies. null: the coin has no emission in the
 *  table, or the moment lies before its first row.
 *  Source: Monero src/cryptonote_basic/cryptonote_basic_impl.cpp get_block_reward: (2^64 - 1 - A) >> 20,
 *  from block 1,009,827 on >> 19, at least 0.6 XMR. Measured against issuance ÷ blocks of 1,675 days, median
 *  (95 % of the days within): 2014 0.49 % (3.5 %), 2015 0.28 % (0.34 %), 2017 0.12 % (1.0 %), 2019 0.03 %
 *  (0.1 %), 2021 0.01 %.
 *  Limits: the penalty for blocks above the median size and transaction fees are left out: it is off by up
 *  to 19 % on the days of May and June 2014 with very large blocks, and on the day of the 120-second upgrade.
 */
export function blockReward(coin: CoinRow, atMicros: number, height: number | null): BlockReward | null {
  const { emission } = coin;
  if (emission === null) return null;
  const atMillis = atMicros / 1000;
  if (emission.rule === "steps") return stepReward(emission.steps, atMillis, height);
  const expected = heightAt(emission.heights, atMillis, coin.blockSeconds);
  if (expected === null) return null;
  const near = height !== null && Math.abs(height - expected) <= MAX_STRAY_BLOCKS;
  const used = near ? height : expected;
  return {
    coins: moneroReward(used),
    says: near ? "emission at the jobs' heights" : "emission at about the height of that day",
  };
}

/** Monero's base reward at a height, in coins: what is left of the supply decays by 2^-19 (2^-20) a block. */
export function moneroReward(height: number): number {
  const left = MONEY_SUPPLY - ANCHOR.coins;
  if (height >= TWO_MINUTES_FROM) {
    return Math.max(TAIL, (left * (1 - 2 ** -19) ** (height - ANCHOR.height)) / 2 ** 19);
  }
  const leftThen = left * (1 - 2 ** -19) ** (TWO_MINUTES_FROM - ANCHOR.height);
  return (leftThen * (1 - 2 ** -20) ** (height - TWO_MINUTES_FROM)) / 2 ** 20;
}

/** The height at a moment, on the line through the rows; behind the last one at the coin's own pace. */
export function heightAt(rows: readonly HeightRow[], atMillis: number, blockSeconds: number): number | null {
  const i = rows.findLastIndex(({ at }) => Date.parse(at) <= atMillis);
  const row = rows[i];
  if (row === undefined) return null;
  const next = rows[i + 1];
  const passed = atMillis - Date.parse(row.at);
  const pace =
    next === undefined
      ? 1 / (blockSeconds * 1000)
      : (next.height - row.height) / (Date.parse(next.at) - Date.parse(row.at));
  return Math.round(row.height + passed * pace);
}

function stepReward(steps: readonly StepRow[], atMillis: number, height: number | null): BlockReward | null {
  const byTime = steps.findLastIndex(({ at }) => Date.parse(at) <= atMillis);
  const byHeight = height === null ? byTime : steps.findLastIndex((step) => step.height <= height);
  const boundary = steps[Math.max(byTime, byHeight)];
  const isNear =
    Math.abs(byTime - byHeight) === 1 &&
    boundary !== undefined &&
    Math.abs(Date.parse(boundary.at) - atMillis) <= MAX_STRAY_MILLIS;
  const step = steps[isNear ? byHeight : byTime];
  return step === undefined || step.coins === 0
    ? null
    : { coins: step.coins, says: `the schedule since block ${step.height}` };
}
