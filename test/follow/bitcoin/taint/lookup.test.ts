import assert from "node:assert/strict";
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

test("a source that tells no positions in blocks, or no blocks, gives the same", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 10);
      const seeds = anyOutputs(chain, pick);
      const outputs = async (form: Parameters<typeof asLookup>[1]) => {
        const { traces } = await traceLookup(asLookup(chain, form), seeds, traceOptions());
        return traces.map(({ policy, totals, counts, outputs: ends }) => {
          const told = ends.map(({ txid, vout, dirtySats, segments }) => ({
            txid,
            vout,
            dirtySats,
            segments,
          }));
          return { policy, totals, counts, told };
        });
      };
      const whole = await outputs({});
      assert.deepEqual(await outputs({ hasIndex: false }), whole);
      assert.deepEqual(await outputs({ hasHeight: false }), whole);
    }),
    { numRuns: 12 },
  );
});
