import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** H2: the one output whose address was never paid before, while all others were. Not where an output goes
 *  back to an address that is spent: then that is the change. */
export const freshAddress: ChangeRule = {
  id: "fresh-address",
  title: "Is paid to a new address, the others to used ones",
  family: "history",
  source: "Meiklejohn and others (2013), A Fistful of Bitcoins, IMC, § 4 (heuristic 2)",
  errorShare: 0.13,
  measured: "Meiklejohn and others: 13 % without their exceptions",
  weighedError: 0.13,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates({ tx, inputs, outputs, payable, context }: Spend): Candidates {
  const own = new Set(inputs.map(({ address }) => address));
  const fresh = new Set<number>();
  for (const output of payable) {
    const address = outputs[output]?.address ?? null;
    if (address === null || own.has(address)) return null;
    const seen = context.seenBefore(address, tx);
    if (seen === null) return null;
    if (!seen) fresh.add(output);
  }
  return fresh;
}
