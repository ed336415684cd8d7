import { btc, counted } from "../amount.ts";
import { canBeShared } from "./participants.ts";
import type { CoinJoinRow, Look } from "./row.ts";
import type { Shape } from "./shape.ts";

const FEWEST_INPUTS = 2;
const FEWEST_OUTPUTS = 3;
/** Amounts that mark transactions of other protocols: nothing at all, and the dust of Omni and others. */
const MARKERS: readonly bigint[] = [0n, 546n, 2_730n];

/** BlockSci's rule for any CoinJoin: as many equal outputs as there can be participants, each of whom gets
 *  one of them and at most one of change. What its subset matching rules out is none. */
export const equalOutputs: CoinJoinRow = {
  id: "equal-outputs",
  title: "CoinJoin by its equal outputs",
  isMix: true,
  source:
    "Goldfeder, Kalodner, Reisman, Narayanan (2018), When the cookie meets the blockchain, PETS; " +
    "Kalodner and others (2020), BlockSci, USENIX Security",
  errorShare: null,
  measured: "nobody; payments of equal amounts by one owner of several addresses look the same",
  likelihood: 0.7,
  since: "2013-08-22",
  look,
};

function look(shape: Shape): Look {
  const { inputs, outputs, equal, inputOwners } = shape;
  const participants = Math.floor((outputs.length + 1) / 2);
  const most = equal[0];
  if (inputs.length < FEWEST_INPUTS || outputs.length < FEWEST_OUTPUTS || most === undefined) return "no";
  if (participants > inputs.length || most.count < participants || MARKERS.includes(most.valueSats))
    return "no";
  if (inputOwners !== null && participants > inputOwners) return "no";
  if (most.owners !== null && most.owners !== participants) return "no";
  if (inputOwners === null || most.owners === null) return "unclear";
  const shared = canBeShared(shape, most);
  if (shared === "no") return "no";
  const matched =
    shared === "yes"
      ? "whose coins can be dealt out to as many participants"
      : "and it could not be told whether their coins can be dealt out to as many participants";
  return {
    says:
      `${counted(most.count, "equal output")} of ${btc(most.valueSats)} among ${outputs.length}, from ` +
      `${inputOwners} addresses, ${matched}: a CoinJoin, or one owner paying equal amounts`,
  };
}
