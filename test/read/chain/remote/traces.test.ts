import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { traceBack, traceBlocks, traceLookup } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed, SeedRequest } from "../../../../src/follow/bitcoin/options.ts";
import { openEsplora } from "../../../../src/read/chain/remote/esplora.ts";
import { openRpc } from "../../../../src/read/chain/remote/rpc.ts";
import { fakeEsplora } from "../../../kit/chain/fake-esplora.ts";
import { fakeNode, type NodeForm } from "../../../kit/chain/fake-node.ts";
import { diesAfter, MISDEEDS } from "../../../kit/chain/fake-server.ts";
import { heist } from "../../../kit/chain/heist.ts";
import type { MadeChain } from "../../../kit/chain/made-chain.ts";
import { randomChain } from "../../../kit/chain/random-chain.ts";
import { HASTY, memoryCache, sourceContext } from "../../../kit/chain/source-context.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { keyAddress } from "../../../kit/chain/transactions.ts";

const OPTIONS = traceOptions({ followFees: false });

interface Asked {
  readonly chain: MadeChain;
  readonly seeds: SeedRequest;
  readonly form: NodeForm;
}

async function byNode(t: TestContext, { chain, seeds, form }: Asked) {
  const node = await fakeNode(chain.blocks, { pruneheight: 1, ...form });
  t.after(node.close);
  const source = await openRpc(node.url, sourceContext(), HASTY);
  t.after(() => source.close());
  return { found: await traceBlocks(source, seeds, OPTIONS), node };
}

/** All but places, and what only blocks tell: an explorer gives no position in a block. */
function told({ traces, seeds, hops, until, isComplete }: Followed) {
  const bare = (value: { readonly place: unknown }) => JSON.stringify({ ...value, place: null });
  return {
    traces: traces.map(({ policy, outputs, flows, totals, counts }) => {
      return { policy, totals, counts, outputs: outputs.map(bare), flows: flows.map(bare).sort() };
    }),
    seeds: seeds.map(bare).sort(),
    hops: hops.map(({ txid }) => txid).sort(),
    until,
    isComplete,
  };
}

test("a node, whatever it can tell, and an explorer give what the blocks themselves give", async (t) => {
  for (const seed of [1, 2]) {
    const chain = randomChain(seed, 12);
    const seeds = anyOutputs(chain, seed + 10);
    const wanted = told(await traceBlocks(asBlocks(chain), seeds, OPTIONS));
    const explorer = await fakeEsplora(chain.blocks, "btc-regtest");
    t.after(explorer.close);
    const lookup = await openEsplora(explorer.url, sourceContext(), HASTY);
    t.after(() => lookup.close());
    assert.deepEqual(told(await traceLookup(lookup, seeds, OPTIONS)), wanted);
    for (const form of [
      { spent: "tells" },
      { spent: "tells", txindex: true },
      { spent: "lists-ids", txindex: true },
      { spent: "refuses" },
    ] as const) {
      assert.deepEqual(told((await byNode(t, { chain, seeds, form })).found), wanted, JSON.stringify(form));
    }
  }
});

test("with an index of transactions, a node is not read before the first seed", async (t) => {
  const { chain, cashOut } = heist("btc-regtest");
  const seeds = { outpoints: [{ txid: cashOut.txid, vout: null, asked: "btc:" }], addresses: [] };
  const { node, found } = await byNode(t, { chain, seeds, form: { txindex: true } });
  assert.equal(found.isComplete, true);
  assert.equal(node.asked.filter((call) => call.endsWith(" false")).length, 17);
});

test("back through a node: with an index a few blocks are read, without one all", async (t) => {
  const { chain, cashOut } = heist("btc-regtest");
  const seeds = { outpoints: [{ txid: cashOut.txid, vout: 0, asked: "btc:" }], addresses: [] };
  const found = [];
  for (const txindex of [true, false]) {
    const node = await fakeNode(chain.blocks, { pruneheight: 1, txindex });
    t.after(node.close);
    const source = await openRpc(node.url, sourceContext(), HASTY);
    t.after(() => source.close());
    found.push(told(await traceBack(source, seeds, OPTIONS)));
    const read = node.asked.filter((call) => call.endsWith(" false")).length;
    assert.ok(txindex ? read <= 8 : read >= 19, `${read} blocks`);
  }
  assert.deepEqual(found[0], found[1]);
  assert.ok(found[0]?.traces.every(({ outputs }) => outputs.length > 0));
});

test("a trace that was cut off keeps what it reached, and goes on until it is whole", async (t) => {
  const { chain } = heist("btc");
  const address = keyAddress("eve", "btc");
  const seeds = { outpoints: [], addresses: [{ address, asked: `btc:${address}` }] };
  const explorer = await fakeEsplora(chain.blocks, "btc");
  t.after(explorer.close);
  const cache = memoryCache();
  const trace = async (): Promise<Followed> => {
    explorer.asked.length = 0;
    const lookup = await openEsplora(explorer.url, sourceContext({ cache }), HASTY);
    t.after(() => lookup.close());
    return traceLookup(lookup, seeds, OPTIONS);
  };
  explorer.misdeed = diesAfter(6);
  const cut = await trace();
  assert.equal(cut.isComplete, false);
  const stops = new Set(cut.traces.flatMap(({ outputs }) => outputs.map(({ stop }) => stop)));
  assert.deepEqual([...stops], ["source-failed"]);
  let runs = 1;
  for (let next = cut; !next.isComplete; runs += 1) next = await trace();
  assert.ok(runs > 1 && runs < 6, `${runs} runs`);
  explorer.misdeed = MISDEEDS.none;
  const [whole, again] = [await trace(), await trace()];
  assert.deepEqual(again, whole);
  assert.ok(explorer.asked.length <= 6);
});
