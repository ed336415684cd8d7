import { scaled } from "../bytes/decimal.ts";
import type { Worth } from "../model/worth.ts";
import type { DayPrices, Market } from "../tables/market.ts";

/** Prices of one coin whose unit has eight decimals. */
export interface CoinPrices {
  readonly market: Market;
  /** Ticker, lower case. */
  readonly coin: string;
}

/** Satoshi by the UTC day (YYYY-MM-DD) on which they came in; null: the day is not known. */
export type SatsByDay = ReadonlyMap<string | null, bigint>;

/** When the coins are valued: all at the prices of `date`, or, at receipt and at a cash-out without a date,
 *  each day's at that day's. */
export type Moment =
  | { readonly moment: "receipt" | "last-known" }
  | { readonly moment: "as-of"; readonly date: string }
  | { readonly moment: "cash-out"; readonly date: string | null };

/** Decimals that a price is held with. A double has 17 digits at most, so that a price above 10^-13 dollars
 *  is exact. */
const PRICE_PLACES = 30;
const SAT_PLACES = 8;
const CENT = 10n ** BigInt(PRICE_PLACES + SAT_PLACES - 2);

type Field = "open" | "high" | "low" | "close";

/** What coins were worth at one moment, by the day's open, high, low and close.
 *
 *  Method: satoshi times price is summed in whole numbers, and the sum rounded to cents (half upwards) once,
 *  at the end. Coins of a day without a price are left out and lower `coveredShare`; a value is null where
 *  nothing is covered, or where a day that has a close lacks that price.
 *  Source: docs/methods.md, "What came in".
 */
export function worthOf(received: SatsByDay, when: Moment, prices: CoinPrices): Worth {
  const date = dateOf(when, prices);
  const isByDay = date === null && (when.moment === "receipt" || when.moment === "cash-out");
  const sums = new Map<Field, bigint | null>();
  const sources = new Set<string>();
  let total = 0n;
  let covered = 0n;
  for (const [day, sats] of received) {
    total += sats;
    const quoted = pricesOn(isByDay ? day : date, prices);
    if (quoted === null || sats === 0n) continue;
    covered += sats;
    sources.add(quoted.source);
    for (const field of ["open", "high", "low", "close"] as const) {
      const sum = sums.get(field);
      const price = quoted[field];
      sums.set(field, price === null || sum === null ? null : (sum ?? 0n) + sats * priceUnits(price));
    }
  }
  const usd = (field: Field): number | null => centsOf(sums.get(field) ?? null);
  return {
    moment: when.moment,
    currency: "usd",
    open: usd("open"),
    high: usd("high"),
    low: usd("low"),
    close: usd("close"),
    date,
    coveredShare: shareOf(covered, total),
    source: sources.size === 0 ? null : [...sources].sort().join(", "),
  };
}

/** Dollars of an amount at the close of a day, as a whole number of 10^-38 dollars; null without a price. */
export type UsdAtClose = (sats: bigint, day: string | null) => bigint | null;

/** Looks each day's price up once. */
export function usdAtClose(prices: CoinPrices): UsdAtClose {
  const known = new Map<string | null, bigint | null>();
  return (sats, day) => {
    let units = known.get(day);
    if (units === undefined) {
      const quoted = pricesOn(day, prices);
      units = quoted === null ? null : priceUnits(quoted.close);
      known.set(day, units);
    }
    return units === null ? null : sats * units;
  };
}

/** A bound in dollars in the unit of `UsdAtClose`. Errors: RangeError for what is no decimal number. */
export function usdUnits(text: string): bigint {
  const units = scaled(text, PRICE_PLACES + SAT_PLACES);
  if (units === null) throw new RangeError(`Cannot compare with ${text}: it is no amount of dollars`);
  return units;
}

/** Rounded to cents, half upwards. */
export function centsOf(exact: bigint | null): number | null {
  return exact === null ? null : Number((exact + CENT / 2n) / CENT) / 100;
}

function dateOf(when: Moment, { market, coin }: CoinPrices): string | null {
  if ("date" in when) return when.date;
  return when.moment === "receipt" ? null : (market.last(coin)?.date ?? null);
}

function pricesOn(day: string | null, { market, coin }: CoinPrices): DayPrices | null {
  return day === null ? null : market.ohlc(coin, day);
}

function priceUnits(price: number): bigint {
  // What is finer than the places is nothing against a cent.
  return scaled(String(price), PRICE_PLACES) ?? 0n;
}

/** Cut, not rounded, to six decimals: 1 means all. */
function shareOf(part: bigint, whole: bigint): number {
  return whole === 0n ? 1 : Number((part * 1_000_000n) / whole) / 1_000_000;
}
