import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { traceBack, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import { outpointId } from "../../../../src/model/chain.ts";
import { assertConserved } from "../../../kit/chain/conserved.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { randomChain } from "../../../kit/chain/random-chain.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { asLookup, txsOf } from "../../../kit/chain/traced-chain.ts";
import { keyScript, madeTx } from "../../../kit/chain/transactions.ts";

const SEED = fc.integer({ min: 0, max: 2 ** 31 });

test("what FIFO and LIFO say of a coin forwards they say backwards", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 10);
      const source = asLookup(chain);
      const policies = ["fifo", "lifo"] as const;
      const { outpoints, addresses } = anyOutputs(chain, pick);
      const first = { outpoints: outpoints.slice(0, 1), addresses };
      const [from] = first.outpoints;
      const forward = await traceLookup(source, first, traceOptions({ policies }));
      const stopAt = ({ txid }: { txid: string }, position: number) =>
        txid === from?.txid && position === from.vout
          ? ({ stop: "service", says: "the seed" } as const)
          : null;
      for (const [row, trace] of forward.traces.entries()) {
        for (const { txid, vout, dirtySats } of trace.outputs.slice(0, 4)) {
          const end = { outpoints: [{ txid, vout, asked: "" }], addresses: [] };
          if (txid === from?.txid && vout === from.vout) continue;
          const { traces } = await traceBack(source, end, traceOptions({ policies, stopAt }));
          const origin = traces[row]?.outputs.find(
            (output) => output.txid === from?.txid && output.vout === from.vout,
          );
          assert.equal(origin?.dirtySats, dirtySats, trace.policy);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test("backwards nothing is lost, whether an explorer, blocks or a list without blocks is asked", async () => {
  await fc.assert(
    fc.asyncProperty(SEED, SEED, async (seed, pick) => {
      const chain = randomChain(seed, 8);
      const seeds = anyOutputs(chain, pick);
      const found = await traceBack(asLookup(chain), seeds, traceOptions());
      assert.equal(found.direction, "backward");
      for (const trace of found.traces) assertConserved(trace);
      const blocks = await traceBack(asBlocks(chain), seeds, traceOptions());
      assert.deepEqual(sums(blocks), sums(found));
      const bare = await traceBack(asLookup(chain, { hasHeight: false }), seeds, traceOptions());
      assert.deepEqual(sums(bare), sums(found));
    }),
    { numRuns: 10 },
  );
});

function sums({ traces }: Awaited<ReturnType<typeof traceBack>>) {
  return traces.map(({ policy, totals, counts, outputs }) => ({
    policy,
    totals,
    counts,
    outputs: outputs.map(({ txid, vout, dirtySats }) => [`${txid}:${vout}`, dirtySats]),
  }));
}

/** Two coinbases are paid together: 60 to eve, 30 to bob, and a fee of 10 (millions). */
function example() {
  const chain = new MadeChain();
  const coinbase = [0, 1].map((i) => {
    const { txid = "" } =
      chain.mine([], { coinbase: [{ valueSats: 50_000_000n, script: keyScript(`miner ${i}`) }] }).txs[0] ??
      {};
    return { txid, vout: 0 };
  });
  const outputs = [
    { valueSats: 60_000_000n, script: keyScript("eve") },
    { valueSats: 30_000_000n, script: keyScript("bob") },
  ];
  const tx = madeTx({ inputs: coinbase, outputs });
  chain.mine([tx]);
  return { chain, tx, names: coinbase.map(outpointId) };
}

test("two coinbases paid together: each policy says what of them an output is", async () => {
  const { chain, tx, names } = example();
  const seeds = { outpoints: [{ txid: tx.txid, vout: 1, asked: "bob" }], addresses: [] };
  const { traces, until, hops } = await traceBack(asLookup(chain), seeds, traceOptions());
  const told = traces.map(({ policy, outputs }) => [
    policy,
    ...names.map((name) => outputs.find(({ txid, vout }) => `${txid}:${vout}` === name)?.dirtySats ?? "0"),
  ]);
  assert.deepEqual(told, [
    ["fifo", "0", "30000000"],
    // The second input lies on top, and eve took 50 from it.
    ["lifo", "30000000", "0"],
    ["haircut", "15000000", "15000000"],
    ["poison", "50000000", "50000000"],
    ["tiho", "15000000", "15000000"],
  ]);
  assert.equal(until.height, 0);
  assert.equal(hops.length, 3);
  const [fifo] = traces;
  assert.deepEqual(
    fifo?.flows.map(({ txid, vout, from, how, dirtySats }) => [txid, vout, from, how, dirtySats]),
    [[tx.txid, 1, [names[1]], "assumed", "30000000"]],
  );
});

test("the cut-off of a trace back is the lowest block that is looked through, inclusive", async () => {
  const { chain, tx } = example();
  const seeds = { outpoints: [{ txid: tx.txid, vout: 1, asked: "bob" }], addresses: [] };
  const at = async (untilHeight: number) => {
    const { traces } = await traceBack(
      asLookup(chain),
      seeds,
      traceOptions({ policies: ["fifo"], untilHeight }),
    );
    return traces[0]?.outputs.map(({ txid, height }) => [txid === tx.txid, height]);
  };
  assert.deepEqual(await at(2), [[false, 1]]);
  assert.deepEqual(await at(3), [[true, 2]]);
});

test("an origin that the source does not hold is named by what the spender tells of it", async () => {
  const { chain, tx, names } = example();
  const source = {
    ...asLookup(chain),
    tx: async (txid: string) => txsOf(chain).find((one) => one.txid === txid && txid === tx.txid) ?? null,
  };
  const seeds = { outpoints: [{ txid: tx.txid, vout: 0, asked: "eve" }], addresses: [] };
  const { traces } = await traceBack(source, seeds, traceOptions({ policies: ["fifo"] }));
  assert.deepEqual(
    traces[0]?.outputs.map(({ txid, vout, stop, dirtySats, valueSats }) => [
      `${txid}:${vout}`,
      stop,
      dirtySats,
      valueSats,
    ]),
    [
      [names[0], "not-in-source", "50000000", "50000000"],
      [names[1], "not-in-source", "10000000", "50000000"],
    ],
  );
});
