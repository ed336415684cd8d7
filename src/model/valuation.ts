import type { Work } from "./work.ts";

/** An amount in the coin's atomic unit (piconero, sats, wei), as decimal strings. */
export interface Amount {
  readonly unit: string;
  readonly estimate: string;
  readonly low: string;
  readonly high: string;
}

/** Money at one of the three moments.
 *
 *  `date` is the day of the price, null where each day has its own; `ageDays` counts from that day to the
 *  last day of the work; `coveredShare` is the part of the coins (0–1) that has a price: below 1 the value is
 *  a lower bound.
 */
export interface Money {
  readonly currency: "usd";
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly date: string | null;
  readonly ageDays: number | null;
  readonly source: string;
  readonly coveredShare: number;
}

/** One UTC day of work. Unknown is null, and `says` tells why. */
export interface ValuationDay {
  readonly date: string;
  readonly work: Work;
  readonly networkDifficulty: number | null;
  readonly difficultySource: string | null;
  /** What a block paid, in atomic units: the mean of the day, weighted by the work of each job. */
  readonly blockReward: string | null;
  readonly blockRewardSource: string | null;
  readonly amount: Amount | null;
  readonly priceUsd: number | null;
  readonly priceSource: string | null;
  readonly value: Money | null;
  readonly says: string | null;
}

/** What work was worth. `about` names a session, wallet, account,
 *  worker or host of the case, or the whole case. */
export interface Valuation {
  readonly id: string;
  readonly about: {
    readonly kind: "session" | "worker" | "wallet" | "account" | "host" | "case";
    readonly id: string;
  };
  readonly coin: string;
  readonly work: Work;
  readonly poolFee: number;
  readonly amount: Amount | null;
  readonly days: readonly ValuationDay[];
  readonly whenMined: Money | null;
  readonly asOf: Money | null;
  readonly lastKnown: Money | null;
  readonly unknownDays: readonly {
    readonly date: string;
    readonly missing: "price" | "difficulty" | "coin";
  }[];
}
