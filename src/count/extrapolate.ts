import { DAY_MICROS } from "../bytes/time.ts";
import { parseWallet } from "../bytes/wallet.ts";
import type { Facts } from "../model/facts.ts";
import type { Dwell } from "../model/host-case.ts";
import type { Interval } from "../model/work.ts";
import { algorithmOn, COINS, type CoinRow, coinOf } from "../tables/coins.ts";
import { COIN_WORDS } from "../tables/dialect-coins.ts";
import { blockReward } from "../tables/emission.ts";
import type { Market } from "../tables/market.ts";
import { dayName, dayNumber } from "./day.ts";

export interface Extrapolation {
  readonly rate: Interval;
  readonly firstMicros: number;
  readonly lastMicros: number;
  readonly coin: string | null;
  readonly market: Market;
  readonly poolFee: number;
}

/** The coin that a host's miner was set to: what its configuration names, else the coin of the wallet that it
 *  pays, else the one coin of its algorithm at that time; null when nothing says it. */
export function coinMined(host: string, facts: Facts, atMicros: number): string | null {
  const pools = facts["miner-config"].filter((one) => one.host === host).flatMap((one) => one.pools);
  const logs = facts["miner-log"].filter((one) => one.host === host);
  const named = pools.flatMap(({ coin }) => COIN_WORDS.get(coin?.toLowerCase() ?? "") ?? []);
  const paid = pools.flatMap(({ user }) => (user === null ? [] : (parseWallet(user)?.coin ?? [])));
  const algorithms = [...pools, ...logs].flatMap(({ algorithm }) => algorithm ?? []);
  const day = dayName(dayNumber(atMicros));
  const hashed = COINS.filter(({ ticker }) => algorithms.includes(algorithmOn(ticker, day) ?? ""));
  return named[0] ?? paid[0] ?? hashed[0]?.ticker ?? null;
}

/** Rate × time, as hashes, coins and dollars. Coins and dollars are null unless every day is known. */
export function extrapolate(order: Extrapolation): NonNullable<Dwell["extrapolated"]> {
  const { rate, firstMicros, lastMicros, coin } = order;
  const seconds = (lastMicros - firstMicros) / 1e6;
  const row = coin === null ? null : coinOf(coin);
  const days = row === null ? null : daysOf(order, row);
  const coins = total(days, ({ coinsPerHps }) => coinsPerHps);
  const usd = total(days, ({ coinsPerHps, priceUsd }) =>
    coinsPerHps === null || priceUsd === null ? null : coinsPerHps * priceUsd,
  );
  const atomic = row === null || coins === null ? null : coins * 10 ** row.decimals;
  return {
    hashes: times(rate, seconds),
    amount: atomic === null ? null : rounded(times(rate, atomic)),
    usd: usd === null ? null : times(rate, usd),
    unit: row?.unit ?? null,
    says: saysOf({ row, coins, usd }),
  };
}

interface Day {
  readonly coinsPerHps: number | null;
  readonly priceUsd: number | null;
}

function daysOf({ firstMicros, lastMicros, market, poolFee }: Extrapolation, row: CoinRow): Day[] {
  const [first, last] = [dayNumber(firstMicros), dayNumber(lastMicros)];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index;
    const from = Math.max(firstMicros, day * DAY_MICROS);
    const seconds = (Math.min(lastMicros, (day + 1) * DAY_MICROS) - from) / 1e6;
    const date = dayName(day);
    const difficulty = market.difficulty(row.ticker, date)?.value ?? null;
    const reward = market.issuance(row.ticker, date)?.value ?? blockReward(row, from, null)?.coins ?? null;
    const isKnown = difficulty !== null && reward !== null;
    const perHash = isKnown ? (reward / (difficulty * row.hashesPerDifficulty)) * (1 - poolFee) : null;
    return {
      coinsPerHps: perHash === null ? null : perHash * seconds,
      priceUsd: market.price(row.ticker, date)?.value ?? null,
    };
  });
}

function total(days: readonly Day[] | null, of: (day: Day) => number | null): number | null {
  if (days === null) return null;
  let sum = 0;
  for (const day of days) {
    const one = of(day);
    if (one === null) return null;
    sum += one;
  }
  return sum;
}

function times({ estimate, low, high }: Interval, factor: number): Interval {
  return { estimate: estimate * factor, low: low * factor, high: high * factor };
}

function rounded({ estimate, low, high }: Interval): Interval {
  return { estimate: Math.round(estimate), low: Math.round(low), high: Math.round(high) };
}

interface Known {
  readonly row: CoinRow | null;
  readonly coins: number | null;
  readonly usd: number | null;
}

function saysOf({ row, coins, usd }: Known): string {
  const how = "The observed hash rate times the time from first to last sign";
  if (row === null) return `${how}; the coin is not known`;
  if (coins === null)
    return `${how}; the difficulty of a day is not in the tables, so that no coins are estimated`;
  if (usd === null) return `${how}; the price of a day is not in the tables`;
  return `${how}; each day at its own difficulty and price`;
}
