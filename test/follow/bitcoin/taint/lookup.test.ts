import { test } from "node:test";
import fc from "fast-check";
import { traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
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
    { numRuns: 30 },
  );
});
