import { utcDay } from "../../bytes/time.ts";
import { type CoinPrices, type Moment, worthOf } from "../../follow/worth.ts";
import type { ChainTx } from "../../model/chain.ts";
import type { TraceSeed } from "../../model/trace.ts";
import type { Worth } from "../../model/worth.ts";

/** An amount and when it moved, as a case tells them. */
interface Dated {
  readonly valueSats: string;
  readonly at: string | null;
}

/** What amounts were worth when they moved, on the day that was asked for, and at the last price known. */
export function worthsOf(amounts: readonly Dated[], prices: CoinPrices, asOf: string | null): Worth[] {
  const byDay = added(amounts.map(({ valueSats, at }) => [dayOf(at), valueSats]));
  const named: readonly Moment[] = asOf === null ? [] : [{ moment: "as-of", date: asOf }];
  const moments: readonly Moment[] = [{ moment: "receipt" }, ...named, { moment: "last-known" }];
  return moments.map((moment) => worthOf(byDay, moment, prices));
}

/** What seeds were worth when whoever got them moved them on, each on its own day; those that lie still are
 *  not covered. Empty where none was moved.
 */
export function cashedOut(
  seeds: readonly TraceSeed[],
  hops: readonly ChainTx[],
  prices: CoinPrices,
): Worth[] {
  const moved = new Map<string, string | null>();
  for (const { inputs, atMicros } of hops) {
    const day = atMicros === null ? null : utcDay(atMicros);
    for (const { txid, vout } of inputs) moved.set(`${txid}:${vout}`, day);
  }
  const spent = seeds.filter(({ txid, vout }) => moved.has(`${txid}:${vout}`));
  if (spent.length === 0) return [];
  const days = added(
    seeds.map(({ txid, vout, valueSats }) => [moved.get(`${txid}:${vout}`) ?? null, valueSats] as const),
  );
  return [worthOf(days, { moment: "cash-out", date: null }, prices)];
}

function added(
  amounts: readonly (readonly [day: string | null, sats: string])[],
): Map<string | null, bigint> {
  const byDay = new Map<string | null, bigint>();
  for (const [day, sats] of amounts) byDay.set(day, (byDay.get(day) ?? 0n) + BigInt(sats));
  return byDay;
}

function dayOf(at: string | null): string | null {
  return at?.slice(0, "YYYY-MM-DD".length) ?? null;
}
