import { unscaled } from "../../../bytes/decimal.ts";
import { AMOUNT_PLACES, amountOf, coinKey, grouped, type SwapRecord } from "./coin-sources.ts";

/** What swaps of one coin for another come to. Amounts are decimals of coins, exact; null: one of them is not
 *  known as a number, so that there is no sum. */
export interface SwapSum {
  readonly from: string;
  readonly to: string;
  /** Each record once. */
  readonly swaps: number;
  /** Listings beyond the first of a record, which count nowhere. */
  readonly repeats: number;
  readonly fromAmount: string | null;
  readonly toAmount: string | null;
  /** Where the coins were paid out. */
  readonly toAddresses: readonly string[];
}

/** A service's words for a swap that did not happen. */
const FAILED = /^(?:error|failed|cancell?ed|expired|refunded|no_deposits)$/i;

/** Sums by pair of coins; swaps that failed are left out. */
export function swapSums(swaps: readonly SwapRecord[]): SwapSum[] {
  const done = swaps.filter(({ status }) => status === null || !FAILED.test(status));
  const pairs = grouped(done, ({ from, to }) => `${coinKey(from.coin)} ${coinKey(to.coin)}`);
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pair, members]) => {
      const [from = "", to = ""] = pair.split(" ");
      return {
        from,
        to,
        swaps: members.length,
        repeats: members.reduce((sum, { times }) => sum + times - 1, 0),
        fromAmount: total(members.map((swap) => swap.from.amount)),
        toAmount: total(members.map((swap) => swap.to.amount)),
        toAddresses: [...new Set(members.flatMap((swap) => swap.to.address ?? []))].sort(),
      };
    });
}

function total(amounts: readonly string[]): string | null {
  let sum = 0n;
  for (const text of amounts) {
    const amount = amountOf(text);
    if (amount === null) return null;
    sum += amount;
  }
  return unscaled(sum, AMOUNT_PLACES);
}
