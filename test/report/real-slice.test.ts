import assert from "node:assert/strict";
import { test } from "node:test";
import { SLICE } from "../../src/read/chain/slice/index.ts";
import { sliceJson } from "../../src/report/chain-slice.ts";
import { chainContext, madeFile } from "../kit/chain/context.ts";
import { realBlock } from "../kit/chain/real-block.ts";

const BLOCKS: readonly (readonly [name: string, undo: string | null, height: number | null])[] = [
  ["core-block413567.raw", null, 413_567],
  ["bcoin-block928816.raw", "bcoin-block928816-undo.raw", null],
  ["rustbitcoin-mainnet_block_0c835b2a.raw", null, null],
];

for (const [name, undo, height] of BLOCKS) {
  test(`a slice of every transaction of ${name} is read as it was`, async (t) => {
    const block = realBlock(name, undo);
    if (block === null) return t.skip(`needs ../shared/data/chain/blocks/${name}`);
    const transactions = block.map((tx) => ({ ...tx, height }));
    const tip = { height, hash: null, atMicros: block[0]?.atMicros ?? null };
    const text = sliceJson({ network: "btc", tip, transactions, unspent: [] });
    const context = chainContext();
    const slice = await SLICE.open(madeFile(t, "chain-slice.json", text), context);
    assert.deepEqual(context.gaps(), []);
    assert.ok(slice.kind === "lookup");
    const bytes = Buffer.from(text);
    for (const tx of transactions) {
      const again = await slice.tx(tx.txid);
      assert.deepEqual({ ...again, place: tx.place }, tx);
      const { atByte, byteLength } = again!.place;
      assert.ok(bytes.toString("utf8", atByte, atByte + byteLength).startsWith(`{"txid":"${tx.txid}"`));
    }
  });
}
