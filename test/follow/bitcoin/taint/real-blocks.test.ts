import assert from "node:assert/strict";
import { test } from "node:test";
import { hash256 } from "../../../../src/bytes/hash256.ts";
import { traceBlocks } from "../../../../src/follow/bitcoin/index.ts";
import type { SeedRequest, TraceOptions } from "../../../../src/follow/bitcoin/options.ts";
import { BLOCKS } from "../../../../src/read/chain/blocks/index.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { traceOptions } from "../../../kit/chain/trace-options.ts";
import { dataPath } from "../../../kit/data.ts";

const PATH = dataPath("chain/blocks/jeffchan-blk00000.dat");
const NEEDS = { skip: PATH === null && "needs ../shared/data/chain/blocks/jeffchan-blk00000.dat" };

/** The coinbase of block 9, whose coins block 170 moved for the first time. */
const COINBASE_9 = "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9";
const ADDRESS_9 = "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S";
const BY_NAME: SeedRequest = {
  outpoints: [{ txid: COINBASE_9, vout: 0, asked: "btc:block 9" }],
  addresses: [],
};

async function traced(seeds: SeedRequest, options: Partial<TraceOptions> = {}) {
  assert.ok(PATH !== null);
  const chain = await BLOCKS.open(PATH, chainContext());
  assert.ok(chain.kind === "blocks");
  const found = await traceBlocks(chain, seeds, traceOptions(options));
  await chain.close();
  return found;
}

test("block 9's coinbase goes to block 170: 10 BTC to Hal Finney and 40 back", NEEDS, async () => {
  const found = await traced(BY_NAME, { untilHeight: 170 });
  assert.deepEqual(
    found.hops.map(({ height, txid }) => [height, txid]),
    [
      [9, COINBASE_9],
      [170, "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"],
    ],
  );
  for (const { policy, outputs, flows, totals } of found.traces) {
    assert.deepEqual(
      outputs.map(({ address, dirtySats, spent }) => [address, dirtySats, spent]),
      [
        [ADDRESS_9, "4000000000", false],
        ["1Q2TWHE3GMdB6BZKafqwxXtWAWgFt5Jvm3", "1000000000", false],
      ],
      policy,
    );
    assert.deepEqual(
      flows.map(({ vout, from, how }) => [vout, from, how]),
      [
        [0, [`${COINBASE_9}:0`], "inferred"],
        [1, [`${COINBASE_9}:0`], "inferred"],
      ],
    );
    assert.equal(totals.dirtySats, "5000000000");
  }
  const hash = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
  assert.deepEqual(found.until, { height: 170, hash, at: "2009-01-12T03:30:25.000000Z" });
  assert.equal(found.isComplete, true);
});

test("where its last coins met others, the policies differ, and only poison grows", NEEDS, async () => {
  const { traces, isComplete } = await traced(BY_NAME);
  assert.equal(isComplete, true);
  for (const { policy, totals, counts } of traces) {
    assert.equal(totals.dirtySats, policy === "poison" ? "10000000000" : "5000000000", policy);
    assert.deepEqual(counts, { transactions: 8, outputs: 5, edges: 13 });
  }
  // Block 496: 50 clean BTC and 11 dirty ones become one output of 61.
  const merged = traces.map(({ policy, outputs }) => {
    const output = outputs.find(({ height }) => height === 496);
    return [policy, output?.dirtySats, output?.segments];
  });
  assert.deepEqual(merged, [
    ["fifo", "1100000000", [["5000000000", "1100000000"]]],
    ["lifo", "1100000000", [["0", "1100000000"]]],
    ["haircut", "1100000000", null],
    ["poison", "6100000000", null],
    ["tiho", "1100000000", null],
  ]);
});

test(
  "asked for by its address, a bare key's coinbase is a seed and the change that came back is none",
  NEEDS,
  async () => {
    const asked = `btc:${ADDRESS_9}`;
    const found = await traced({ outpoints: [], addresses: [{ address: ADDRESS_9, asked }] });
    assert.deepEqual(
      found.seeds.map(({ txid, vout, height, valueSats, address }) => [
        txid,
        vout,
        height,
        valueSats,
        address,
      ]),
      [[COINBASE_9, 0, 9, "5000000000", ADDRESS_9]],
    );
    assert.deepEqual(found.traces, (await traced(BY_NAME)).traces);
  },
);

test("no transaction is hashed but hits, and those that a named seed is searched among", NEEDS, async () => {
  const hashes = async (seeds: SeedRequest): Promise<number> => {
    let count = 0;
    const counting = (bytes: Uint8Array): Uint8Array => {
      count += 1;
      return hash256(bytes);
    };
    await traced(seeds, { hash256: counting, policies: ["poison"], followFees: false });
    return count;
  };
  const address = { address: ADDRESS_9, asked: `btc:${ADDRESS_9}` };
  // The seed and eight transactions that spend dirty coins; by name, ten coinbases until it is found.
  assert.equal(await hashes({ outpoints: [], addresses: [address] }), 9);
  // Coinbases may come twice: since the seed is one, those of all blocks behind it are hashed.
  assert.equal(await hashes(BY_NAME), 10 + 1 + 8 + (4_313 - 10));
});
