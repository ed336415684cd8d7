import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BlockLayout } from "../../src/bytes/bitcoin-layout.ts";
import { decodeTx, strippedTx } from "../../src/bytes/bitcoin-tx.ts";
import { hash256 } from "../../src/bytes/hash256.ts";
import { hashToHex } from "../../src/bytes/hex.ts";
import { coinJoinLook } from "../../src/follow/bitcoin/coinjoin/index.ts";
import { chainTx } from "../../src/model/chain-tx.ts";
import { POLICIES } from "../../src/model/trace.ts";
import { BITCOIN_NETWORKS } from "../../src/tables/bitcoin-networks.ts";
import { NOT_INSTALLED } from "./bcoin.ts";
import { type Heists, heists } from "./heists.ts";
import { openedSlice } from "./saved-slice.ts";
import { milli } from "./sums.ts";
import { tainted } from "./taint.ts";

const [REGTEST] = BITCOIN_NETWORKS.filter(({ id }) => id === "btc-regtest");
const FACTS = {
  height: null,
  index: null,
  atMicros: null,
  place: { evidence: "e1", atByte: 0, byteLength: 0, packet: null, line: null },
  spent: null,
  forms: REGTEST!,
};
const TIP = "76f2e994fb57f6e67959e0322cbef71f199c631dc65723252d4a91cf035104c8";

describe("heists on a real node", { skip: NOT_INSTALLED }, () => {
  let made: Heists;
  before(async () => {
    made = await heists();
  });
  after(() => made.chain.close());

  test("are the same each time", async () => {
    const tip = await made.chain.rawBlock(made.chain.height());
    assert.equal(made.chain.height(), 556);
    assert.equal(hashToHex(hash256(tip.subarray(0, 80)), 0), TIP);
  });

  test("stand in the node's blocks as the ledger has them", async () => {
    const read: unknown[] = [];
    for (let height = 1; height <= made.chain.height(); height++) {
      read.push(...shownTxs(await made.chain.rawBlock(height), height));
    }
    const known = made.chain.ledger.transactions.map(({ txid, height, inputs, outputs }) => ({
      txid,
      height,
      inputs,
      outputs: outputs.map(({ sats, address }) => `${sats} ${address}`),
    }));
    assert.deepEqual(read, known);
  });

  test("hold one CoinJoin, and nothing else that looks like one", async () => {
    const mixes: string[] = [];
    const slice = await openedSlice(made.chain.ledger);
    for (const { txid } of made.chain.ledger.transactions) {
      const tx = await slice.tx(txid);
      const look = coinJoinLook(tx!);
      assert.deepEqual(look.unclear, []);
      if (look.mix !== null) mixes.push(`${txid} ${look.mix.id}`);
    }
    assert.deepEqual(mixes, [`${made.theft.coinjoin} joinmarket`]);
  });

  for (const policy of POLICIES.filter((name) => name !== "poison")) {
    test(`every stolen satoshi is somewhere, says the second opinion on ${policy}`, () => {
      const { seed } = made.theft;
      for (const followFees of [true, false]) {
        const found = tainted(made.chain.ledger, {
          policy,
          seeds: new Set([seed]),
          stops: new Set(),
          followFees,
        });
        const held = [...found.held.values()].reduce((sum, { dirty }) => sum + dirty, 0n);
        assert.equal(held + found.fees + found.burnt, milli(120_000));
        assert.equal(found.fees > 0n, !followFees);
        assert.ok(found.burnt >= milli(100), "the message burns a tenth of a coin");
      }
    });
  }
});

/** A block's transactions as our own reader tells them. */
function shownTxs(bytes: Uint8Array, height: number): unknown[] {
  const layout = new BlockLayout();
  assert.equal(layout.read(bytes, 0, bytes.length), null);
  return Array.from({ length: layout.txCount }, (_, index) => {
    const txid = hashToHex(hash256(strippedTx(bytes, layout, index)), 0);
    const { inputs, outputs } = chainTx(decodeTx(bytes, layout, index), { ...FACTS, txid });
    return {
      txid,
      height,
      inputs: inputs.map(({ txid, vout }) => `${txid}:${vout}`),
      outputs: outputs.map(({ valueSats, address }) => `${valueSats} ${address}`),
    };
  });
}
