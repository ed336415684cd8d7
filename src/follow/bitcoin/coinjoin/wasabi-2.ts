import { counted } from "../amount.ts";
import type { CoinJoinRow, Look } from "./row.ts";
import { allAre, isDescending, type Shape } from "./shape.ts";

/** zkSNACKs' coordinator, which nearly all used, began no round with less. */
const FEWEST_INPUTS = 50;
/** It closed on this day; those since are content with fewer, and then this many equal outputs must tell. */
const SMALLER_SINCE_MICROS = Date.parse("2024-06-01") * 1_000;
const FEWEST_INPUTS_SINCE = 15;
const FEWEST_EQUAL_SINCE = 10;
/** More than four of five outputs have a standard amount. */
const STANDARD_OF = { share: 4, of: 5 } as const;
const LEAST_SATS = 5_000n;
/** 2^37 satoshi, the largest standard amount. */
const MOST_SATS = 137_438_953_472n;

/** Amounts in which Wasabi 2 pays out: powers of two, of three and of ten, twice powers of three and of ten,
 *  and five times powers of ten, from 5,000 satoshi on.
 *
 *  Source: WalletWasabi, `DenominationBuilder`; 79 amounts.
 */
export const WASABI_2_AMOUNTS: ReadonlySet<bigint> = new Set([
  ...multiples(2n, [1n]),
  ...multiples(3n, [1n, 2n]),
  ...multiples(10n, [1n, 2n, 5n]),
]);

/** A CoinJoin of Wasabi Wallet 2: very many inputs and outputs in standard amounts, both sorted. */
export const wasabi2: CoinJoinRow = {
  id: "wasabi-2",
  title: "Wasabi 2 CoinJoin",
  isMix: true,
  source:
    "Dumplings, Scanner.cs and Constants.cs (Wasabi 2, MinWW2Inputs, MinWW2EqualOutputs); WalletWasabi, " +
    "DenominationBuilder",
  errorShare: null,
  measured: "nobody; rounds of fewer inputs are missed",
  likelihood: 0.97,
  since: "2022-06-01",
  look,
};

function look(shape: Shape): Look {
  const { inputs, outputs, outputValues, inputValues } = shape;
  if (!isLarge(shape) || !isDescending(outputValues)) return "no";
  const standard = outputValues.filter((value) => WASABI_2_AMOUNTS.has(value)).length;
  if (standard * STANDARD_OF.of <= outputs.length * STANDARD_OF.share) return "no";
  const known = inputs.flatMap(({ valueSats }) => (valueSats === null ? [] : [valueSats]));
  const native = allAre([...inputs, ...outputs], ["p2wpkh", "p2tr"]);
  if (native === false || !isDescending(known)) return "no";
  if (native === null || inputValues === null) return "unclear";
  return {
    says:
      `${counted(inputs.length, "input")} and ${counted(outputs.length, "output")}, both sorted, ` +
      `${standard} of them in standard amounts: a Wasabi 2 CoinJoin`,
  };
}

function isLarge({ tx, inputs, equal }: Shape): boolean {
  if (inputs.length >= FEWEST_INPUTS) return true;
  if (tx.atMicros === null || tx.atMicros < SMALLER_SINCE_MICROS) return false;
  return inputs.length >= FEWEST_INPUTS_SINCE && (equal[0]?.count ?? 0) >= FEWEST_EQUAL_SINCE;
}

function* multiples(base: bigint, factors: readonly bigint[]): Iterable<bigint> {
  for (let power = 1n; power <= MOST_SATS; power *= base) {
    yield* factors
      .map((factor) => factor * power)
      .filter((amount) => amount >= LEAST_SATS && amount <= MOST_SATS);
  }
}
