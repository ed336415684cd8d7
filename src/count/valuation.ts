import { compareText } from "../bytes/text.ts";
import type { Amount, Money, Valuation, ValuationDay } from "../model/valuation.ts";
import type { Interval } from "../model/work.ts";
import type { CoinRow } from "../tables/coins.ts";
import type { Market, Quote } from "../tables/market.ts";
import type { Account, DayTally, ValuateOptions } from "./account.ts";
import type { CoinDays } from "./coin-day.ts";
import { dayName } from "./day.ts";
import { Tally } from "./tally.ts";
import { toWork } from "./work.ts";

export interface Known extends ValuateOptions {
  readonly days: CoinDays;
  readonly market: Market;
}

/** What one account holds, or null when nothing of it was mined. */
export function valuation(account: Account, known: Known): Valuation | null {
  const { row } = known.days;
  const mined = [...account.days].filter(([, { work }]) => work.hasShares).sort(([a], [b]) => a - b);
  const total = totals(mined, known);
  const work = toWork(total.work, account.unit);
  const lastDay = mined.at(-1)?.[0];
  if (work === null || lastDay === undefined) return null;
  const days = mined.map(([number, day]) => valuationDay(number, day, { account, known }));
  const amount = row === null ? null : totalAmount(days, total.coins.interval(), row);
  const coins = amount === null ? null : total.coins.interval();
  const atPrice = (quote: Quote | null): Money | null =>
    quote === null || row === null || coins === null
      ? null
      : money(times(coins, quote.value / 10 ** row.decimals), quote, {
          ageDays: daysBetween(quote.date, dayName(lastDay)),
          coveredShare: total.covered,
        });
  return {
    id: "",
    about: account.about,
    coin: account.coin,
    work,
    poolFee: known.poolFee,
    amount,
    days,
    whenMined: whenMined(total),
    asOf: known.asOf === null ? null : atPrice(known.market.price(account.coin, known.asOf)),
    lastKnown: atPrice(known.market.last(account.coin)),
    unknownDays: mined.flatMap(([number, day]) => unknowns(number, day, known)),
  };
}

interface Totals {
  readonly work: Tally;
  readonly coins: Tally;
  readonly usd: Tally;
  /** Part of the work whose coins are known. */
  readonly covered: number;
  /** Part of the known coins that have a price of their day. */
  readonly priced: number;
  readonly priceSources: readonly string[];
}

function totals(mined: readonly (readonly [number, DayTally])[], { days }: Known): Totals {
  const [work, coins, usd, covered, priced] = [
    new Tally(),
    new Tally(),
    new Tally(),
    new Tally(),
    new Tally(),
  ];
  const sources = new Set<string>();
  for (const [number, day] of mined) {
    work.addAll(day.work);
    if (day.missing !== null) continue;
    covered.addAll(day.work);
    coins.addAll(day.coins);
    const price = days.price(number);
    if (price === null || days.row === null) continue;
    priced.addAll(day.coins);
    usd.addAll(day.coins, price.value / 10 ** days.row.decimals);
    sources.add(price.source);
  }
  return {
    work,
    coins,
    usd,
    covered: part(covered.most, work.most),
    priced: part(priced.most, coins.most),
    priceSources: [...sources].sort(compareText),
  };
}

function part(some: number, all: number): number {
  return all > 0 ? some / all : 0;
}

function whenMined({ usd, covered, priced, priceSources }: Totals): Money | null {
  const interval = usd.interval();
  if (interval === null) return null;
  return {
    ...currency(interval),
    date: null,
    ageDays: null,
    source: priceSources.join("; "),
    coveredShare: covered * priced,
  };
}

function valuationDay(
  number: number,
  day: DayTally,
  { account, known }: { readonly account: Account; readonly known: Known },
): ValuationDay {
  const { row } = known.days;
  const date = dayName(number);
  const interval = day.missing === null ? day.coins.interval() : null;
  const amount = row === null || interval === null ? null : toAmount(interval, row);
  const price = known.days.price(number);
  const value =
    interval === null || price === null || row === null
      ? null
      : money(times(interval, price.value / 10 ** row.decimals), price, { ageDays: 0, coveredShare: 1 });
  const sign = account.coin.toUpperCase();
  const means = day.accepted.blocks > 0 ? day.accepted : day.unanswered;
  const says = [
    ...(day.missing === "coin" ? [`what a block of ${sign} paid is not in the table`] : []),
    ...(day.missing === "difficulty" ? [`no network difficulty of ${sign} is known for ${date}`] : []),
    ...(price === null ? [`no price of ${sign} is known for ${date}`] : []),
  ];
  return {
    date,
    work: toWork(day.work, account.unit) ?? { hashes: 0, low: 0, high: 0, unit: account.unit },
    networkDifficulty: amount === null ? null : Number((means.hashes / means.blocks).toPrecision(12)),
    difficultySource: amount === null ? null : [...day.sources].sort(compareText).join("; "),
    blockReward:
      amount === null || row === null ? null : atomic((means.paid / means.blocks) * 10 ** row.decimals),
    blockRewardSource: amount === null ? null : [...day.rewards].sort(compareText).slice(0, 2).join("; "),
    amount,
    priceUsd: price?.value ?? null,
    priceSource: price?.source ?? null,
    value,
    says: says.length === 0 ? null : says.join("; "),
  };
}

function unknowns(number: number, day: DayTally, { days }: Known): Valuation["unknownDays"] {
  const date = dayName(number);
  return [
    ...(day.missing === null ? [] : [{ date, missing: day.missing }]),
    ...(days.price(number) === null ? [{ date, missing: "price" } as const] : []),
  ];
}

/** The sum of the days' estimates, so that the days add up to it; its ends are those of the sum. */
function totalAmount(days: readonly ValuationDay[], interval: Interval | null, row: CoinRow): Amount | null {
  if (interval === null) return null;
  const estimate = days.reduce((sum, { amount }) => sum + BigInt(amount?.estimate ?? "0"), 0n);
  return { ...toAmount(interval, row), estimate: estimate.toString() };
}

function toAmount({ estimate, low, high }: Interval, { unit }: CoinRow): Amount {
  return { unit, estimate: atomic(estimate), low: atomic(low), high: atomic(high) };
}

function atomic(coins: number): string {
  return BigInt(Math.round(coins)).toString();
}

function times({ estimate, low, high }: Interval, factor: number): Interval {
  return { estimate: estimate * factor, low: low * factor, high: high * factor };
}

function money(
  value: Interval,
  { date, source }: Quote,
  { ageDays, coveredShare }: { readonly ageDays: number; readonly coveredShare: number },
): Money {
  return { ...currency(value), date, ageDays, source, coveredShare };
}

function currency({ estimate, low, high }: Interval): Pick<Money, "currency" | "value" | "low" | "high"> {
  return { currency: "usd", value: estimate, low, high };
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
