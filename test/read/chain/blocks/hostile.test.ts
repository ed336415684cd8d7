import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BlockView } from "../../../../src/model/chain.ts";
import { findOutputs } from "../../../../src/read/chain/blocks/find-outputs.ts";
import { BLOCKS } from "../../../../src/read/chain/blocks/index.ts";
import { blockFile } from "../../../kit/chain/block-file.ts";
import { madeFolder, readBlocks } from "../../../kit/chain/block-folder.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { keyScript, madeTx } from "../../../kit/chain/transactions.ts";

const CHAIN = new MadeChain();
for (let i = 0; i < 3; i++) CHAIN.mine([]);
const FILE = blockFile(CHAIN.blocks);

test("a pipe in place of a file is never waited for", async (t) => {
  const folder = madeFolder(t, { "blk00000.dat": FILE });
  for (const name of ["rev00000.dat", "blk00001.dat"]) execFileSync("mkfifo", [join(folder, name)]);
  assert.equal((await readBlocks(folder, (view) => void view.spent(1))).blocks.length, 3);
  execFileSync("mkfifo", [join(folder, "xor.dat")]);
  await assert.rejects(readBlocks(folder), /xor\.dat is no file/);
  rmSync(join(folder, "xor.dat"));
  writeFileSync(join(folder, "xor.dat"), new Uint8Array(9));
  await assert.rejects(readBlocks(folder), /xor\.dat has 9 bytes, 8 are expected/);
});

test("a file of nothing, however large, is given up when the run is", async (t) => {
  const folder = madeFolder(t, { "blk00000.dat": FILE });
  truncateSync(join(folder, "blk00000.dat"), 2 ** 40);
  const context = { ...chainContext(), signal: AbortSignal.timeout(50) };
  await assert.rejects(BLOCKS.open(folder, context), { code: "interrupted" });
});

test("a height that cannot be leaves no other block with a height that is none", async (t) => {
  const alone = new MadeChain();
  alone.mine([]);
  const told = alone.mine([]);
  const last = alone.mine([], { version: 1 });
  // BIP 34: one byte of height and what is behind it become the greatest number of four bytes.
  const bytes = told.bytes.slice();
  const at = 80 + 1 + 4 + 1 + 36 + 1;
  bytes.set([4, 0xff, 0xff, 0xff, 0x7f], at);
  const file = blockFile([{ bytes }, last]);
  const { blocks } = await readBlocks(madeFolder(t, { "blk00000.dat": file }));
  assert.deepEqual(
    blocks.map(({ hash, height }) => [hash, height]),
    [
      [told.hash, null],
      [last.hash, null],
    ],
  );
});

test("half a million outputs of one transaction are found in a moment", async () => {
  const chain = new MadeChain();
  const { txs } = chain.mine([]);
  const paid = madeTx({
    inputs: [{ txid: txs[0]?.txid ?? "", vout: 0 }],
    outputs: [{ valueSats: 1n, script: keyScript("a") }],
  });
  const { bytes, hash } = chain.mine([paid]);
  const view: BlockView = {
    ...{ bytes, hash, at: 0, end: bytes.length, height: 1, atMicros: 0, evidence: "e1", atByte: 0 },
    spent: () => null,
  };
  const wanted = Array.from({ length: 500_000 }, (_, vout) => ({ txid: paid.txid, vout }));
  const begun = performance.now();
  const found = await findOutputs(
    (async function* () {
      yield view;
    })(),
    wanted,
  );
  assert.deepEqual([...found.keys()], [`${paid.txid}:0`]);
  assert.ok(performance.now() - begun < 10_000);
});
