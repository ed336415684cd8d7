import type { ShareRecord } from "../model/record.ts";
import { type CoinRow, coinOf, HASHES_PER_BITCOIN_DIFFICULTY } from "../tables/coins.ts";
import { blockReward } from "../tables/emission.ts";
import type { Market, Quote } from "../tables/market.ts";
import { dayName, dayNumber } from "./day.ts";

/** A job's own difficulty so many times above or below the table's is another chain's, or made up. */
const MAX_RATIO = 2;

const MINUTE_MICROS = 60_000_000;

/** What the coins of a share come from. `coins` is in atomic units, pool fee taken off. */
export interface Worth {
  readonly coins: number;
  /** In the unit of the coin's own nodes. */
  readonly difficulty: number;
  readonly difficultySource: string;
  /** Coins a block pays, and where that is from. */
  readonly reward: number;
  readonly rewardSays: string;
}

interface Mean {
  readonly difficulty: number;
  readonly jobs: number;
}

/** Turns shares of one coin into expected coins: share ÷ network difficulty × block reward × (1 - fee).
 *
 *  The difficulty is the one that the share's own job names (nBits), else that day's in the market table,
 *  else the mean of the jobs of that day in this case; the reward is that day's issuance a block, else the
 *  coin's emission.
 *  Source: expected value of a share under any pool scheme, e.g. nodejs-pool PPS: floor(shares ÷ difficulty
 *  × reward).
 */
export class CoinDays {
  readonly row: CoinRow | null;
  readonly #coin: string;
  readonly #market: Market;
  readonly #keeps: number;
  readonly #jobs = new Map<number, Mean>();
  readonly #difficulties = new Map<number, Quote | null>();
  readonly #rewards = new Map<string, { coins: number; says: string } | null>();

  constructor(coin: string, market: Market, poolFee: number) {
    this.#coin = coin;
    this.#market = market;
    this.#keeps = 1 - poolFee;
    this.row = coinOf(coin);
  }

  /** Takes note of a job's own difficulty; all shares first, then `worth`. */
  note(share: ShareRecord): void {
    const own = this.#own(share);
    if (own === null) return;
    const day = dayNumber(share.atMicros);
    const mean = this.#jobs.get(day) ?? { difficulty: 0, jobs: 0 };
    const jobs = mean.jobs + 1;
    this.#jobs.set(day, { difficulty: mean.difficulty + (own - mean.difficulty) / jobs, jobs });
  }

  price(day: number): Quote | null {
    return this.#market.price(this.#coin, dayName(day));
  }

  /** Why a share has no worth: its coin has no table, or its day no difficulty. */
  missing(share: ShareRecord): "coin" | "difficulty" {
    return this.row === null || this.#reward(share, this.row) === null ? "coin" : "difficulty";
  }

  /** null: see `missing`. */
  worth(share: ShareRecord): Worth | null {
    const { row } = this;
    if (row === null || share.expectedHashes === null) return null;
    const own = this.#own(share);
    const day = own === null ? this.#difficulty(dayNumber(share.atMicros)) : null;
    const reward = this.#reward(share, row);
    const difficulty = own ?? day?.value;
    if (difficulty === undefined || reward === null) return null;
    const blocks = share.expectedHashes / (difficulty * row.hashesPerDifficulty);
    return {
      coins: blocks * reward.coins * 10 ** row.decimals * this.#keeps,
      difficulty,
      difficultySource: day?.source ?? "nBits of the jobs",
      reward: reward.coins,
      rewardSays: reward.says,
    };
  }

  /** The difficulty that the share's job names, if it can be that of this coin. */
  #own(share: ShareRecord): number | null {
    if (share.networkDifficulty === null || this.row === null) return null;
    const own = (share.networkDifficulty * HASHES_PER_BITCOIN_DIFFICULTY) / this.row.hashesPerDifficulty;
    const known = this.#market.difficulty(this.#coin, dayName(dayNumber(share.atMicros)))?.value;
    const ratio = known === undefined ? 1 : own / known;
    return own > 0 && ratio <= MAX_RATIO && ratio >= 1 / MAX_RATIO ? own : null;
  }

  #difficulty(day: number): Quote | null {
    const known = this.#difficulties.get(day);
    if (known !== undefined) return known;
    const date = dayName(day);
    const jobs = this.#jobs.get(day);
    const ofJobs =
      jobs === undefined
        ? null
        : { value: jobs.difficulty, date, source: "mean of that day's nBits in this case" };
    const found = this.#market.difficulty(this.#coin, date) ?? ofJobs;
    this.#difficulties.set(day, found);
    return found;
  }

  #reward(share: ShareRecord, row: CoinRow): { readonly coins: number; readonly says: string } | null {
    const day = dayNumber(share.atMicros);
    // One look-up for the shares of a job or a minute, at the minute's start: what a share is worth must not
    // depend on which was read first, and schedules change within an hour.
    const minute = Math.floor(share.atMicros / MINUTE_MICROS);
    const key = `${minute} ${share.height}`;
    const known = this.#rewards.get(key);
    if (known !== undefined) return known;
    const issued = this.#market.issuance(this.#coin, dayName(day));
    const found =
      issued === null
        ? blockReward(row, minute * MINUTE_MICROS, share.height)
        : { coins: issued.value, says: `issuance ÷ blocks of the day, ${issued.source}` };
    this.#rewards.set(key, found);
    return found;
  }
}
