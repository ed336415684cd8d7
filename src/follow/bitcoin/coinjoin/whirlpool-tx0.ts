import { btc, counted } from "../amount.ts";
import type { CoinJoinRow, Look } from "./row.ts";
import { allAre, type Shape } from "./shape.ts";
import { poolEnteredBy } from "./whirlpool-pools.ts";

/** Fewest equal outputs that enter a pool: a single one of such a value is nothing special. */
const FEWEST_ENTERING = 2;

/** Whirlpool's Tx0: one owner's coins, cut into equal outputs that each enter a pool, beside the pool's fee,
 *  at most two outputs of change and an OP_RETURN for the coordinator. Nothing is mixed yet. */
export const whirlpoolTx0: CoinJoinRow = {
  id: "whirlpool-tx0",
  title: "Whirlpool Tx0, which prepares mixes",
  isMix: false,
  source: "Samourai Wallet, Whirlpool theory (Tx0); nopara73/Dumplings, Scanner.cs",
  errorShare: null,
  measured: "nobody: the programs confirm a Tx0 by the mix that spends it",
  likelihood: 0.8,
  since: "2019-04-01",
  look,
};

function look({ tx, outputs, equal }: Shape): Look {
  const returns = outputs.filter(({ script }) => script === "op-return");
  const paid = outputs.filter(({ script }) => script !== "op-return");
  const entering = equal.find(({ valueSats }) => poolEnteredBy(valueSats, tx.atMicros) !== undefined);
  const pool = entering && poolEnteredBy(entering.valueSats, tx.atMicros);
  if (entering === undefined || pool === undefined || entering.count < FEWEST_ENTERING) return "no";
  const native = allAre(paid, ["p2wpkh"]);
  const unknown = outputs.filter(({ script }) => script === null).length;
  if (returns.length > 1 || (returns.length === 0 && unknown === 0)) return "no";
  if (unknown > 0) return "unclear";
  const others = paid.length - entering.count;
  if (native !== true || returns[0]?.valueSats !== 0n || others < 1 || others > 3) return "no";
  return {
    says:
      `an OP_RETURN and ${counted(entering.count, "output")} of ${btc(entering.valueSats)}, ` +
      `each just above ${btc(pool.sats)}: a Whirlpool Tx0`,
  };
}
