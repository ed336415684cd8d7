import { sumOf } from "../amount.ts";

/** The search is as deep as there are coins, and the call stack has an end. */
const MOST_COINS = 1_000;

/** Whether coins can be dealt out to the participants so that each could have paid for what is said to be
 *  theirs.
 *
 *  Shape: satoshi. `coins` are what each input address brings, `goals` what each participant takes out,
 *  less what makers may earn. "unclear": not found within `steps` tries.
 *  Source: the question is BlockSci's (Kalodner and others 2020, USENIX Security, "CoinJoin"); the search
 *  fills the largest goal first, with the largest coin that is left.
 *  Limits: finding a subset sum is NP-complete, hence the bound; more than 1,000 coins are not tried.
 */
export function canFill(
  coins: readonly bigint[],
  goals: readonly bigint[],
  steps: number,
): "yes" | "no" | "unclear" {
  const left = [...coins].sort((one, other) => (one < other ? 1 : -1));
  const needs = goals.filter((goal) => goal > 0n).sort((one, other) => (one < other ? 1 : -1));
  const search: Search = { coins: left, isUsed: left.map(() => false), needs, steps };
  const spare = sumOf(left) - sumOf(needs);
  if (spare < 0n || left.length < needs.length) return "no";
  if (left.length > MOST_COINS) return "unclear";
  const found = fill(search, { bucket: 0, missing: needs[0] ?? 0n, from: 0, spare });
  return found ? "yes" : search.steps <= 0 ? "unclear" : "no";
}

interface Search {
  readonly coins: readonly bigint[];
  readonly isUsed: boolean[];
  readonly needs: readonly bigint[];
  steps: number;
}

/** `missing` to fill the bucket, with coins from `from` on; `spare` may still be wasted on overfull ones. */
interface State {
  readonly bucket: number;
  readonly missing: bigint;
  readonly from: number;
  readonly spare: bigint;
}

function fill(search: Search, { bucket, missing, from, spare }: State): boolean {
  if (bucket >= search.needs.length) return true;
  let last: bigint | null = null;
  for (let at = from; at < search.coins.length; at += 1) {
    const coin = search.coins[at];
    // A coin like one that did not help does not help either.
    if (coin === undefined || search.isUsed[at] === true || coin === last) continue;
    if (search.steps <= 0) return false;
    search.steps -= 1;
    last = coin;
    const rest = missing - coin;
    if (-rest > spare) continue;
    search.isUsed[at] = true;
    const next =
      rest > 0n
        ? { bucket, missing: rest, from: at + 1, spare }
        : { bucket: bucket + 1, missing: search.needs[bucket + 1] ?? 0n, from: 0, spare: spare + rest };
    if (fill(search, next)) return true;
    search.isUsed[at] = false;
  }
  return false;
}
