import assert from "node:assert/strict";
import { test } from "node:test";
import { blockFile } from "../../../kit/chain/block-file.ts";
import { madeFolder, type ReadBlocks, readBlocks } from "../../../kit/chain/block-folder.ts";
import { type MadeBlock, MadeChain } from "../../../kit/chain/made-chain.ts";

function hashes({ blocks }: Pick<ReadBlocks, "blocks">): string[] {
  return blocks.map(({ hash }) => hash);
}

function named(...blocks: readonly (MadeBlock | undefined)[]): (string | undefined)[] {
  return blocks.map((block) => block?.hash);
}

test("of two chains the one of more work is taken, not the longer one, and the other is told", async (t) => {
  const chain = new MadeChain();
  const [first, fork] = [chain.mine([]), chain.mine([])];
  const long = [1, 2, 3].map(() => chain.mine([]));
  // Sixteen times the work of the easiest bits.
  const hard = chain.mine([], { on: fork, bits: 0x2007ffff });
  const read = await readBlocks(madeFolder(t, { "blk00000.dat": blockFile(chain.blocks) }));
  assert.deepEqual(hashes(read), named(first, fork, hard));
  assert.deepEqual(read.chain.tip.height, 2);
  assert.deepEqual(read.gaps, [
    `orphan-blocks: 3 blocks beside the chain of most work, the first in the files ${long[0]?.hash}`,
  ]);
});

test("of two chains of equal work the one that was met first is taken", async (t) => {
  const chain = new MadeChain();
  const first = chain.mine([]);
  const kept = chain.mine([]);
  const other = chain.mine([], { on: first });
  const read = await readBlocks(madeFolder(t, { "blk00000.dat": blockFile(chain.blocks) }));
  assert.deepEqual(hashes(read), named(first, kept));
  assert.match(read.gaps[0] ?? "", new RegExp(`^orphan-blocks: 1 block .* ${other.hash}$`));
});

test("blocks that are missing in the middle are counted by height, and the rest is read", async (t) => {
  const chain = new MadeChain();
  for (let i = 0; i < 30; i++) chain.mine([]);
  const kept = chain.blocks.filter(({ height }) => height !== 10 && (height < 15 || height > 19));
  const read = await readBlocks(madeFolder(t, { "blk00000.dat": blockFile(kept) }));
  assert.deepEqual(
    read.blocks.map(({ height }) => height),
    kept.map(({ height }) => height),
  );
  assert.deepEqual(read.gaps, [
    "missing-blocks: 6 blocks are missing in 2 places, the first before height 11",
  ]);
});

test("a chain without its beginning has its heights from the coinbases", async (t) => {
  const chain = new MadeChain();
  for (let i = 0; i < 300; i++) chain.mine([]);
  const read = await readBlocks(madeFolder(t, { "blk00000.dat": blockFile(chain.blocks.slice(260)) }));
  assert.equal(read.chain.firstHeight, 260);
  assert.equal(read.chain.tip.height, 299);
  assert.deepEqual(read.gaps, ["missing-blocks: 260 blocks are missing before height 260"]);
});

test("a stale stretch whose parent is missing does not stand in the chain", async (t) => {
  const chain = new MadeChain();
  for (let i = 0; i < 20; i++) chain.mine([]);
  const stale = [chain.mine([], { on: chain.blocks[9] ?? assert.fail() })];
  stale.push(chain.mine([], { on: stale[0] ?? assert.fail() }));
  const main = chain.blocks.slice(0, 20);
  const read = await readBlocks(
    madeFolder(t, { "blk00000.dat": blockFile([...main, stale[1] ?? main[0]!]) }),
  );
  assert.deepEqual(hashes(read), named(...main));
  assert.match(read.gaps.join(), /^orphan-blocks: 1 block beside the chain of most work/);
});

test("the network that most blocks are of is followed, and the others are told by name", async (t) => {
  const chain = new MadeChain();
  const other = new MadeChain("ltc");
  for (let i = 0; i < 5; i++) chain.mine([]);
  for (let i = 0; i < 3; i++) other.mine([], { atSeconds: 1_600_000_000 + i });
  const read = await readBlocks(
    madeFolder(t, {
      "blk00000.dat": blockFile(other.blocks, { network: "ltc" }),
      "blk00001.dat": blockFile(chain.blocks),
    }),
  );
  assert.equal(read.chain.network, "btc-regtest");
  assert.deepEqual(hashes(read), named(...chain.blocks));
  assert.deepEqual(read.gaps, ["other-network: 3 blocks of Litecoin"]);
});

test("a header without its work is no block", async (t) => {
  const chain = new MadeChain();
  for (let i = 0; i < 4; i++) chain.mine([]);
  const last = chain.blocks[3]?.bytes.slice() ?? assert.fail();
  // Bits of a thousand times the work that was done: it would beat any chain.
  last.set([0xff, 0xff, 0x1f, 0x1f], 72);
  const file = blockFile([...chain.blocks.slice(0, 3), { bytes: last }]);
  const read = await readBlocks(madeFolder(t, { "blk00000.dat": file }));
  assert.equal(read.blocks.length, 3);
  assert.match(read.gaps.join(), /^malformed-block: the hash of the header exceeds what its bits allow$/);
});

test("blocks of version 1 whose height nothing tells are put where their time is", async (t) => {
  const chain = new MadeChain();
  for (let i = 0; i < 6; i++) chain.mine([]);
  const alone = new MadeChain();
  alone.mine([], { atSeconds: 1 });
  alone.mine([], { version: 1, atSeconds: (chain.blocks[5]?.atSeconds ?? 0) + 5 });
  const file = blockFile([alone.blocks[1] ?? assert.fail(), ...chain.blocks]);
  const read = await readBlocks(madeFolder(t, { "blk00000.dat": file }));
  assert.deepEqual(
    read.blocks.map(({ height }) => height),
    [0, 1, 2, 3, 4, 5, null],
  );
  const hash = alone.blocks[1]?.hash;
  assert.deepEqual(read.gaps, [`missing-blocks: blocks are missing before ${hash}`]);
  assert.equal(read.chain.tip.height, null);
});
