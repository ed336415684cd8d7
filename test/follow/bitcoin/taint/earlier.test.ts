import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scriptAddress } from "../../../../src/bytes/bitcoin-script.ts";
import { traceBlocks } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed, SeedRequest, TraceOptions } from "../../../../src/follow/bitcoin/options.ts";
import type { BlockView, ChainBlocks } from "../../../../src/model/chain.ts";
import { POLICIES, type Policy } from "../../../../src/model/trace.ts";
import { networkById } from "../../../../src/tables/bitcoin-networks.ts";
import { FAILING, FAILURE, type Fails, failing } from "../../../kit/chain/failing-blocks.ts";
import type { MadeChain } from "../../../kit/chain/made-chain.ts";
import { planned } from "../../../kit/chain/planned-chain.ts";
import { FIRST_HEIGHT, randomChain } from "../../../kit/chain/random-chain.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { keyAddress } from "../../../kit/chain/transactions.ts";

const BLOCKS = 14;
const SEED = fc.integer({ min: 0, max: 2 ** 31 });
/** A chain, seeds in it, and where the earlier trace ends. */
const QUESTION = fc.record({
  seed: SEED,
  pick: SEED,
  height: fc.integer({ min: FIRST_HEIGHT + 6, max: FIRST_HEIGHT + BLOCKS - 1 }),
});
const FORM = fc.record({
  followFees: fc.boolean(),
  hasStops: fc.boolean(),
  hasUndo: fc.constantFrom(true, true, true, false),
});

/** Traces to the end, once from the beginning and once from an earlier trace; they must be the same. */
async function bothWays(
  chain: ChainBlocks,
  seeds: SeedRequest,
  { earlier, options }: { readonly earlier: Followed; readonly options: TraceOptions },
): Promise<boolean> {
  const straight = await traceBlocks(chain, seeds, options);
  const { wentOnFrom, ...continued } = await traceBlocks(chain, seeds, { ...options, from: earlier });
  assert.deepEqual(continued, straight);
  return wentOnFrom !== undefined;
}

/** Outputs and addresses of the chain. */
function anySeeds(chain: MadeChain, pick: number): SeedRequest {
  const { outpoints } = anyOutputs(chain, pick);
  const forms = networkById(chain.network);
  const addresses = new Set<string>();
  for (const { txid, vout } of outpoints.slice(0, 2)) {
    const tx = chain.blocks.flatMap(({ txs }) => txs).find((one) => one.txid === txid);
    const script = tx?.outputs[vout ?? 0]?.script;
    const address = script && forms && scriptAddress(script, forms);
    if (address) addresses.add(address);
  }
  const asked = [...addresses].map((address) => ({ address, asked: `btc:${address}` }));
  return { outpoints: pick % 3 === 0 ? [] : outpoints, addresses: pick % 3 === 1 ? [] : asked };
}

/** Rare stops, in the way that services and CoinJoins are. */
const STOPS: Partial<TraceOptions> = {
  dustSats: 600n,
  minDirtySats: 10_000n,
  stopAt: ({ txid }, position) =>
    txid.startsWith("1") && position === 1 ? { stop: "service", says: "a service" } : null,
};

test("a trace that goes on from an earlier one is the trace from the beginning", async () => {
  let wentOn = 0;
  await fc.assert(
    fc.asyncProperty(QUESTION, FORM, async ({ seed, pick, height }, { followFees, hasStops, hasUndo }) => {
      const chain = randomChain(seed, BLOCKS);
      const seeds = anySeeds(chain, pick);
      const options = traceOptions({ followFees, ...(hasStops ? STOPS : {}) });
      const source = asBlocks(chain, { hasUndo });
      const earlier = await traceBlocks(source, seeds, { ...options, untilHeight: height });
      if (await bothWays(source, seeds, { earlier, options })) wentOn += 1;
    }),
    { numRuns: 30 },
  );
  assert.ok(wentOn > 0);
});

test("so is one whose source had failed, with a block half read, or had lacked a block", async () => {
  let wentOn = 0;
  const ways = fc.constantFrom(...FAILING);
  await fc.assert(
    fc.asyncProperty(QUESTION, ways, async ({ seed, pick, height }, fails) => {
      const chain = randomChain(seed, BLOCKS);
      const seeds = anySeeds(chain, pick);
      const options = traceOptions();
      const source = asBlocks(chain);
      const earlier = await traceBlocks(failing(source, height, fails), seeds, options);
      if (await bothWays(source, seeds, { earlier, options })) wentOn += 1;
    }),
    { numRuns: 30 },
  );
  assert.ok(wentOn > 0);
});

const SOME_POLICIES = fc.constantFrom<readonly Policy[]>(["fifo"], ["poison"], POLICIES);

test("where values were lacking that are known now, it begins anew", async () => {
  await fc.assert(
    fc.asyncProperty(QUESTION, SOME_POLICIES, async ({ seed, pick, height }, policies) => {
      const chain = randomChain(seed, BLOCKS);
      const seeds = anySeeds(chain, pick);
      const options = traceOptions({ policies });
      const blind = { ...asBlocks(chain, { hasUndo: false }), outputs: async () => new Map() };
      const earlier = await traceBlocks(blind, seeds, { ...options, untilHeight: height });
      await bothWays(asBlocks(chain), seeds, { earlier, options });
    }),
    { numRuns: 40 },
  );
});

const EVE: SeedRequest = {
  outpoints: [],
  addresses: [{ address: keyAddress("eve"), asked: "btc:eve" }],
};

test("clean change of a seed's address is known where blocks tell it, else it begins anew", async () => {
  const chain = planned([
    [],
    [],
    [{ spends: [[0, 0, 0]], pays: [["eve", 50n]] }],
    // The first input's coins, which are the seed's, go to the mule: the change is clean.
    [
      {
        spends: [
          [2, 1, 0],
          [1, 0, 0],
        ],
        pays: [
          ["mule", 50n],
          ["eve", 50n],
        ],
      },
    ],
    [
      {
        spends: [[3, 1, 1]],
        pays: [
          ["shop", 10n],
          ["eve", 40n],
        ],
      },
    ],
  ]);
  const options = traceOptions({ policies: ["fifo"] });
  for (const hasUndo of [true, false]) {
    const source = asBlocks(chain, { hasUndo });
    const earlier = await traceBlocks(source, EVE, { ...options, untilHeight: 3 });
    assert.deepEqual(
      earlier.traces[0]?.outputs.map(({ address }) => address),
      [keyAddress("mule")],
    );
    assert.equal(await bothWays(source, EVE, { earlier, options }), hasUndo);
  }
});

test("a block of which only a part was taken before the source failed is taken as a whole", async () => {
  const chain = planned([
    [],
    [],
    [
      { spends: [[0, 0, 0]], pays: [["eve", 50n]] },
      { spends: [[1, 0, 0]], pays: [["eve", 50n]] },
    ],
    [
      { spends: [[2, 1, 0]], pays: [["mule", 50n]] },
      { spends: [[2, 2, 0]], pays: [["mule", 50n]] },
    ],
  ]);
  const options = traceOptions();
  const half: Fails = (view) => {
    const spent: BlockView["spent"] = async (index) => {
      if (index === 2) throw FAILURE;
      return view.spent(index);
    };
    return [{ ...view, spent }];
  };
  const source = asBlocks(chain);
  const earlier = await traceBlocks(failing(source, 3, half), EVE, options);
  assert.deepEqual([earlier.until.height, earlier.traces[0]?.counts.edges], [2, 1]);
  assert.equal(await bothWays(source, EVE, { earlier, options }), false);
});

/** Eve gets coins in block 2, and moves them in the last one, 6. */
const MOVED = planned([
  [],
  [],
  [{ spends: [[0, 0, 0]], pays: [["eve", 50n]] }],
  [],
  [],
  [],
  [{ spends: [[2, 1, 0]], pays: [["mule", 49n]] }],
]);

test("only blocks behind the earlier trace are read, and the last one of it", async () => {
  const [chain, seeds] = [MOVED, EVE];
  const options = traceOptions();
  const earlier = await traceBlocks(asBlocks(chain), seeds, { ...options, untilHeight: 4 });
  const source = asBlocks(chain);
  const read: (number | null)[] = [];
  const watched: ChainBlocks = {
    ...source,
    async *blocks(from) {
      for await (const view of source.blocks(from)) {
        read.push(view.height);
        yield view;
      }
    },
  };
  const found = await traceBlocks(watched, seeds, { ...options, from: earlier });
  assert.deepEqual(read, [4, 5, 6]);
  assert.equal(found.wentOnFrom, 4);
  assert.equal(found.until.hash, chain.blocks.at(-1)?.hash);
});

test("what was asked otherwise, or has changed, is traced from the beginning", async () => {
  const [chain, seeds] = [MOVED, EVE];
  const options = traceOptions();
  const source = asBlocks(chain);
  const earlier = await traceBlocks(source, seeds, { ...options, untilHeight: 4 });
  const begun = async (changed: Partial<TraceOptions>, asked = seeds, from = earlier): Promise<boolean> => {
    const found = await traceBlocks(source, asked, { ...options, ...changed, from });
    const { wentOnFrom, ...straight } = await traceBlocks(source, asked, { ...options, ...changed });
    assert.equal(wentOnFrom, undefined);
    const isBegun = found.wentOnFrom === undefined;
    const { wentOnFrom: _, ...told } = found;
    assert.deepEqual(told, straight);
    return isBegun;
  };
  assert.equal(await begun({}), false);
  assert.equal(await begun({ untilHeight: 5 }), false);
  assert.equal(await begun({ untilHeight: 4 }), false);
  const day = { ...options, untilMicros: (chain.blocks[4]?.atSeconds ?? 0) * 1e6 };
  assert.equal(
    await begun({}, seeds, await traceBlocks(source, seeds, day)),
    false,
    "cut off by time before",
  );
  assert.equal(await begun({ untilHeight: 3 }), true, "an earlier cut-off");
  assert.equal(await begun({ untilMicros: 2 ** 52 }), true, "a cut-off by time");
  assert.equal(await begun({ followFees: false }), true, "fees");
  assert.equal(await begun({ policies: ["fifo"] }), true, "policies");
  const alsoMule = [...seeds.addresses, { address: keyAddress("mule"), asked: "btc:mule" }];
  assert.equal(await begun({}, { outpoints: [], addresses: alsoMule }), true, "another seed");
  assert.equal(await begun({}, seeds, { ...earlier, hops: [] }), true, "hops are missing");
  const until = { ...earlier.until, hash: "ab".repeat(32) };
  assert.equal(await begun({}, seeds, { ...earlier, until }), true, "another chain");
});

test("a stop that came or went where the earlier trace passed makes it begin anew", async () => {
  const [chain, seeds] = [MOVED, EVE];
  const source = asBlocks(chain);
  const options = traceOptions({ followFees: false });
  const atMule: Partial<TraceOptions> = {
    stopAt: ({ outputs }, position) =>
      outputs[position]?.address === keyAddress("mule") ? { stop: "service", says: "a bank" } : null,
  };
  const free = await traceBlocks(source, seeds, { ...options, untilHeight: 6 });
  const stopped = await traceBlocks(source, seeds, { ...options, ...atMule, untilHeight: 6 });
  const went = async (changed: Partial<TraceOptions>, from: Followed): Promise<number | undefined> =>
    (await traceBlocks(source, seeds, { ...options, ...changed, from })).wentOnFrom;
  assert.equal(await went({}, free), 6);
  assert.equal(await went(atMule, free), undefined);
  assert.equal(await went({}, stopped), undefined);
  assert.equal(await went(atMule, stopped), 6);
  assert.equal(await went({ ...atMule, minDirtySats: 4_900_000_001n }, stopped), 6);
  assert.equal(await went({ minDirtySats: 4_900_000_001n }, free), undefined);
});
