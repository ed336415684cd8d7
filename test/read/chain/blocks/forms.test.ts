import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PaydirtError } from "../../../../src/model/error.ts";
import { BLOCKS } from "../../../../src/read/chain/blocks/index.ts";
import { blockFile } from "../../../kit/chain/block-file.ts";
import { madeFolder, readBlocks } from "../../../kit/chain/block-folder.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";

const KEY = Uint8Array.of(0xde, 0xad, 0xbe, 0xef, 1, 2, 3, 4);

function mined(blocks: number, network?: string): MadeChain {
  const chain = new MadeChain(network);
  for (let i = 0; i < blocks; i++) chain.mine([]);
  return chain;
}

const CHAIN = mined(40);
const HASHES = CHAIN.blocks.map(({ hash }) => hash);
const [FIRST, SECOND] = [CHAIN.blocks.slice(0, 25), CHAIN.blocks.slice(25)];

for (const [form, files, path] of [
  ["a folder", { "blk00000.dat": blockFile(FIRST), "blk00001.dat": blockFile(SECOND) }, ""],
  [
    "a data folder of Bitcoin Core",
    { "blocks/blk00000.dat": blockFile(CHAIN.blocks), "blocks/index/000003.log": KEY, "peers.dat": KEY },
    "",
  ],
  ["one file", { "blk00007.dat": blockFile(CHAIN.blocks) }, "blk00007.dat"],
  ["a file of another name", { "copy.bin": blockFile(CHAIN.blocks) }, "copy.bin"],
  [
    "files with XOR",
    {
      "xor.dat": KEY,
      "blk00000.dat": blockFile(FIRST, { xor: KEY, zeros: 100_000 }),
      "blk00001.dat": blockFile(SECOND, { xor: KEY }),
    },
    "",
  ],
  ["a file with XOR whose key is lost", { "blk00000.dat": blockFile(CHAIN.blocks, { xor: KEY }) }, ""],
  [
    "files with XOR whose key the first of them gives",
    {
      "blk00000.dat": blockFile(FIRST, { xor: KEY, zeros: 50_000 }),
      "blk00001.dat": blockFile(SECOND, { xor: KEY }),
    },
    "",
  ],
  ["a plain file beside a key", { "xor.dat": KEY, "blk00000.dat": blockFile(CHAIN.blocks) }, ""],
  ["a key of zeros", { "xor.dat": new Uint8Array(8), "blk00000.dat": blockFile(CHAIN.blocks) }, ""],
  [
    "one file with XOR",
    { "xor.dat": KEY, "blk00001.dat": blockFile(CHAIN.blocks, { xor: KEY }) },
    "blk00001.dat",
  ],
  ["a file with room ahead", { "blk00000.dat": blockFile(CHAIN.blocks, { zeros: 200_000 }) }, ""],
  ["gzip", { "blk00000.dat.gz": gzipSync(blockFile(CHAIN.blocks)) }, ""],
  [
    "files that are one block each",
    Object.fromEntries(CHAIN.blocks.map((b) => [`${b.hash}.blk`, b.bytes])),
    "",
  ],
  ["blocks out of order", { "blk00000.dat": blockFile([...CHAIN.blocks].reverse()) }, ""],
  [
    "blocks that are there twice",
    { "blk00000.dat": blockFile(CHAIN.blocks), "blk00001.dat": blockFile(SECOND) },
    "",
  ],
] as const) {
  test(`${form} gives the chain from its first block to its last`, async (t) => {
    const { chain, blocks, gaps } = await readBlocks(join(madeFolder(t, files), path));
    assert.deepEqual(
      blocks.map(({ hash }) => hash),
      HASHES,
    );
    assert.deepEqual(
      blocks.map(({ height }) => height),
      HASHES.map((_, height) => height),
    );
    assert.deepEqual(gaps, []);
    assert.equal(chain.network, "btc-regtest");
    assert.equal(chain.firstHeight, 0);
    assert.deepEqual(chain.tip, {
      height: 39,
      hash: HASHES[39],
      atMicros: (CHAIN.blocks[39]?.atSeconds ?? 0) * 1e6,
    });
  });
}

test("a block is told with its file and the offset of its header in it", async (t) => {
  const folder = madeFolder(t, { "blk00000.dat": blockFile(FIRST), "blk00001.dat": blockFile(SECOND) });
  const { context, blocks } = await readBlocks(folder, ({ bytes, at, end, height }) => {
    assert.deepEqual(bytes.slice(at, end), CHAIN.blocks[height ?? -1]?.bytes);
  });
  assert.deepEqual(context.paths, [folder, join(folder, "blk00000.dat"), join(folder, "blk00001.dat")]);
  assert.deepEqual([blocks[0]?.evidence, blocks[0]?.atByte], ["e2", 8]);
  assert.deepEqual([blocks[25]?.evidence, blocks[25]?.atByte], ["e3", 8]);
  assert.equal(blocks[1]?.atByte, 8 + (FIRST[0]?.bytes.length ?? 0) + 8);
});

test("blocks are given from a height on, and none behind the tip", async (t) => {
  const context = chainContext();
  const chain = await BLOCKS.open(madeFolder(t, { "blk00000.dat": blockFile(CHAIN.blocks) }), context);
  assert.ok(chain.kind === "blocks");
  for (const [from, count] of [
    [0, 40],
    [38, 2],
    [39, 1],
    [40, 0],
  ] as const) {
    let seen = 0;
    for await (const { height } of chain.blocks(from)) assert.equal(height, from + seen++);
    assert.equal(seen, count);
  }
  await chain.close();
});

test("outputs are found by their transaction, whatever it is", async (t) => {
  const context = chainContext();
  const chain = await BLOCKS.open(madeFolder(t, { "blk00000.dat": blockFile(CHAIN.blocks) }), context);
  assert.ok(chain.kind === "blocks");
  const { txid } = CHAIN.blocks[30]?.txs[0] ?? assert.fail();
  const wanted = [
    { txid, vout: 0 },
    { txid, vout: 1 },
    { txid: "ab".repeat(32), vout: 0 },
  ];
  const output = CHAIN.blocks[30]?.txs[0]?.outputs[0];
  assert.deepEqual([...(await chain.outputs(wanted))], [[`${txid}:0`, output]]);
  assert.equal((await chain.outputs([])).size, 0);
  await chain.close();
});

test("what is no source of blocks is told so", async (t) => {
  const folder = madeFolder(t, {
    "empty/xor.dat": KEY,
    "text/notes.txt": Buffer.from("nothing to see here"),
    "key/xor.dat": Uint8Array.of(1, 2, 3),
    "key/blk00000.dat": blockFile(CHAIN.blocks),
    "dash/blk00000.dat": blockFile(CHAIN.blocks, { network: "dash" }),
  });
  for (const [path, says] of [
    ["none", /Cannot read blocks of .*none: no such file or folder/],
    ["empty", /Cannot read blocks of .*empty: it holds no file/],
    ["text", /holds a block/],
    ["key", /xor\.dat has 3 bytes, 8 are expected/],
    ["dash", /X11/],
  ] as const) {
    const opened = BLOCKS.open(join(folder, path), chainContext());
    await assert.rejects(opened, (error) => {
      assert.ok(error instanceof PaydirtError, String(error));
      assert.equal(error.code, "bad-source");
      assert.match(error.message, says);
      return true;
    });
  }
});
