import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** Outputs smaller than each input: were the change larger, one of the inputs had not been needed. */
export const optimalChange: ChangeRule = {
  id: "optimal-change",
  title: "Is smaller than every input",
  family: "amount",
  source: "Nick (2015), Data-Driven De-Anonymization in Bitcoin, ETH Zürich; BlockSci, optimal_change",
  errorShare: null,
  measured: "nobody published it; 4 of 15 wrong in block 300,025, against change that is certain",
  weighedError: 0.25,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates({ inputs, outputs, payable }: Spend): Candidates {
  let least: bigint | null = null;
  for (const { valueSats } of inputs) {
    if (valueSats === null) return null;
    if (least === null || valueSats < least) least = valueSats;
  }
  if (least === null) return null;
  const bound = least;
  return new Set(payable.filter((output) => (outputs[output]?.valueSats ?? bound) < bound));
}
