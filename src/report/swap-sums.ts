import type { CaseSwap } from "../model/follow-case.ts";

/** Swaps of one coin for another, each record once. Amounts are decimal strings of coins. */
export interface SwapSum {
  readonly from: string;
  readonly to: string;
  readonly swaps: number;
  readonly given: string;
  readonly got: string;
}

/** Sums of swaps by pair of coins, exact. */
export function swapSums(swaps: readonly CaseSwap[]): readonly SwapSum[] {
  const pairs = new Map<string, CaseSwap[]>();
  for (const swap of swaps) {
    const key = `${swap.from.coin} ${swap.to.coin}`;
    pairs.set(key, [...(pairs.get(key) ?? []), swap]);
  }
  return [...pairs.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    return [
      {
        from: first.from.coin,
        to: first.to.coin,
        swaps: of.length,
        given: added(of.map(({ from }) => from.amount)),
        got: added(of.map(({ to }) => to.amount)),
      },
    ];
  });
}

/** Decimal strings added without rounding; what is no number adds nothing. */
function added(amounts: readonly string[]): string {
  const parts = amounts.filter((amount) => /^\d+(?:\.\d+)?$/.test(amount)).map((amount) => amount.split("."));
  const places = Math.max(0, ...parts.map(([, fraction = ""]) => fraction.length));
  const total = parts.reduce(
    (sum, [whole = "0", fraction = ""]) => sum + BigInt(whole + fraction.padEnd(places, "0")),
    0n,
  );
  const digits = String(total).padStart(places + 1, "0");
  if (places === 0) return digits;
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, "");
}
