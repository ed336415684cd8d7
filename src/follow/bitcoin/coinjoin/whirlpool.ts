import { btc, counted } from "../amount.ts";
import type { CoinJoinRow, Look } from "./row.ts";
import { allAre, type Shape } from "./shape.ts";
import { poolEnteredBy, poolOf } from "./whirlpool-pools.ts";

/** Mixes had 5 places; "surge cycles" gave some of them more. */
const FEWEST = 5;
const MOST = 10;

/** A mix of Whirlpool, Samourai's or Ashigaru's: as many inputs as outputs, all outputs of the pool's amount.
 *  Some inputs come from an earlier mix and have just that amount, the others enter and bring the miner's fee
 *  as well. */
export const whirlpool: CoinJoinRow = {
  id: "whirlpool",
  title: "Whirlpool mix",
  isMix: true,
  source:
    "Stütz, Stockinger, Moreno-Sanchez, Haslhofer, Maffei (2022), Adoption and Actual Privacy of " +
    "Decentralized CoinJoin Implementations in Bitcoin, AFT; nopara73/Dumplings, Scanner.cs",
  errorShare: 0.01,
  measured: "Stütz and others: more than 99 % of what it finds are mixes",
  likelihood: 0.99,
  since: "2019-04-01",
  look,
};

function look({ tx, inputs, outputs, equal, inputValues }: Shape): Look {
  const pool = poolOf(equal[0]?.valueSats ?? 0n, tx.atMicros);
  if (inputs.length !== outputs.length || inputs.length < FEWEST || inputs.length > MOST) return "no";
  if (equal.length !== 1 || pool === undefined) return "no";
  const fits = (valueSats: bigint): boolean =>
    valueSats === pool.sats || poolEnteredBy(valueSats, tx.atMicros) === pool;
  const native = allAre([...inputs, ...outputs], ["p2wpkh"]);
  if (native === false || inputs.some(({ valueSats }) => valueSats !== null && !fits(valueSats))) return "no";
  if (native === null || inputValues === null) return "unclear";
  const entering = inputValues.filter((value) => value > pool.sats).length;
  if (entering === 0 || entering === inputs.length) return "no";
  return {
    says:
      `${counted(inputs.length, "input")} and ${counted(outputs.length, "output")} of ${btc(pool.sats)}: ` +
      `a Whirlpool mix${pool.by === "Samourai" ? "" : ` of ${pool.by}`}, which ${entering} of them enter`,
  };
}
