import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import type { Traced } from "../../../../src/follow/bitcoin/options.ts";
import { randomChain } from "../../../kit/chain/random-chain.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asLookup } from "../../../kit/chain/traced-chain.ts";

const SEED = fc.integer({ min: 0, max: 2 ** 31 });

test("what was seeded is dirty, a fee or burnt, in every policy but poison", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 12);
      const found = await traceLookup(asLookup(chain), anyOutputs(chain, pick), traceOptions());
      for (const trace of found.traces) assertConserved(trace);
    }),
    { numRuns: 60 },
  );
});

function assertConserved({ policy, totals, outputs, counts }: Traced): void {
  const sum = BigInt(totals.dirtySats) + BigInt(totals.feeSats) + BigInt(totals.burntSats);
  if (policy !== "poison") assert.equal(sum, BigInt(totals.seedSats), policy);
  assert.equal(outputs.length, counts.outputs);
  const listed = outputs.reduce((all, { dirtySats }) => all + BigInt(dirtySats), 0n);
  assert.equal(String(listed), totals.dirtySats, policy);
}
