import { comparedFeatures } from "./features.ts";
import type { Candidates, ChangeRule, Spend } from "./rule.ts";

/** Fewest marks that must be known on both sides. */
const FEWEST_MARKS = 3;

/** Outputs that are spent by software which leaves the same marks as the one that made them. */
export const fingerprint: ChangeRule = {
  id: "fingerprint",
  title: "Is spent by software with the same marks",
  family: "software",
  source:
    "Möser, Narayanan (2022), Resurrecting Address Clustering in Bitcoin, FC (consistent fingerprint); " +
    "Kappos and others (2022), USENIX Security",
  errorShare: null,
  measured: "nobody for these marks alone; most payees use common software too",
  weighedError: 0.15,
  others: "payment",
  isEach: false,
  candidates,
};

function candidates({ tx, outputs, payable, context }: Spend): Candidates {
  const alike = new Set<number>();
  for (const output of payable) {
    const vout = outputs[output]?.vout ?? null;
    const next = vout === null ? null : context.spender(tx.txid, vout);
    if (next === null) return null;
    const { same, different } = comparedFeatures(tx, next);
    if (same.length + different.length < FEWEST_MARKS) return null;
    if (different.length === 0) alike.add(output);
  }
  return alike;
}
