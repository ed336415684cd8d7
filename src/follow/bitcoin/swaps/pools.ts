import { unscaled } from "../../../bytes/decimal.ts";
import type { CaseSwap } from "../../../model/follow-case.ts";
import { counted } from "../amount.ts";
import { AMOUNT_PLACES, amountOf, coinKey, grouped, type SwapRecord } from "./coin-sources.ts";

type Joins = CaseSwap["joins"];

/** Swaps of one coin that go together because they paid out to one address. */
interface Pool {
  readonly coin: string;
  readonly address: string;
  readonly sum: bigint;
  readonly swaps: readonly SwapRecord[];
}

/** Joins swaps to those whose coins they can have sold on in parts: several swaps paid a coin to one address,
 *  and the `takers` that pay out to one address took no more of that coin.
 *
 *  Shape: by the id of the swap that took. The likelihood is null: the amounts allow it, and nothing says
 *  which coins were sold, or that it was the same owner.
 */
export function poolJoins(
  swaps: readonly SwapRecord[],
  takers: readonly SwapRecord[],
): ReadonlyMap<string, Joins> {
  const joins = new Map<string, Joins>();
  const paid = poolsOf(swaps, "to");
  for (const taken of poolsOf(takers, "from")) {
    const fitting = paid.filter((pool) => pool.coin === taken.coin && canHaveFed(pool, taken));
    const listed = fitting.flatMap((pool) => joinsTo(pool, taken));
    for (const { id } of taken.swaps) joins.set(id, listed);
  }
  return joins;
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
    return [{ coin, address: first.to.address ?? "", sum, swaps: members }];
  });
}

/** Nothing is sold before it is there; ISO times of one form sort as text. */
function canHaveFed(pool: Pool, taken: Pool): boolean {
  const [first, last] = [timesOf(pool)[0], timesOf(taken).at(-1)];
  const isLater = first === undefined || last === undefined || first <= last;
  return isLater && pool.sum >= taken.sum && !pool.swaps.some((swap) => taken.swaps.includes(swap));
}

function timesOf({ swaps }: Pool): string[] {
  return swaps.flatMap(({ at }) => at ?? []).sort();
}

function joinsTo(pool: Pool, taken: Pool): Joins {
  const coin = pool.coin.toUpperCase();
  const [paid, sold] = [unscaled(pool.sum, AMOUNT_PLACES), unscaled(taken.sum, AMOUNT_PLACES)];
  const says =
    `${counted(pool.swaps.length, "swap")} paid ${paid} ${coin} to ${pool.address}; ` +
    `${counted(taken.swaps.length, "swap")} that pay out to ${taken.address} took ${sold} ${coin}: ` +
    "the sums allow that it was sold from there, and cannot tell which of the coins were";
  return pool.swaps.map(({ id }) => ({
    ...{ to: id, rule: "pooled-amount", likelihood: null, confidence: "low", says },
  }));
}
