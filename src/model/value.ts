/** What `paydirt value` works out: coins or a hash rate over a span of days, in money, and turned round.
 *
 *  Shape: days are YYYY-MM-DD, both ends included; `atomic` amounts are decimal strings in the coin's atomic
 *  unit; rates are hashes a second; money is US dollars. null: not asked, or not known; never 0 for unknown.
 */
export interface ValueResult {
  readonly coin: string;
  readonly unit: string;
  readonly decimals: number;
  readonly asked: "amount" | "hashrate";
  /** null when coins were given without any day. */
  readonly span: { readonly from: string; readonly to: string; readonly days: number } | null;
  readonly poolFee: number;
  /** Coins given, or what the hash rate brings. */
  readonly atomic: string | null;
  /** Hash rate given, or what the coins take. */
  readonly hashrateHps: number | null;
  readonly networkHps: number | null;
  /** Blocks that a miner alone would expect to find. */
  readonly blocks: number | null;
  readonly money: {
    readonly asOf: PricedValue | null;
    /** Within the day of --as-of, else the only day of the span; null where its table has closes alone. */
    readonly range: DayRange | null;
    /** Each day's own price, the same number of coins a day. Only for an amount. */
    readonly evenly: SpreadValue | null;
    /** Each day's own price, the same hash rate all days. */
    readonly constantRate: SpreadValue | null;
    readonly lastKnown: PricedValue | null;
  };
  readonly algorithms: readonly string[];
  readonly machines: readonly MachineCount[];
  /** Days of the span without a price, and without the difficulty or block reward. */
  readonly unknown: { readonly price: UnknownDays; readonly difficulty: UnknownDays };
  /** The day asked for with --as-of, also when it has no price. */
  readonly asOf: string | null;
  readonly sources: readonly string[];
}

export interface UnknownDays {
  readonly days: number;
  /** Both ends included. */
  readonly spans: readonly { readonly first: string; readonly last: string }[];
}

/** All coins at the price of one day. */
export interface PricedValue {
  readonly usd: number;
  readonly date: string;
  readonly priceUsd: number;
  readonly source: string;
}

/** All coins at the four prices of one day. A price that the table does not tell is null. */
export interface DayRange {
  readonly date: string;
  readonly open: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly close: number;
  readonly source: string;
}

/** Coins at the price of the day on which they were mined. Fewer days than the span: a lower bound. */
export interface SpreadValue {
  readonly usd: number;
  readonly pricedDays: number;
}

/** How many machines the hash rate is, and what one of them brings in the span. */
export interface MachineCount {
  readonly machine: string;
  readonly lowHps: number;
  readonly highHps: number;
  readonly fewest: number;
  readonly most: number;
  /** Coins of one machine at its low and high rate. */
  readonly atomicEach: readonly [low: string, high: string];
  readonly usdEach: readonly [low: number, high: number] | null;
  readonly source: string;
}
