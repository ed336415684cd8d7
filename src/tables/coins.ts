import { ALGORITHM_OF_COIN } from "./dialect-coins.ts";
import { MONERO_FORKS } from "./monero-forks.ts";

/** Hashes behind one unit of difficulty as Bitcoin's nodes print it: 2^256 / (0xffff·2^208). */
export const HASHES_PER_BITCOIN_DIFFICULTY = 2 ** 48 / 0xffff;

/** A coin as its specification has it.
 *
 *  Shape: `unit` names the atomic unit, of which 10^`decimals` make a coin; `blockSeconds` is the time
 *  between blocks that the protocol aims at today; `hashesPerDifficulty` is the mean number of hashes (of
 *  solutions, where a share counts those) that a block takes for each unit of the difficulty that the coin's
 *  own nodes print.
 */
export interface CoinRow {
  readonly ticker: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly blockSeconds: number;
  /** Day of the first block. */
  readonly genesis: string;
  readonly hashesPerDifficulty: number;
  readonly emission: Emission | null;
}

/** What a block pays its miner, fees left out; null where the schedule is not in the table. */
export type Emission =
  | { readonly rule: "cryptonote"; readonly heights: readonly HeightRow[] }
  | { readonly rule: "steps"; readonly steps: readonly StepRow[] };

/** The chain's height at a moment. */
export interface HeightRow {
  readonly at: string;
  readonly height: number;
}

/** From this block and moment on, a block pays its miner this many coins. */
export interface StepRow {
  readonly height: number;
  readonly at: string;
  readonly coins: number;
}

/** Bitcoin's halvings. Source: Bitcoin's main chain, the times of blocks 210,000,
 *  420,000, 630,000 and 840,000. */
const BITCOIN_STEPS: readonly StepRow[] = [
  { height: 0, at: "2009-01-03T18:15:05Z", coins: 50 },
  { height: 210_000, at: "2012-11-28T15:24:38Z", coins: 25 },
  { height: 420_000, at: "2016-07-09T16:46:13Z", coins: 12.5 },
  { height: 630_000, at: "2020-05-11T19:23:43Z", coins: 6.25 },
  { height: 840_000, at: "2024-04-20T00:09:27Z", coins: 3.125 },
];

/** Monero's height. Source: the block counts of data/market/xmr.csv summed from the first block; blocks
 *  2,213,491 and 2,267,956 by their first arrival (zsz147/MineHunter); the block that began the tail
 *  emission. From 2016-03-23 on, blocks come every 120 seconds. */
const MONERO_HEIGHTS: readonly HeightRow[] = [
  { at: "2014-04-18T00:00:00Z", height: 0 },
  { at: "2015-01-02T00:00:00Z", height: 373_743 },
  { at: "2016-03-24T00:00:00Z", height: 1_009_984 },
  { at: "2017-06-02T00:00:00Z", height: 1_323_287 },
  { at: "2018-06-02T00:00:00Z", height: 1_585_843 },
  { at: "2019-10-31T00:00:00Z", height: 1_956_347 },
  { at: "2020-10-21T20:19:40Z", height: 2_213_491 },
  { at: "2021-01-05T16:02:50Z", height: 2_267_956 },
  { at: "2022-06-09T00:00:00Z", height: 2_641_623 },
];

const BITCOIN_LIKE = { decimals: 8, hashesPerDifficulty: HASHES_PER_BITCOIN_DIFFICULTY } as const;

/** Source: each coin's reference node; for rewards the consensus parameters named beside them. */
export const COINS: readonly CoinRow[] = [
  {
    ticker: "xmr",
    name: "Monero",
    unit: "piconero",
    decimals: 12,
    blockSeconds: 120,
    genesis: "2014-04-18",
    hashesPerDifficulty: 1,
    emission: { rule: "cryptonote", heights: MONERO_HEIGHTS },
  },
  {
    ...BITCOIN_LIKE,
    ticker: "btc",
    name: "Bitcoin",
    unit: "satoshi",
    blockSeconds: 600,
    genesis: "2009-01-03",
    emission: { rule: "steps", steps: BITCOIN_STEPS },
  },
  {
    ticker: "eth",
    name: "Ethereum",
    unit: "wei",
    decimals: 18,
    blockSeconds: 13,
    genesis: "2015-07-30",
    hashesPerDifficulty: 1,
    // EIP-649 (Byzantium), EIP-1234 (Constantinople), EIP-3675 (no mining any more). Uncles are left out.
    emission: {
      rule: "steps",
      steps: [
        { height: 0, at: "2015-07-30T15:26:13Z", coins: 5 },
        { height: 4_370_000, at: "2017-10-16T05:22:11Z", coins: 3 },
        { height: 7_280_000, at: "2019-02-28T19:52:04Z", coins: 2 },
        { height: 15_537_394, at: "2022-09-15T06:42:59Z", coins: 0 },
      ],
    },
  },
  {
    ticker: "zec",
    name: "Zcash",
    unit: "zatoshi",
    decimals: 8,
    blockSeconds: 75,
    genesis: "2016-10-28",
    // Solutions at the easiest target that the chain allows, 2^256 / (0x7ffff·2^224):
    // chainparams.cpp powLimit.
    hashesPerDifficulty: 2 ** 32 / 0x7ffff,
    // The miner's 80 %: the founders, later the development funds, get the rest. The slow start of the first
    // 20,000 blocks is left out. Blossom halved the time between blocks (ZIP 208), Canopy came with the
    // first halving.
    emission: {
      rule: "steps",
      steps: [
        { height: 20_000, at: "2016-12-01T00:00:00Z", coins: 10 },
        { height: 653_600, at: "2019-12-11T00:00:00Z", coins: 5 },
        { height: 1_046_400, at: "2020-11-18T00:00:00Z", coins: 2.5 },
        { height: 2_726_400, at: "2024-11-23T00:00:00Z", coins: 1.25 },
      ],
    },
  },
  {
    ...BITCOIN_LIKE,
    ticker: "ltc",
    name: "Litecoin",
    unit: "litoshi",
    blockSeconds: 150,
    genesis: "2011-10-07",
    emission: {
      rule: "steps",
      steps: [
        { height: 0, at: "2011-10-07T00:00:00Z", coins: 50 },
        { height: 840_000, at: "2015-08-25T00:00:00Z", coins: 25 },
        { height: 1_680_000, at: "2019-08-05T00:00:00Z", coins: 12.5 },
        { height: 2_520_000, at: "2023-08-02T00:00:00Z", coins: 6.25 },
      ],
    },
  },
  {
    ...BITCOIN_LIKE,
    ticker: "rvn",
    name: "Ravencoin",
    unit: "corbie",
    blockSeconds: 60,
    genesis: "2018-01-03",
    emission: {
      rule: "steps",
      steps: [
        { height: 0, at: "2018-01-03T00:00:00Z", coins: 5_000 },
        { height: 2_100_000, at: "2022-01-11T00:00:00Z", coins: 2_500 },
      ],
    },
  },
  // Schedules of these are not in the table: their work is told in hashes, their coins are not estimated.
  {
    ticker: "etc",
    name: "Ethereum Classic",
    unit: "wei",
    decimals: 18,
    blockSeconds: 13,
    genesis: "2015-07-30",
    hashesPerDifficulty: 1,
    emission: null,
  },
  {
    ...BITCOIN_LIKE,
    ticker: "bch",
    name: "Bitcoin Cash",
    unit: "satoshi",
    blockSeconds: 600,
    genesis: "2009-01-03",
    emission: null,
  },
  {
    ...BITCOIN_LIKE,
    ticker: "doge",
    name: "Dogecoin",
    unit: "koinu",
    blockSeconds: 60,
    genesis: "2013-12-06",
    emission: null,
  },
  {
    ...BITCOIN_LIKE,
    ticker: "dash",
    name: "Dash",
    unit: "duff",
    blockSeconds: 157,
    genesis: "2014-01-19",
    emission: null,
  },
];

const BY_TICKER: ReadonlyMap<string, CoinRow> = new Map(COINS.map((row) => [row.ticker, row]));

/** The row of a ticker, in any case; null when there is none. */
export function coinOf(ticker: string): CoinRow | null {
  return BY_TICKER.get(ticker.toLowerCase()) ?? null;
}

/** A coin's name, or its ticker in capitals where no row has it. */
export function coinName(ticker: string): string {
  return coinOf(ticker)?.name ?? ticker.toUpperCase();
}

/** What a coin was hashed with on a day (YYYY-MM-DD), in xmrig's names; null when that is not known. */
export function algorithmOn(ticker: string, day: string): string | null {
  if (ticker !== "xmr") return ALGORITHM_OF_COIN.get(ticker) ?? null;
  return MONERO_FORKS.findLast(({ from }) => from <= day)?.algorithm ?? null;
}
