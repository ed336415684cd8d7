import { scaled, unscaled } from "../bytes/decimal.ts";
import type { CaseSwap } from "./follow-case.ts";

/** What swaps of one coin for another come to, each record once. Amounts are decimals of coins, exact; null:
 *  one of them is not known as a number, so that there is no sum. */
export interface SwapSum {
  readonly from: string;
  readonly to: string;
  readonly swaps: number;
  readonly given: string | null;
  readonly got: string | null;
}

/** More than any coin has; Ethereum has 18. */
const PLACES = 24;

/** A service's words for a swap that did not happen. */
const FAILED = /^(?:error|failed|cancell?ed|expired|refunded|no_deposits)$/i;

/** Sums by pair of coins; swaps that failed are left out. */
export function swapSums(swaps: readonly Pick<CaseSwap, "from" | "to" | "status">[]): SwapSum[] {
  const pairs = new Map<string, (typeof swaps)[number][]>();
  for (const swap of swaps) {
    if (swap.status !== null && FAILED.test(swap.status)) continue;
    const pair = `${swap.from.coin} ${swap.to.coin}`;
    const known = pairs.get(pair);
    if (known === undefined) pairs.set(pair, [swap]);
    else known.push(swap);
  }
  return [...pairs.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const [given, got] = [total(members.map(({ from }) => from)), total(members.map(({ to }) => to))];
    return [{ from: first.from.coin, to: first.to.coin, swaps: members.length, given, got }];
  });
}

function total(sides: readonly CaseSwap["from"][]): string | null {
  let sum = 0n;
  for (const { amount } of sides) {
    const units = scaled(amount, PLACES);
    if (units === null) return null;
    sum += units;
  }
  return unscaled(sum, PLACES);
}
