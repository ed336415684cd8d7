import assert from "node:assert/strict";
import type { Traced } from "../../../src/follow/bitcoin/options.ts";

/** What was seeded is dirty, a fee or burnt, in every policy but poison; the list of outputs adds up. */
export function assertConserved({ policy, totals, outputs, counts }: Traced): void {
  const sum = BigInt(totals.dirtySats) + BigInt(totals.feeSats) + BigInt(totals.burntSats);
  if (policy !== "poison") assert.equal(sum, BigInt(totals.seedSats), policy);
  assert.equal(outputs.length, counts.outputs);
  const listed = outputs.reduce((all, { dirtySats }) => all + BigInt(dirtySats), 0n);
  assert.equal(String(listed), totals.dirtySats, policy);
}
