import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** Within a peel chain that was followed by the marks of its software: the output that it goes on at. What
 *  spends the other one must be known and bear other marks. */
export const peelRun: ChangeRule = {
  id: "peel-run",
  title: "Goes on in a peel chain whose transactions are alike",
  family: "chain",
  source: "Kappos and others (2022), How to Peel a Million, USENIX Security",
  errorShare: null,
  measured: "nobody as it stands here; the authors compare more marks, over whole clusters",
  weighedError: 0.1,
  others: "peel",
  isEach: false,
  candidates,
};

function candidates({ tx, outputs, payable, context }: Spend): Candidates {
  const change = context.peelChange(tx.txid);
  return change === null ? null : new Set(payable.filter((output) => outputs[output]?.vout === change));
}
