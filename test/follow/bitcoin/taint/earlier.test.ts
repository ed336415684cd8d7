import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scriptAddress } from "../../../../src/bytes/bitcoin-script.ts";
import { traceBlocks } from "../../../../src/follow/bitcoin/index.ts";
import type { Followed, SeedRequest, TraceOptions } from "../../../../src/follow/bitcoin/options.ts";
import type { ChainBlocks } from "../../../../src/model/chain.ts";
import { PaydirtError } from "../../../../src/model/error.ts";
import { networkById } from "../../../../src/tables/bitcoin-networks.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { FIRST_HEIGHT, randomChain } from "../../../kit/chain/random-chain.ts";
import { anyOutputs, traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { keyAddress, keyScript, madeTx } from "../../../kit/chain/transactions.ts";

const BLOCKS = 14;
const SEED = fc.integer({ min: 0, max: 2 ** 31 });
/** A chain, seeds in it, and where the earlier trace ends. */
const QUESTION = fc.record({
  seed: SEED,
  pick: SEED,
  height: fc.integer({ min: FIRST_HEIGHT, max: FIRST_HEIGHT + BLOCKS - 1 }),
});
const FORM = fc.record({ followFees: fc.boolean(), hasStops: fc.boolean(), hasUndo: fc.boolean() });

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
  assert.ok(wentOn >= 4, `${wentOn} of 30`);
});

test("so is one that goes on where its source had failed, a block read or half read", async () => {
  let wentOn = 0;
  await fc.assert(
    fc.asyncProperty(QUESTION, fc.boolean(), async ({ seed, pick, height }, isHalf) => {
      const chain = randomChain(seed, BLOCKS);
      const seeds = anySeeds(chain, pick);
      const options = traceOptions();
      const broken = failingAt(asBlocks(chain), height, isHalf);
      const earlier = await traceBlocks(broken, seeds, options);
      if (await bothWays(asBlocks(chain), seeds, { earlier, options })) wentOn += 1;
    }),
    { numRuns: 20 },
  );
  assert.ok(wentOn >= 2, `${wentOn} of 20`);
});

/** Fails before a block, or once it has told what its first transactions spend. */
function failingAt(chain: ChainBlocks, height: number, isHalf: boolean): ChainBlocks {
  const failure = new PaydirtError("bad-source", "the cable is out");
  return {
    ...chain,
    async *blocks(from) {
      let told = 0;
      for await (const view of chain.blocks(from)) {
        if ((view.height ?? 0) < height) yield view;
        else if (!isHalf) throw failure;
        else {
          yield {
            ...view,
            spent: async (index) => {
              told += 1;
              if (told > 2) throw failure;
              return view.spent(index);
            },
          };
        }
      }
    },
  };
}

/** Eve gets coins at 2, keeps them to 4, and moves them at 6. */
function eve(): { readonly chain: MadeChain; readonly seeds: SeedRequest } {
  const chain = new MadeChain();
  const first = chain.mine([]).txs[0];
  const coin = { txid: first?.txid ?? "", vout: 0 };
  chain.mine([]);
  const paid = [{ valueSats: 5_000_000_000n, script: keyScript("eve") }];
  const theft = madeTx({ inputs: [coin], outputs: paid });
  chain.mine([theft]);
  while (chain.blocks.length < 6) chain.mine([]);
  const out = [{ valueSats: 4_999_999_000n, script: keyScript("mule") }];
  chain.mine([madeTx({ inputs: [{ txid: theft.txid, vout: 0 }], outputs: out })]);
  const asked = "btc:eve";
  return { chain, seeds: { outpoints: [], addresses: [{ address: keyAddress("eve"), asked }] } };
}

test("only blocks behind the earlier trace are read, and the last one of it", async () => {
  const { chain, seeds } = eve();
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
  const { chain, seeds } = eve();
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
  const { chain, seeds } = eve();
  chain.mine([]);
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
  assert.equal(await went({ ...atMule, minDirtySats: 5_000_000_000n }, stopped), 6);
  assert.equal(await went({ minDirtySats: 5_000_000_000n }, free), undefined);
});
