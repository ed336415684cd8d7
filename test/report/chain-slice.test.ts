import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChainTx } from "../../src/model/chain.ts";
import { SLICE } from "../../src/read/chain/slice/index.ts";
import { sliceJson } from "../../src/report/chain-slice.ts";
import { chainContext, madeFile } from "../kit/chain/context.ts";
import { madeTx } from "../kit/chain/made-tx.ts";

const A = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const B = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const HASH = "ab".repeat(32);

const COINBASE = madeTx("coinbase", {
  isCoinbase: true,
  index: 0,
  out: [
    { sats: 625_000_000, address: A, script: "p2pkh" },
    { sats: 0, address: null, script: "op-return" },
  ],
});
const SPEND = madeTx("spend", {
  in: [
    { sats: 625_000_000, address: A, script: "p2pkh", of: [COINBASE.txid, 0] },
    { sats: null, address: null, script: null, of: [HASH, 7] },
  ],
  out: [
    { sats: 2_100_000_000_000_000n, address: B },
    { sats: 5, address: null, script: "nonstandard" },
    { sats: 6, address: null, script: "witness-unknown" },
    { sats: 7, address: null, script: null },
  ],
});
const NO_HEIGHT = madeTx("no height", {
  height: null,
  index: null,
  in: [{ sats: 2, address: B, of: [HASH, 8] }],
  out: [{ sats: 1, address: A, script: "p2pkh" }],
});
const PAYMENTS: ChainTx = {
  ...madeTx("payments", { isWhole: false, out: [{ sats: 9, address: B }] }),
  index: null,
  version: null,
  locktime: null,
  outputs: [{ vout: null, valueSats: 9n, address: B, script: null }],
};
const ALL = [NO_HEIGHT, PAYMENTS, SPEND, COINBASE];

test("a slice that was written is read as it was", async (t) => {
  const tip = { height: 700_000, hash: HASH, atMicros: 1_631_333_672_000_000 };
  const unspent = [`${SPEND.txid}:1`, `${SPEND.txid}:0`];
  const text = sliceJson({ network: "btc", tip, transactions: ALL, unspent });
  assert.equal(sliceJson({ network: "btc", tip, transactions: ALL.toReversed(), unspent }), text);
  const context = chainContext();
  const slice = await SLICE.open(madeFile(t, "chain-slice.json", text), context);
  assert.deepEqual(context.gaps(), []);
  assert.ok(slice.kind === "lookup");
  assert.deepEqual([slice.network, slice.tip], ["btc", tip]);
  for (const tx of ALL) {
    const again = await slice.tx(tx.txid);
    assert.ok(again !== null && again.place.byteLength > 1);
    assert.deepEqual({ ...again, place: tx.place }, tx);
  }
  assert.equal(await slice.spender({ txid: SPEND.txid, vout: 0 }), "unspent");
  assert.equal(await slice.spender({ txid: SPEND.txid, vout: 2 }), "unknown");
});

test("a slice without any transaction is still JSON", () => {
  const tip = { height: null, hash: null, atMicros: null };
  const value: unknown = JSON.parse(
    sliceJson({ network: "btc-regtest", tip, transactions: [], unspent: [] }),
  );
  assert.deepEqual(value, {
    schema: 1,
    network: "btc-regtest",
    tip: { height: null, hash: null, time: null },
    unspent: [],
    payments: [],
    transactions: [],
  });
});
