import assert from "node:assert/strict";
import { test } from "node:test";
import type { SpentOutput } from "../../../../src/model/chain.ts";
import { blockFile, undoFile } from "../../../kit/chain/block-file.ts";
import { madeFolder, readBlocks } from "../../../kit/chain/block-folder.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { keyScript, type MadeTx, madeTx, oldKeyScript } from "../../../kit/chain/transactions.ts";

const KEY = Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4);

/** Twenty blocks; from the second on, each has a transaction that spends the coinbase before it. */
function spending(): MadeChain {
  const chain = new MadeChain();
  let before: MadeTx = chain.mine([]).txs[0] ?? assert.fail();
  for (let i = 1; i < 20; i++) {
    const outputs = [{ valueSats: 1000n * BigInt(i), script: oldKeyScript(`payee ${i}`) }];
    const pay = madeTx({ inputs: [{ txid: before.txid, vout: 0 }], outputs });
    const again = madeTx({
      inputs: [{ txid: pay.txid, vout: 0 }],
      outputs: [{ valueSats: 1n, script: keyScript("last") }],
    });
    before = chain.mine([pay, again]).txs[0] ?? assert.fail();
  }
  return chain;
}

const CHAIN = spending();
const [FIRST, SECOND] = [CHAIN.blocks.slice(0, 12), CHAIN.blocks.slice(12)];

/** What the source says that each block's transactions spent. */
async function spentIn(
  folder: string,
): Promise<{ all: (readonly SpentOutput[] | null)[][]; gaps: readonly string[] }> {
  const all: (readonly SpentOutput[] | null)[][] = [];
  const { gaps } = await readBlocks(folder, async (view) => {
    const txs = CHAIN.blocks[view.height ?? -1]?.txs ?? assert.fail();
    all.push(await Promise.all(txs.map((_, index) => view.spent(index))));
  });
  return { all, gaps };
}

const TOLD = CHAIN.blocks.map(({ spent }) => [[], ...spent]);

test("what transactions spent is read from undo files, plain or with XOR, in any order", async (t) => {
  const reversed = [...SECOND].reverse();
  for (const xor of [undefined, KEY]) {
    const form = xor === undefined ? {} : { xor };
    const folder = madeFolder(t, {
      ...(xor === undefined ? {} : { "xor.dat": xor }),
      "blk00000.dat": blockFile(FIRST, form),
      "rev00000.dat": undoFile(FIRST, { ...form, zeros: 1000 }),
      "blk00001.dat": blockFile(SECOND, form),
      "rev00001.dat": undoFile(reversed, form),
    });
    assert.deepEqual(await spentIn(folder), { all: TOLD, gaps: [] });
  }
});

test("without undo files nothing is known of what was spent, and that is no gap", async (t) => {
  const { all, gaps } = await spentIn(madeFolder(t, { "blk00000.dat": blockFile(CHAIN.blocks) }));
  assert.deepEqual(
    all,
    CHAIN.blocks.map(({ txs }) => txs.map((_, index) => (index === 0 ? [] : null))),
  );
  assert.deepEqual(gaps, []);
});

test("undo data whose checksum is that of another block are not taken", async (t) => {
  const undo = undoFile(CHAIN.blocks);
  // The last byte is of the last block's checksum.
  undo[undo.length - 1] = (undo.at(-1) ?? 0) ^ 1;
  const folder = madeFolder(t, { "blk00000.dat": blockFile(CHAIN.blocks), "rev00000.dat": undo });
  const { all, gaps } = await spentIn(folder);
  assert.deepEqual(all.slice(0, 19), TOLD.slice(0, 19));
  assert.deepEqual(all[19], [[], null, null]);
  assert.deepEqual(gaps, ["missing-undo: the undo file holds no data that fit the block"]);
});

test("an undo file that is cut is read as far as it goes", async (t) => {
  const undo = undoFile(CHAIN.blocks);
  const folder = madeFolder(t, {
    "blk00000.dat": blockFile(CHAIN.blocks),
    "rev00000.dat": undo.subarray(0, undo.length / 2),
  });
  const { all, gaps } = await spentIn(folder);
  assert.deepEqual(all[3], TOLD[3]);
  assert.deepEqual(all[19], [[], null, null]);
  assert.equal(gaps.length, 1, "alike gaps of a file are one");
});
