import { type CoinPrices, type Moment, type SatsByDay, worthOf } from "../../follow/worth.ts";
import type { Worth } from "../../model/follow-case.ts";

/** An amount and when it moved, as a case tells them. */
export interface Dated {
  readonly valueSats: string;
  readonly at: string | null;
}

/** What amounts were worth when they moved, on the day that was asked for, and at the last price known. */
export function worthsOf(
  amounts: readonly Dated[],
  prices: CoinPrices,
  asOf: string | null,
): readonly Worth[] {
  const byDay = new Map<string | null, bigint>();
  for (const { valueSats, at } of amounts) {
    const day = at?.slice(0, "YYYY-MM-DD".length) ?? null;
    byDay.set(day, (byDay.get(day) ?? 0n) + BigInt(valueSats));
  }
  return momentsOf(asOf).map((moment) => worthOf(byDay satisfies SatsByDay, moment, prices));
}

function momentsOf(asOf: string | null): readonly Moment[] {
  const named: readonly Moment[] = asOf === null ? [] : [{ moment: "as-of", date: asOf }];
  return [{ moment: "receipt" }, ...named, { moment: "last-known" }];
}
