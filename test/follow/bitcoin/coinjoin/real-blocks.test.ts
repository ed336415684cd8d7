import assert from "node:assert/strict";
import { test } from "node:test";
import { coinJoinLook, coinJoinOf } from "../../../../src/follow/bitcoin/coinjoin/index.ts";
import { realBlock } from "../../../kit/chain/real-block.ts";

test("of 461 transactions of May 2014 one is a CoinJoin: 25 owners, 10 outputs of 0.1 BTC", (t) => {
  const txs = realBlock("bcoin-block300025.raw", "bcoin-block300025-undo.raw");
  if (txs === null) return t.skip("needs ../shared/data/chain/blocks");
  assert.equal(txs.length, 461);
  assert.deepEqual(
    txs.filter((tx) => coinJoinOf(tx) !== null).map(({ txid }) => txid),
    ["dbb220ef8a2d9dded1ee8f75c31e6ae6e8b56b3f25f07ca7fc77e2dc823ba7b9"],
  );
});

test("of 2,500 transactions of 2021 eight await what they spend: 7 like Whirlpool, one like Wasabi", (t) => {
  const txs = realBlock("rustbitcoin-mainnet_block_0c835b2a.raw");
  if (txs === null) return t.skip("needs ../shared/data/chain/blocks");
  const unclear = txs.map((tx) => ({ tx, ...coinJoinLook(tx) }));
  assert.equal(unclear.filter(({ mix }) => mix !== null).length, 0, "no input is known");
  const named = (id: string) => unclear.filter((look) => look.unclear.includes(id)).map(({ tx }) => tx);
  assert.equal(named("whirlpool").length, 7);
  assert.deepEqual(
    named("wasabi-1").map(({ txid, inputs, outputs }) => [txid, inputs.length, outputs.length]),
    [["5c2f55fc17854a18f447d74e32356c9ff6faf43bf937ed13611857b2bb3fef3a", 100, 122]],
  );
  assert.equal(named("equal-outputs").length, 3);
});

test("once what they spend is known, these are what they look like", (t) => {
  const txs = realBlock("rustbitcoin-mainnet_block_0c835b2a.raw");
  if (txs === null) return t.skip("needs ../shared/data/chain/blocks");
  const mix = txs.find((tx) => coinJoinLook(tx).unclear.includes("whirlpool"));
  assert.ok(mix);
  const value = mix.outputs[0]?.valueSats ?? 0n;
  const told = (entering: bigint) => ({
    ...mix,
    inputs: mix.inputs.map((input, index) => ({
      ...input,
      script: "p2wpkh" as const,
      address: `in-${index}`,
      valueSats: index < 2 ? value + entering : value,
    })),
  });
  assert.equal(coinJoinOf(told(500n))?.id, "whirlpool");
  assert.equal(coinJoinOf(told(0n))?.id, undefined, "nobody pays the miner");
});
