import assert from "node:assert/strict";
import { test } from "node:test";
import { BlockLayout } from "../../../src/bytes/bitcoin-layout.ts";
import { decodeTx, strippedTx } from "../../../src/bytes/bitcoin-tx.ts";
import { hash256 } from "../../../src/bytes/hash256.ts";
import { hashToHex } from "../../../src/bytes/hex.ts";
import { blockFile, undoFile } from "./block-file.ts";
import { MadeChain, merkleRoot } from "./made-chain.ts";
import { keyAddress, keyScript, madeTx } from "./transactions.ts";

test("a made-up chain is linked, adds up, and reads as it was written", () => {
  const chain = new MadeChain();
  const first = chain.mine([]).txs[0] ?? assert.fail();
  const pay = madeTx({
    inputs: [{ txid: first.txid, vout: 0, witness: [Uint8Array.of(1, 2)] }],
    outputs: [{ valueSats: 4_000_000_000n, script: keyScript("eve") }],
    locktime: 5,
  });
  const again = madeTx({ inputs: [{ txid: pay.txid, vout: 0 }], outputs: [] });
  const second = chain.mine([pay, again]);
  assert.equal(second.previous, chain.blocks[0]?.hash);
  assert.equal(second.txs[0]?.outputs[0]?.valueSats, 10_000_000_000n);
  assert.deepEqual(second.spent[1], [{ valueSats: 4_000_000_000n, script: keyScript("eve") }]);
  const layout = new BlockLayout();
  assert.equal(layout.read(second.bytes, 0, second.bytes.length), null);
  const ids = [0, 1, 2].map((tx) => hash256(strippedTx(second.bytes, layout, tx)));
  assert.deepEqual(
    ids.map((id) => hashToHex(id)),
    second.txs.map(({ txid }) => txid),
  );
  assert.deepEqual(merkleRoot(ids), second.bytes.slice(36, 68));
  assert.equal(decodeTx(second.bytes, layout, 1).locktime, 5);
  assert.equal(layout.hasWitness[1], 1);
  assert.match(keyAddress("eve"), /^bcrt1q/);
  assert.throws(
    () => chain.mine([madeTx({ inputs: [{ txid: pay.txid, vout: 1 }], outputs: [] })]),
    RangeError,
  );
});

test("files hold magic, length and block, and undo data of all but the first with a checksum", () => {
  const chain = new MadeChain();
  const [first, second] = [chain.mine([]), chain.mine([])];
  const size = first.bytes.length;
  const file = blockFile(chain.blocks, { zeros: 3 });
  assert.deepEqual([...file.subarray(0, 8)], [0xfa, 0xbf, 0xb5, 0xda, size, 0, 0, 0]);
  assert.deepEqual(file.subarray(8, 8 + size), first.bytes);
  assert.equal(file.length, 2 * (8 + size) + 3);
  const key = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  assert.equal(blockFile(chain.blocks, { xor: key })[9], (file[9] ?? 0) ^ 2);
  const undo = undoFile([first, second], { network: "btc" });
  assert.deepEqual([...undo.subarray(0, 9)], [0xf9, 0xbe, 0xb4, 0xd9, 1, 0, 0, 0, 0]);
  assert.equal(undo.length, 9 + 32);
});
