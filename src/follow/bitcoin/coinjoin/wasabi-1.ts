import { btc, counted } from "../amount.ts";
import type { CoinJoinRow, Look } from "./row.ts";
import { allAre, type Shape } from "./shape.ts";

/** Where Wasabi's coordinator took its fee until it used a new address each time. */
const COORDINATOR = new Set([
  "bc1qs604c7jv6amk4cxqlnvuxv26hv3e48cds4m0ew",
  "bc1qa24tsgchvuxsaccp8vrnkfd85hrcpafg20kmjw",
]);
/** Beside the coordinator's fee already three equal outputs tell. */
const FEWEST_EQUAL_WITH_FEE = 3;
const FEWEST_EQUAL = 10;
const BASE_SATS = 10_000_000n;
const BASE_PRECISION_SATS = 2_000_000n;
/** The fee and at least one output of change have values of their own. */
const FEWEST_UNIQUE = 2;

/** A CoinJoin of Wasabi Wallet 1: many equal outputs of about 0.1 BTC, change, and the coordinator's fee. */
export const wasabi1: CoinJoinRow = {
  id: "wasabi-1",
  title: "Wasabi 1 CoinJoin",
  isMix: true,
  source: "Stütz and others (2022), AFT; nopara73/Dumplings, Scanner.cs and Constants.cs",
  errorShare: 0.01,
  measured: "Stütz and others: more than 99 % of what it finds are CoinJoins",
  likelihood: 0.99,
  since: "2018-07-06",
  look,
};

function look(shape: Shape): Look {
  const { inputs, outputs, equal } = shape;
  const most = equal[0];
  if (most === undefined) return "no";
  const equals = `${counted(most.count, "equal output")} of ${btc(most.valueSats)}`;
  if (outputs.some(({ address }) => address !== null && COORDINATOR.has(address))) {
    return most.count >= FEWEST_EQUAL_WITH_FEE
      ? { says: `${equals} and a fee to Wasabi's coordinator: a Wasabi 1 CoinJoin` }
      : "no";
  }
  const away = most.valueSats > BASE_SATS ? most.valueSats - BASE_SATS : BASE_SATS - most.valueSats;
  const unique = equal.filter(({ count }) => count === 1).length;
  if (most.count < FEWEST_EQUAL || inputs.length < most.count || unique < FEWEST_UNIQUE) return "no";
  if (away > BASE_PRECISION_SATS) return "no";
  const native = allAre([...inputs, ...outputs], ["p2wpkh"]);
  if (native !== true) return native === false ? "no" : "unclear";
  return {
    says:
      `${counted(inputs.length, "input")} and ${equals}, all of them P2WPKH, beside ${unique} of other ` +
      "values: a Wasabi 1 CoinJoin",
  };
}
