import { unscaled } from "../../../bytes/decimal.ts";
import type { CaseSwap } from "../../../model/follow-case.ts";
import { grouped } from "../../../model/group.ts";
import { counted } from "../amount.ts";
import { AMOUNT_PLACES, amountOf, coinKey, type SwapRecord } from "./coin-sources.ts";

type Join = CaseSwap["joins"][number];

/** Swaps of one coin that go together because they paid out to one address. */
interface Pool {
  readonly coin: string;
  readonly address: string;
  readonly sum: bigint;
  readonly swaps: readonly SwapRecord[];
  /** ISO times of one form, which sort as text; null: not known. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Joins swaps to those whose coins they can have sold on in parts: several swaps paid a coin to one address,
 *  and the `takers` that pay out to one address took no more of that coin.
 *
 *  Shape: by the id of the swap that took, at most `most` for each, and none where more pools fit. The
 *  likelihood is null: the amounts allow it, and nothing says which coins were sold, or that it was the same
 *  owner.
 */
export function poolJoins(
  swaps: readonly SwapRecord[],
  { takers, most }: { readonly takers: readonly SwapRecord[]; readonly most: number },
): ReadonlyMap<string, readonly Join[]> {
  const joins = new Map<string, readonly Join[]>();
  const paid = grouped(poolsOf(swaps, "to"), ({ coin }) => coin);
  for (const pools of paid.values()) pools.sort(bySum);
  for (const taken of poolsOf(takers, "from")) {
    const fitting = fittingOf(paid.get(taken.coin) ?? [], { taken, most });
    if (fitting.length > most) continue;
    const listed = fitting.flatMap((pool) => joinsTo(pool, taken, most)).slice(0, most);
    for (const { id } of taken.swaps) joins.set(id, listed);
  }
  return joins;
}

/** Pools that are looked at for one taker: where so many are large enough, none is told. */
const MOST_POOLS = 1000;

/** Of pools with the largest sum first, those that can have fed the taker, up to one more than `most`. */
function fittingOf(
  pools: readonly Pool[],
  { taken, most }: { readonly taken: Pool; readonly most: number },
): Pool[] {
  const fitting: Pool[] = [];
  for (let at = 0; at < Math.min(pools.length, MOST_POOLS) && fitting.length <= most; at += 1) {
    const pool = pools[at];
    if (pool === undefined || pool.sum < taken.sum) break;
    if (canHaveFed(pool, taken)) fitting.push(pool);
  }
  return fitting;
}

/** Payouts that share coin and address; what is taken is put together by where it was paid out. */
function poolsOf(swaps: readonly SwapRecord[], side: "from" | "to"): Pool[] {
  const groups = grouped(swaps, ({ from, to }) => {
    const coin = coinKey(side === "to" ? to.coin : from.coin);
    return to.address === null ? null : `${coin} ${coinKey(to.coin)} ${to.address}`;
  });
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    const amounts = members.map((swap) => amountOf(swap[side].amount));
    if (first === undefined || amounts.includes(null)) return [];
    const sum = amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);
    const coin = coinKey(first[side].coin);
    const times = members.flatMap(({ at }) => at ?? []).sort();
    return [
      {
        ...{ coin, address: first.to.address ?? "", sum, swaps: members },
        ...{ first: times[0] ?? null, last: times.at(-1) ?? null },
      },
    ];
  });
}

/** Nothing is sold before it is there, or by the swaps that brought it. */
function canHaveFed(pool: Pool, taken: Pool): boolean {
  const isLater = pool.first === null || taken.last === null || pool.first <= taken.last;
  return isLater && pool.address !== taken.address;
}

function bySum(a: Pool, b: Pool): number {
  if (a.sum !== b.sum) return a.sum > b.sum ? -1 : 1;
  return a.address < b.address ? -1 : Number(a.address > b.address);
}

function joinsTo(pool: Pool, taken: Pool, most: number): Join[] {
  const coin = pool.coin.toUpperCase();
  const [paid, sold] = [unscaled(pool.sum, AMOUNT_PLACES), unscaled(taken.sum, AMOUNT_PLACES)];
  const says =
    `${counted(pool.swaps.length, "swap")} paid ${paid} ${coin} to ${pool.address}; ` +
    `${counted(taken.swaps.length, "swap")} that pay out to ${taken.address} took ${sold} ${coin}: ` +
    "the sums allow that it was sold from there, and cannot tell which of the coins were";
  return pool.swaps.slice(0, most).map(({ id }) => ({
    ...{ to: id, rule: "pooled-amount", likelihood: null, confidence: "low", says },
  }));
}
