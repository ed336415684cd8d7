import { btc, counted } from "../amount.ts";
import { canBeShared } from "./participants.ts";
import type { CoinJoinRow, Look } from "./row.ts";
import type { Shape } from "./shape.ts";

/** A taker and at least two makers; two participants are left to the rule for any equal outputs. */
const FEWEST = 3;
/** The largest input must leave this much to the miner and the makers. */
const LEAST_COST_SATS = 10_000n;

/** A CoinJoin as JoinMarket makes it: each participant gets one output of one common amount and one of
 *  change, whose values are all different. */
export const joinMarket: CoinJoinRow = {
  id: "joinmarket",
  title: "CoinJoin like JoinMarket's",
  isMix: true,
  source: "nopara73/Dumplings, Scanner.cs (other CoinJoins); Möser, Böhme (2017), The price of anonymity",
  errorShare: null,
  measured: "nobody: the market leaves no mark on its transactions",
  likelihood: 0.85,
  since: "2014-12-30",
  look,
};

function look(shape: Shape): Look {
  const { inputs, outputs, equal, inputValues, inputOwners } = shape;
  const [most, ...others] = equal;
  if (most === undefined || most.count < FEWEST || most.count * 2 !== outputs.length) return "no";
  if (others.some(({ count }) => count > 1) || inputs.length < most.count) return "no";
  if (inputOwners !== null && inputOwners < most.count) return "no";
  if (most.owners !== null && most.owners < most.count) return "no";
  // All of them occur once, and so stand by value.
  const change = others[0]?.valueSats ?? 0n;
  const largest = most.valueSats + change - LEAST_COST_SATS;
  if (inputs.some(({ valueSats }) => valueSats !== null && valueSats > largest)) return "no";
  if (inputValues === null || inputOwners === null || most.owners === null) return "unclear";
  const shared = canBeShared(shape, most);
  if (shared === "no") return "no";
  return {
    says:
      `${counted(most.count, "output")} of ${btc(most.valueSats)} and as many of change, from ` +
      `${inputOwners} addresses` +
      (shared === "yes" ? ", whose coins can be dealt out to as many participants" : "") +
      ": a CoinJoin like JoinMarket's",
  };
}
