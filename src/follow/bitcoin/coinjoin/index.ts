import type { ChainTx } from "../../../model/chain.ts";
import { equalOutputs } from "./equal-outputs.ts";
import { joinMarket } from "./joinmarket.ts";
import type { CoinJoin, CoinJoinRow } from "./row.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { wasabi1 } from "./wasabi-1.ts";
import { wasabi2 } from "./wasabi-2.ts";
import { whirlpool } from "./whirlpool.ts";
import { whirlpoolTx0 } from "./whirlpool-tx0.ts";

/** Every way in which CoinJoins are recognised; the first that fits names it: specific ones first. */
export const COINJOINS: readonly CoinJoinRow[] = [
  whirlpool,
  whirlpoolTx0,
  wasabi2,
  wasabi1,
  joinMarket,
  equalOutputs,
];

/** What is to be said of a transaction. `mix` and `preparation` are null where no rule fits; `unclear` names
 *  the rows that could not tell because the source does not know enough of it. */
export interface CoinJoinLook {
  readonly mix: CoinJoin | null;
  readonly preparation: CoinJoin | null;
  readonly unclear: readonly string[];
}

/** The CoinJoin that a transaction is; null: none, or not known to be one. */
export function coinJoinOf(tx: ChainTx): CoinJoin | null {
  return coinJoinLook(tx).mix;
}

export function coinJoinLook(tx: ChainTx): CoinJoinLook {
  const none = { mix: null, preparation: null };
  if (tx.isCoinbase) return { ...none, unclear: [] };
  if (!tx.isWhole) return { ...none, unclear: COINJOINS.map(({ id }) => id) };
  const shape = shapeOf(tx);
  const unclear: string[] = [];
  for (const row of COINJOINS) {
    const look = isTooEarly(row, shape) ? "no" : row.look(shape);
    if (look === "unclear") unclear.push(row.id);
    else if (look !== "no") {
      const found = coinJoin(row, look.says);
      return { ...none, [row.isMix ? "mix" : "preparation"]: found, unclear };
    }
  }
  return { ...none, unclear };
}

function isTooEarly({ since }: CoinJoinRow, { tx }: Shape): boolean {
  return tx.atMicros !== null && tx.atMicros < Date.parse(since) * 1_000;
}

function coinJoin({ id, title, likelihood, errorShare, source }: CoinJoinRow, says: string): CoinJoin {
  const confidence = errorShare !== null ? "high" : likelihood >= 0.8 ? "medium" : "low";
  return { id, title, says, likelihood, confidence, errorShare, source };
}
