import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BlockLayout } from "../../../../src/bytes/bitcoin-layout.ts";
import { fitsMerkleRoot } from "../../../../src/bytes/merkle.ts";
import { nodeHash256 } from "../../../../src/read/chain/node-hash256.ts";
import { blockFile } from "../../../kit/chain/block-file.ts";
import { madeFolder, readBlocks } from "../../../kit/chain/block-folder.ts";
import { dataPath } from "../../../kit/data.ts";

const FOLDER = dataPath("chain/blocks");
const SKIPPED = "needs ../shared/data/chain/blocks";

test("all 5,043 real blocks have the Merkle root of their transactions", async (t) => {
  if (FOLDER === null) return t.skip(SKIPPED);
  const layout = new BlockLayout();
  const networks = new Map<string, number>();
  for (const name of readdirSync(FOLDER)) {
    if (name.endsWith("-undo.raw")) continue;
    const { chain, blocks } = await readBlocks(join(FOLDER, name), ({ bytes, at, end, hash }) => {
      assert.equal(layout.read(bytes, at, end), null, hash);
      assert.ok(fitsMerkleRoot(bytes, at, { layout, hash256: nodeHash256 }), hash);
    });
    networks.set(chain.network, (networks.get(chain.network) ?? 0) + blocks.length);
  }
  assert.deepEqual([...networks].sort(), [
    ["btc", 5032],
    ["btc-testnet3", 11],
  ]);
});

test("blocks from all over the chain are put in order, and the others told", async (t) => {
  if (FOLDER === null) return t.skip(SKIPPED);
  const { chain, blocks, gaps } = await readBlocks(FOLDER);
  assert.equal(chain.network, "btc");
  const heights = blocks.map(({ height }) => height);
  assert.deepEqual(
    heights.slice(0, 4313),
    Array.from({ length: 4313 }, (_, i) => i),
  );
  // Block 169,482 is of version 1 and stands where its time puts it.
  assert.deepEqual(heights.slice(4313, 4317), [null, 227_835, 227_836, 277_647]);
  assert.equal(chain.tip.height, 702_861);
  assert.equal(chain.tip.hash, "000000000000000000000c835b2adcaedc20fdf6ee440009c249452c726dafae");
  const told = gaps.filter((gap) => !gap.startsWith("unrecognised"));
  assert.deepEqual(told.map((gap) => gap.replace(/, the first.*$/, "")).sort(), [
    "missing-blocks: blocks are missing in 15 places",
    "orphan-blocks: 7 blocks beside the chain of most work",
    "other-network: 11 blocks of Bitcoin testnet3",
  ]);
  assert.equal(gaps.length - told.length, 8, "the lists of spent outputs are no blocks");
});

test("the real block file is one chain of its first 4,313 blocks", async (t) => {
  const path = dataPath("chain/blocks/jeffchan-blk00000.dat");
  if (path === null) return t.skip(SKIPPED);
  const { chain, blocks, gaps } = await readBlocks(path);
  assert.deepEqual(gaps, []);
  assert.equal(blocks.length, 4313);
  assert.equal(blocks[0]?.hash, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
  assert.equal(blocks[170]?.hash, "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee");
  assert.deepEqual([chain.firstHeight, chain.tip.height], [0, 4312]);
  const found = await chain.outputs([
    { txid: "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", vout: 1 },
  ]);
  assert.equal([...found.values()][0]?.valueSats, 4_000_000_000n);
});

test("the lost key of a file with XOR is found in a block of 2016", async (t) => {
  const path = dataPath("chain/blocks/core-block413567.raw");
  if (path === null) return t.skip(SKIPPED);
  const xor = Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4);
  const file = blockFile([{ bytes: new Uint8Array(readFileSync(path)) }], { network: "btc", xor });
  const { blocks } = await readBlocks(madeFolder(t, { "blk00512.dat": file }));
  assert.deepEqual(
    blocks.map(({ height }) => height),
    [413_567],
  );
});
