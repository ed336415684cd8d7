import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { traceBlocks, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed } from "../../../../src/follow/bitcoin/options.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { randomChain } from "../../../kit/chain/random-chain.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { asLookup, txsOf } from "../../../kit/chain/traced-chain.ts";

const SEED = fc.integer({ min: 0, max: 2 ** 31 });

test("blocks and an explorer of one chain give one result", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, fc.boolean(), async (seed, pick, hasUndo) => {
      const chain = randomChain(seed, 12);
      const options = traceOptions({ followFees: false });
      const seeds = anyOutputs(chain, pick);
      const found = await traceBlocks(asBlocks(chain, { hasUndo }), seeds, options);
      const other = await traceLookup(asLookup(chain), seeds, options);
      assert.deepEqual(told(found), told(other));
    }),
    { numRuns: 25 },
  );
});

test("with fees followed into coinbases nothing is lost either, with undo data or without", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 12);
      const seeds = anyOutputs(chain, pick);
      const found = await traceBlocks(asBlocks(chain), seeds, traceOptions());
      for (const trace of found.traces) {
        assertConserved(trace);
        if (trace.policy !== "poison") assert.equal(trace.totals.feeSats, "0", trace.policy);
      }
      const without = await traceBlocks(asBlocks(chain, { hasUndo: false }), seeds, traceOptions());
      assert.deepEqual(told(without), told(found));
    }),
    { numRuns: 12 },
  );
});

test("the order of seeds changes nothing, nor does a seed that is asked for twice", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 8);
      const { outpoints, addresses } = anyOutputs(chain, pick);
      const turned = { outpoints: [...outpoints, ...outpoints].reverse(), addresses };
      const found = await traceBlocks(asBlocks(chain), { outpoints, addresses }, traceOptions());
      const other = await traceBlocks(asBlocks(chain), turned, traceOptions());
      assert.deepEqual(told(other), told(found));
    }),
    { numRuns: 8 },
  );
});

test("stops and chosen hops lose nothing, and seeds are exempt from stops", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 10);
      const seeds = anyOutputs(chain, pick);
      const chosen = new Map(txsOf(chain).map(({ txid }, i) => [txid, i % 3] as const));
      const stops = traceOptions({
        dustSats: 600n,
        minDirtySats: 10_000n,
        chosen,
        stopAt: ({ txid }, position) =>
          txid.startsWith("1") && position === 1 ? { stop: "service", says: "a service" } : null,
      });
      const found = await traceBlocks(asBlocks(chain), seeds, stops);
      for (const trace of found.traces) assertConserved(trace);
      const lookup = await traceLookup(asLookup(chain), seeds, stops);
      for (const trace of lookup.traces) assertConserved(trace);
    }),
    { numRuns: 20 },
  );
});

/** All but places, in an order that does not depend on the walk. */
function told({ traces, seeds, hops, until, fees, isComplete }: Followed) {
  const bare = (value: { readonly place: unknown }) => JSON.stringify({ ...value, place: null });
  return {
    traces: traces.map((trace) => ({
      ...trace,
      outputs: trace.outputs.map(bare),
      flows: trace.flows.map(bare).sort(),
    })),
    seeds: seeds.map(bare).sort(),
    hops: hops.map(({ txid }) => txid).sort(),
    until,
    fees,
    isComplete,
  };
}
