import assert from "node:assert/strict";
import { test } from "node:test";
import { traceBack, traceBlocks } from "../../../../src/follow/bitcoin/index.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { traceOptions } from "../../../kit/chain/trace-options.ts";
import { asBlocks } from "../../../kit/chain/traced-blocks.ts";
import { asLookup } from "../../../kit/chain/traced-chain.ts";
import { keyScript, madeTx } from "../../../kit/chain/transactions.ts";

/** Block 0 pays a miner, block 3 pays bob from it, blocks 1, 2, 4 and 5 nobody who matters. */
function example() {
  const chain = new MadeChain();
  const miner = { valueSats: 50_000_000n, script: keyScript("miner") };
  const { txid = "" } = chain.mine([], { coinbase: [miner] }).txs[0] ?? {};
  chain.mine([]);
  chain.mine([]);
  const outputs = [{ valueSats: 50_000_000n, script: keyScript("bob") }];
  const tx = madeTx({ inputs: [{ txid, vout: 0 }], outputs });
  chain.mine([tx]);
  chain.mine([]);
  chain.mine([]);
  return { chain, tx, seeds: { outpoints: [{ txid, vout: 0, asked: "miner" }], addresses: [] } };
}

async function spentOf(missing: readonly number[], untilHeight: number | null = null) {
  const { chain, seeds } = example();
  const options = traceOptions({ policies: ["fifo"], untilHeight });
  const { traces } = await traceBlocks(asBlocks(chain, { missing }), seeds, options);
  return traces[0]?.outputs.map(({ height, spent, stop }) => [height, spent, stop]);
}

test("where blocks are missing behind an output nobody can tell whether it is unspent", async () => {
  assert.deepEqual(await spentOf([]), [[3, false, undefined]]);
  assert.deepEqual(await spentOf([4]), [[3, null, undefined]]);
  assert.deepEqual(await spentOf([2, 3]), [[0, null, undefined]]);
});

test("blocks that are missing before an output, or behind the cut-off, leave it unspent", async () => {
  assert.deepEqual(await spentOf([1, 2]), [[3, false, undefined]]);
  assert.deepEqual(await spentOf([4], 3), [[3, false, undefined]]);
  assert.deepEqual(await spentOf([2, 3], 1), [[0, false, undefined]]);
  assert.deepEqual(await spentOf([2, 3], 2), [[0, null, undefined]]);
});

test("coins that were mined are told as such backwards, and what was before the cut-off too", async () => {
  const { chain, tx } = example();
  const seeds = { outpoints: [{ txid: tx.txid, vout: 0, asked: "bob" }], addresses: [] };
  const stops = async (untilHeight: number | null) => {
    const options = traceOptions({ policies: ["fifo"], untilHeight });
    const { traces } = await traceBack(asLookup(chain), seeds, options);
    return traces[0]?.outputs.map(({ stop, stopSays }) => [stop, stopSays]);
  };
  assert.deepEqual(await stops(null), [["coinbase", "newly mined, block 0"]]);
  assert.deepEqual(await stops(2), [["cut-off", "It was made before the cut-off that was asked for"]]);
});
