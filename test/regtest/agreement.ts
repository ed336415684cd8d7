import assert from "node:assert/strict";
import type { Followed } from "../../src/follow/bitcoin/options.ts";
import type { Policy, TraceEdge, TraceOutput, TraceTotals } from "../../src/model/trace.ts";
import type { Ledger } from "./ledger.ts";
import { type TaintQuestion, tainted } from "./taint.ts";

/** One policy's trace, from the tracer or out of a case. */
interface Shown {
  readonly policy: Policy;
  readonly fees: "followed" | "not-followed";
  readonly outputs: readonly TraceOutput[];
  readonly flows: readonly Pick<TraceEdge, "txid" | "vout" | "dirtySats">[];
  readonly totals: TraceTotals;
}

type Question = Omit<TaintQuestion, "policy" | "followFees">;

/** Fails unless a trace says of every output, of fees and of what was burnt to the satoshi what the second
 *  opinion says. */
export function assertAgrees(ledger: Ledger, question: Question, shown: Shown): void {
  const { policy, outputs, flows, totals, fees } = shown;
  const known = tainted(ledger, { policy, followFees: fees === "followed", ...question });
  const held = [...known.held].map(([id, { dirty, segments }]) => ({ id, dirty, segments }));
  const listed = outputs.map((output) => ({
    id: `${output.txid}:${output.vout}`,
    dirty: BigInt(output.dirtySats),
    segments: segmentsOf(output),
  }));
  assert.deepEqual(byId(listed), byId(held), `${policy}: where dirty coins are`);
  const passed = [...known.passed].map(([id, dirty]) => ({ id, dirty }));
  const flowed = flows.map(({ txid, vout, dirtySats }) => ({
    id: `${txid}:${vout ?? "fee"}`,
    dirty: BigInt(dirtySats),
  }));
  assert.deepEqual(byId(flowed), byId(passed), `${policy}: the ways that they took`);
  assert.equal(BigInt(totals.feeSats), known.fees, `${policy}: fees`);
  // Poison asks for no amounts, and so cannot tell what a miner left unclaimed.
  if (policy !== "poison") assert.equal(BigInt(totals.burntSats), known.burnt, `${policy}: burnt`);
}

/** The same of all policies of a trace. */
export function assertAllAgree(ledger: Ledger, question: Question, found: Followed): void {
  assert.equal(found.isComplete, true);
  assert.ok(found.traces.length > 0);
  for (const trace of found.traces) assertAgrees(ledger, question, { ...trace, fees: found.fees });
}

/** "first+length" of each stretch; neighbours are one. */
function segmentsOf({ segments }: TraceOutput): string | null {
  if (segments === null) return null;
  const stretches: [first: bigint, length: bigint][] = [];
  for (const [first, length] of segments.map(([a, b]) => [BigInt(a), BigInt(b)] as const)) {
    const last = stretches.at(-1);
    if (last !== undefined && last[0] + last[1] === first) last[1] += length;
    else stretches.push([first, length]);
  }
  return stretches.map(([first, length]) => `${first}+${length}`).join(" ");
}

function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
