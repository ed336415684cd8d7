import { daySpans } from "../count/index.ts";
import { PaydirtError } from "../model/error.ts";
import type {
  DayRange,
  MachineCount,
  PricedValue,
  SpreadValue,
  UnknownDays,
  ValueResult,
} from "../model/value.ts";
import { algorithmOn, COINS, type CoinRow, coinOf } from "../tables/coins.ts";
import { blockReward } from "../tables/emission.ts";
import type { Market, Quote } from "../tables/market.ts";
import { serverRates } from "../tables/server-rates.ts";

/** What to value. Either `amount` or `hashrateHps`, the other null; days as YYYY-MM-DD. */
export interface ValueOptions {
  readonly coin: string;
  /** Coins as a decimal, e.g. "70" or "0.25". */
  readonly amount: string | null;
  readonly hashrateHps: number | null;
  /** First and last day, both included; the same for one day. null: no day was named. */
  readonly from: string | null;
  readonly to: string | null;
  readonly asOf: string | null;
  /** Fraction, 0–1 exclusive. */
  readonly poolFee: number;
}

/** Longer than any coin has lived; beyond it a year was mistyped. */
const MAX_DAYS = 36_600;
const DAY_SECONDS = 86_400;
const NOON_MICROS = 43_200_000_000;

interface Day {
  readonly date: string;
  readonly price: Quote | null;
  readonly difficulty: Quote | null;
  /** Coins that one hash a second brings in this day, fee taken off;
   *  null when difficulty or reward is unknown. */
  readonly coinsPerHps: number | null;
  readonly blocksPerHps: number;
}

/** The arithmetic of `paydirt value`.
 *
 *  Method: one hash a second brings, in a day, 86,400 ÷ difficulty blocks, times that day's block reward
 *  (issuance ÷ blocks, else the emission), less the fee. Coins over a span take the constant rate whose days
 *  add up to them. Days whose difficulty is unknown are left out of both and named, so that a rate needed is
 *  then what the other days take; days without a price are left out of the money and named.
 *  Errors: `bad-option` for a coin without a table, an amount that is no number of coins, a span that ends
 *  before it begins, or nothing to value.
 */
export function value(options: ValueOptions, market: Market): ValueResult {
  const row = rowOf(options.coin);
  const { from, to, asOf, poolFee } = checked(options);
  const days =
    from === null ? [] : daysOf(from, to ?? from).map((date) => dayOf(date, row, { market, poolFee }));
  const known = days.filter(({ coinsPerHps }) => coinsPerHps !== null);
  const perHps = known.reduce((sum, day) => sum + (day.coinsPerHps ?? 0), 0);
  const given = options.amount === null ? null : atomicOf(options.amount, row);
  const coinsGiven = given === null ? null : Number(given) / 10 ** row.decimals;
  const rate = options.hashrateHps ?? (coinsGiven === null || perHps === 0 ? null : coinsGiven / perHps);
  const coins = coinsGiven ?? (rate === null || known.length === 0 ? null : rate * perHps);
  const atomic = given ?? (coins === null ? null : toAtomic(coins, row));
  const algorithms = [...new Set(days.flatMap(({ date }) => algorithmOn(row.ticker, date) ?? []))];
  const quotes = [asOf === null ? null : market.price(row.ticker, asOf), market.last(row.ticker)] as const;
  return {
    coin: row.ticker,
    unit: row.unit,
    decimals: row.decimals,
    asked: options.amount === null ? "hashrate" : "amount",
    span: from === null ? null : { from, to: to ?? from, days: days.length },
    poolFee,
    atomic: atomic === null ? null : atomic.toString(),
    hashrateHps: rate,
    networkHps: networkHps(known, row),
    blocks:
      rate === null || known.length === 0 ? null : rate * sum(known, ({ blocksPerHps }) => blocksPerHps),
    money: {
      asOf: priced(coins, quotes[0]),
      range: rangeOf(coins, asOf ?? (days.length === 1 ? from : null), { market, row }),
      evenly: coinsGiven === null ? null : spread(days, () => coinsGiven / days.length),
      constantRate: rate === null ? null : spread(known, (day) => rate * (day.coinsPerHps ?? 0)),
      lastKnown: priced(coins, quotes[1]),
    },
    algorithms,
    machines: rate === null ? [] : machines(algorithms, { rate, perHps, known, row }),
    unknown: {
      price: unknownDays(days.filter(({ price }) => price === null)),
      difficulty: unknownDays(days.filter(({ coinsPerHps }) => coinsPerHps === null)),
    },
    asOf,
    sources: sourcesOf(days, quotes),
  };
}

function rowOf(coin: string): CoinRow {
  const row = coinOf(coin);
  if (row !== null) return row;
  const known = COINS.map(({ ticker }) => ticker).join(", ");
  throw new PaydirtError(
    "bad-option",
    `Cannot value ${JSON.stringify(coin)}: the coins in the table are ${known}`,
  );
}

function checked(options: ValueOptions): Pick<ValueOptions, "from" | "to" | "asOf" | "poolFee"> {
  const { amount, hashrateHps, from, to, asOf, poolFee } = options;
  const wrong = (says: string): PaydirtError => new PaydirtError("bad-option", `Cannot value: ${says}`);
  if ((amount === null) === (hashrateHps === null)) throw wrong("give either --amount or --hashrate");
  if (from === null && (to !== null || hashrateHps !== null)) {
    throw wrong("give a day with --date, or a span with --from and --to");
  }
  if (from !== null && to !== null && to < from)
    throw wrong(`the span ends on ${to}, before it begins on ${from}`);
  if (hashrateHps !== null && !(hashrateHps > 0 && hashrateHps < Number.POSITIVE_INFINITY)) {
    throw wrong(`${hashrateHps} is no hash rate above 0`);
  }
  if (!(poolFee >= 0 && poolFee < 1)) throw wrong(`a pool fee of ${poolFee * 100} % leaves nothing`);
  return { from, to, asOf, poolFee };
}

function daysOf(from: string, to: string): string[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const count = Math.round((Date.parse(`${to}T00:00:00Z`) - first) / 86_400_000) + 1;
  if (!(count >= 1 && count <= MAX_DAYS)) {
    throw new PaydirtError(
      "bad-option",
      `Cannot value: a span of ${count} days, at most ${MAX_DAYS} are taken`,
    );
  }
  return Array.from({ length: count }, (_, day) =>
    new Date(first + day * 86_400_000).toISOString().slice(0, 10),
  );
}

function dayOf(
  date: string,
  row: CoinRow,
  known: { readonly market: Market; readonly poolFee: number },
): Day {
  const { market, poolFee } = known;
  const difficulty = market.difficulty(row.ticker, date);
  const noon = Date.parse(`${date}T00:00:00Z`) * 1000 + NOON_MICROS;
  const reward = market.issuance(row.ticker, date)?.value ?? blockReward(row, noon, null)?.coins ?? null;
  const blocksPerHps = difficulty === null ? 0 : DAY_SECONDS / (difficulty.value * row.hashesPerDifficulty);
  return {
    date,
    price: market.price(row.ticker, date),
    difficulty,
    blocksPerHps,
    coinsPerHps: difficulty === null || reward === null ? null : blocksPerHps * reward * (1 - poolFee),
  };
}

/** A decimal number of coins in atomic units, exactly. */
function atomicOf(text: string, { decimals, ticker }: CoinRow): bigint {
  const match = /^(\d{1,20})(?:\.(\d{1,40}))?$/.exec(text);
  const fraction = (match?.[2] ?? "").replace(/0+$/, "");
  const atomic = BigInt(`${match?.[1] ?? "0"}${fraction.slice(0, decimals).padEnd(decimals, "0")}`);
  if (match !== null && fraction.length <= decimals && atomic > 0n) return atomic;
  throw new PaydirtError(
    "bad-option",
    `Cannot value ${JSON.stringify(text)}: ` +
      `it is no number of coins above 0 with at most ${decimals} decimals of ${ticker}`,
  );
}

function toAtomic(coins: number, { decimals }: CoinRow): bigint {
  return BigInt(Math.round(coins * 10 ** decimals));
}

function sum(days: readonly Day[], of: (day: Day) => number): number {
  return days.reduce((total, day) => total + of(day), 0);
}

function unknownDays(days: readonly Day[]): UnknownDays {
  return { days: days.length, spans: daySpans(days.map(({ date }) => date)) };
}

function networkHps(known: readonly Day[], { hashesPerDifficulty, blockSeconds }: CoinRow): number | null {
  if (known.length === 0) return null;
  const mean = sum(known, ({ difficulty }) => difficulty?.value ?? 0) / known.length;
  return (mean * hashesPerDifficulty) / blockSeconds;
}

function priced(coins: number | null, quote: Quote | null): PricedValue | null {
  if (coins === null || quote === null) return null;
  return { usd: coins * quote.value, date: quote.date, priceUsd: quote.value, source: quote.source };
}

function rangeOf(
  coins: number | null,
  date: string | null,
  { market, row }: { readonly market: Market; readonly row: CoinRow },
): DayRange | null {
  const prices = date === null ? null : market.ohlc(row.ticker, date);
  if (coins === null || date === null || prices === null) return null;
  const { open, low, high, close, source } = prices;
  if ((open ?? low ?? high) === null) return null;
  const usd = (price: number | null): number | null => (price === null ? null : coins * price);
  return { date, open: usd(open), low: usd(low), high: usd(high), close: coins * close, source };
}

function spread(days: readonly Day[], coinsOf: (day: Day) => number): SpreadValue | null {
  const withPrice = days.filter(({ price }) => price !== null);
  if (withPrice.length === 0) return null;
  return {
    usd: sum(withPrice, (day) => coinsOf(day) * (day.price?.value ?? 0)),
    pricedDays: withPrice.length,
  };
}

interface Fleet {
  readonly rate: number;
  readonly perHps: number;
  readonly known: readonly Day[];
  readonly row: CoinRow;
}

function machines(algorithms: readonly string[], { rate, perHps, known, row }: Fleet): MachineCount[] {
  const rows = new Set(algorithms.flatMap((algorithm) => serverRates(algorithm)));
  return [...rows].map(({ machine, lowHps, highHps, source }) => {
    const usdPerHps = spread(known, (day) => day.coinsPerHps ?? 0)?.usd;
    return {
      machine,
      lowHps,
      highHps,
      fewest: rate / highHps,
      most: rate / lowHps,
      atomicEach: [toAtomic(lowHps * perHps, row).toString(), toAtomic(highHps * perHps, row).toString()],
      usdEach: usdPerHps === undefined ? null : [lowHps * usdPerHps, highHps * usdPerHps],
      source,
    };
  });
}

function sourcesOf(days: readonly Day[], quotes: readonly (Quote | null)[]): string[] {
  const used = [...quotes, ...days.flatMap(({ price, difficulty }) => [price, difficulty])];
  return [...new Set(used.flatMap((quote) => quote?.source ?? []))].sort();
}
