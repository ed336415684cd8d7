import { scaled } from "../../../bytes/decimal.ts";
import type { DemandBand } from "../../../tables/ransom-demands.ts";
import { type CoinPrices, usdAtClose, usdUnits } from "../../worth.ts";
import type { Receipt } from "./receipts.ts";

/** Above what a payment of unknown senders is more probably a transfer between addresses of the family. */
export interface Limit {
  isExceeded(sats: bigint, day: string | null): boolean;
  readonly says: string;
}

/** A victim who pays for several machines at once pays a multiple of what is asked for one. Ten is a
 *  convention, not a measurement; for Locky every factor from 11 to 49 sets the same payments apart, and ten
 *  one more, of 11 BTC. */
const TIMES_DEMANDED = 10n;

/** Tukey's fence, one and a half interquartile distances above the third quartile (Tukey, Exploratory Data
 *  Analysis, 1977), taken on logarithms: demands of one family differ by factors. Where half of the payments
 *  are alike the distance is nothing, and ten times the third quartile is the limit. */
const FENCE = 1.5;
const LEAST_FACTOR = 10;

/** Quartiles of fewer payments say nothing. */
const FEWEST_RECEIPTS = 20;

/** The limit of a family: ten times the most that it is known to ask for, else what its own receipts tell;
 *  null where neither can be said.
 *
 *  How often it is wrong: nobody measured. It takes a real ransom for a transfer where a victim pays far more
 *  than others, and misses transfers of usual amounts.
 */
export function limitOf(
  receipts: readonly Receipt[],
  demands: readonly DemandBand[],
  prices: CoinPrices,
): Limit | null {
  return demands.length > 0 ? limitOfDemands(demands, prices) : fenceOf(receipts);
}

function limitOfDemands(demands: readonly DemandBand[], prices: CoinPrices): Limit {
  const tests = demands.map((band) => isTenfold(band, prices));
  return {
    // Only what is above ten times each of the demands is above the largest.
    isExceeded: (sats, day) => tests.every((test) => test(sats, day)),
    says:
      "more than ten times what the family is known to ask for " +
      `(${demands.map(shownHigh).join(" and ")})`,
  };
}

function isTenfold({ unit, high }: DemandBand, prices: CoinPrices): Limit["isExceeded"] {
  if (unit === "btc") {
    const most = TIMES_DEMANDED * satsOf(high);
    return (sats) => sats > most;
  }
  const [usdOf, most] = [usdAtClose(prices), TIMES_DEMANDED * usdUnits(high)];
  return (sats, day) => {
    const usd = usdOf(sats, day);
    return usd !== null && usd > most;
  };
}

function shownHigh({ unit, high }: DemandBand): string {
  return unit === "btc" ? `${high} BTC` : `$${high}`;
}

/** A bound in bitcoin as satoshi. Errors: RangeError for what is no amount of them. */
export function satsOf(text: string): bigint {
  const sats = scaled(text, 8);
  if (sats === null) throw new RangeError(`Cannot compare with ${text}: it is no amount of bitcoin`);
  return sats;
}

function fenceOf(receipts: readonly Receipt[]): Limit | null {
  if (receipts.length < FEWEST_RECEIPTS) return null;
  // Below 2^53: there are 2.1 × 10^15 satoshi.
  const amounts = receipts.map(({ sats }) => Number(sats)).sort((a, b) => a - b);
  const [first, third] = [quantile(amounts, 0.25), quantile(amounts, 0.75)];
  if (first <= 0) return null;
  const limit = third * Math.max(LEAST_FACTOR, (third / first) ** FENCE);
  return {
    isExceeded: (sats) => Number(sats) > limit,
    says:
      `more than ${(limit / 1e8).toFixed(4)} BTC, which lies far above the usual payment of the family ` +
      `(half of them are ${btc(first)} to ${btc(third)} BTC)`,
  };
}

/** Hyndman and Fan's type 7. */
function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? 0;
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? low) - low);
}

function btc(sats: number): string {
  return String(Number((sats / 1e8).toPrecision(4)));
}
