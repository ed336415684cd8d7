import assert from "node:assert/strict";
import { test } from "node:test";
import { BlockLayout } from "../../src/bytes/bitcoin-layout.ts";
import { hash256 } from "../../src/bytes/hash256.ts";
import { fitsMerkleRoot, merkleRoot } from "../../src/bytes/merkle.ts";
import { MadeChain } from "../kit/chain/made-chain.ts";
import { keyScript, madeTx } from "../kit/chain/transactions.ts";

const HASHES = Array.from({ length: 7 }, (_, i) => new Uint8Array(32).fill(i + 1));

test("an odd one out is paired with itself, at every height of the tree", () => {
  const pair = (left: Uint8Array, right: Uint8Array) => hash256(Uint8Array.of(...left, ...right));
  const [a, b, c, d, e] = HASHES as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  assert.deepEqual(merkleRoot([a], hash256), a);
  assert.deepEqual(merkleRoot([a, b], hash256), pair(a, b));
  const four = pair(pair(a, b), pair(c, d));
  const rest = pair(pair(e, e), pair(e, e));
  assert.deepEqual(merkleRoot([a, b, c, d, e], hash256), pair(four, rest));
  assert.equal(merkleRoot([], hash256), null);
});

test("a list that was made longer by repeating its end has no root", () => {
  const [a, b, c] = HASHES as [Uint8Array, Uint8Array, Uint8Array];
  assert.ok(merkleRoot([a, b, c], hash256) !== null);
  assert.equal(merkleRoot([a, b, c, c], hash256), null);
});

test("a block whose transactions were changed does not fit its root", () => {
  const chain = new MadeChain();
  const { txid } = chain.mine([]).txs[0] ?? assert.fail();
  const outputs = [{ valueSats: 5n, script: keyScript("a") }];
  const { bytes } = chain.mine([madeTx({ inputs: [{ txid, vout: 0, witness: [HASHES[0]!] }], outputs })]);
  const layout = new BlockLayout();
  const fits = (block: Uint8Array): boolean => {
    assert.equal(layout.read(block, 0, block.length), null);
    return fitsMerkleRoot(block, 0, { layout, hash256 });
  };
  assert.equal(fits(bytes), true);
  const changed = bytes.slice();
  changed[layout.outputAt[1] ?? 0] = 6;
  assert.equal(fits(changed), false);
  // Ids say nothing of witnesses.
  const witnessed = bytes.slice();
  witnessed[bytes.length - 10] = 7;
  assert.equal(fits(witnessed), true);
});
