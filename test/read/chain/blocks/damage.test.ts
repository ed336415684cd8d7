import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PaydirtError } from "../../../../src/model/error.ts";
import { BLOCKS } from "../../../../src/read/chain/blocks/index.ts";
import { blockFile, xored } from "../../../kit/chain/block-file.ts";
import { madeFolder, type ReadBlocks, readBlocks } from "../../../kit/chain/block-folder.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { MadeChain } from "../../../kit/chain/made-chain.ts";
import { flipped } from "../../../kit/damage.ts";
import { join as joined } from "../../../kit/octets.ts";
import { random } from "../../../kit/random.ts";

const CHAIN = new MadeChain();
for (let i = 0; i < 6; i++) CHAIN.mine([]);
const FILE = blockFile(CHAIN.blocks);
const LENGTHS = CHAIN.blocks.map(({ bytes }) => bytes.length + 8);
const ENDS = LENGTHS.map((_, i) => LENGTHS.slice(0, i + 1).reduce((sum, length) => sum + length, 0));

/** What is left of a damaged file; null where no block is. */
async function readAnyway(folder: string, file: Uint8Array): Promise<ReadBlocks | null> {
  writeFileSync(join(folder, "blk00000.dat"), file);
  try {
    return await readBlocks(folder);
  } catch (error) {
    if (error instanceof PaydirtError && error.code === "bad-source") return null;
    throw error;
  }
}

test("a file cut at any byte gives the blocks before, and says where it is cut", async (t) => {
  const folder = madeFolder(t, {});
  for (let length = ENDS[0] ?? 0; length < FILE.length; length++) {
    const read = await readAnyway(folder, FILE.slice(0, length));
    const whole = ENDS.filter((end) => end <= length).length;
    assert.equal(read?.blocks.length, whole, `${length} bytes`);
    const left = length - (ENDS[whole - 1] ?? 0);
    const [gap] = read.context.gaps();
    assert.equal(gap?.code, left === 0 ? undefined : left < 8 ? "stray-bytes" : "truncated-file");
    if (gap !== undefined) assert.deepEqual([gap.place.atByte, gap.place.byteLength], [length - left, left]);
  }
});

test("stray bytes are told with their place, and reading goes on behind them", async (t) => {
  const [first, ...rest] = CHAIN.blocks;
  const stray = Buffer.from("nobody knows what this is, and nobody asks");
  const file = joined(blockFile([first ?? assert.fail()]), stray, blockFile(rest));
  const { blocks, context } = await readBlocks(madeFolder(t, { "blk00000.dat": file }));
  assert.equal(blocks.length, 6);
  const [gap, none] = context.gaps();
  assert.deepEqual(
    [gap?.code, gap?.place.atByte, gap?.place.byteLength],
    ["stray-bytes", ENDS[0], stray.length],
  );
  assert.equal(none, undefined);
});

test("a length that swallows the next block is told, and the next block is found", async (t) => {
  const file = FILE.slice();
  const at = ENDS[1] ?? 0;
  new DataView(file.buffer).setUint32(at + 4, (LENGTHS[2] ?? 0) + 40, true);
  const { blocks, gaps } = await readBlocks(madeFolder(t, { "blk00000.dat": file }));
  assert.deepEqual(
    blocks.map(({ height }) => height),
    [0, 1, 3, 4, 5],
  );
  assert.match(gaps.join("\n"), /^malformed-block: 48 bytes behind the last transaction/m);
  assert.match(gaps.join("\n"), /^missing-blocks: 1 block is missing before height 3/m);
});

test("bytes that change anywhere end in gaps, never in an exception", async (t) => {
  const folder = madeFolder(t, {});
  const by = random(7);
  for (const count of [1, 2, 10, 100]) {
    for (let left = 60; left > 0; left--) await readAnyway(folder, flipped(FILE, count, by));
  }
  assert.equal((await readAnyway(folder, FILE))?.blocks.length, 6);
});

test("zeros, noise and nothing at all are no source", async (t) => {
  const folder = madeFolder(t, {});
  assert.equal(await readAnyway(folder, new Uint8Array(0)), null);
  assert.equal(await readAnyway(folder, new Uint8Array(300_000)), null);
  assert.equal(await readAnyway(folder, random(1).bytes(300_000)), null);
});

test("a magic on every fourth byte of a large file is searched through in a moment", async (t) => {
  const noise = new Uint8Array(4 << 20);
  for (let at = 0; at < noise.length; at += 4) noise.set([0xfa, 0xbf, 0xb5, 0xda], at);
  const { blocks } = await readBlocks(madeFolder(t, { "blk00000.dat": joined(FILE, noise) }));
  assert.equal(blocks.length, 6);
});

test("lengths that reach over each other are looked into a hundred times, and no more", async (t) => {
  const noise = new Uint8Array(8 << 20);
  for (let at = 0; at < noise.length; at += 8) noise.set([0xfa, 0xbf, 0xb5, 0xda, 1, 0, 0x40, 0], at);
  const { gaps } = await readBlocks(madeFolder(t, { "blk00000.dat": joined(FILE, noise) }));
  assert.ok(gaps.some((gap) => gap.startsWith("malformed-block")));
});

test("files with XOR whose key is lost and not found are told as what they are", async (t) => {
  // Its first block has a block before it, and regtest's hashes do not end with zeros.
  const file = xored(FILE.subarray(ENDS[0]), Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2));
  const folder = madeFolder(t, { "blk00000.dat": file, "blk00001.dat": FILE });
  const { gaps, blocks } = await readBlocks(folder);
  assert.equal(blocks.length, 6);
  assert.match(gaps.join(), /^unrecognised: no block in a form that is read; if xor.dat lies elsewhere/);
});

test("a block whose transactions do not fit it is told once, by whoever reads them", async (t) => {
  const file = FILE.slice();
  // The number of inputs of the third block's coinbase.
  const at = (ENDS[1] ?? 0) + 8 + 80 + 1 + 4;
  assert.equal(file[at], 1);
  file[at] = 200;
  const folder = madeFolder(t, { "blk00000.dat": file });
  const context = chainContext();
  const chain = await BLOCKS.open(folder, context);
  assert.ok(chain.kind === "blocks");
  const wanted = [{ txid: "ab".repeat(32), vout: 0 }];
  for (const _ of [1, 2]) assert.equal((await chain.outputs(wanted)).size, 0);
  await chain.close();
  const [gap, none] = context.gaps();
  assert.match(gap?.says ?? "", /^transaction 0: 200 inputs do not fit into the \d+ bytes left$/);
  assert.deepEqual([gap?.code, gap?.count, gap?.place.atByte], ["malformed-block", 1, (ENDS[1] ?? 0) + 8]);
  assert.equal(none, undefined);
});

test("a file that the system refuses is a gap, and the others are read", async (t) => {
  const folder = madeFolder(t, { "blk00000.dat": FILE });
  symlinkSync(join(folder, "gone"), join(folder, "blk00001.dat"));
  const { gaps, blocks } = await readBlocks(folder);
  assert.equal(blocks.length, 6);
  assert.equal(gaps.length, 1);
  assert.match(gaps[0] ?? "", /^unreadable: Cannot read blk00001\.dat: no such file or folder/);
});

test("compressed data that end early give what they hold", async (t) => {
  const packed = gzipSync(FILE, { level: 0 });
  const folder = madeFolder(t, { "blk00000.dat.gz": packed.subarray(0, (ENDS[3] ?? 0) + 20) });
  const { gaps, blocks } = await readBlocks(folder);
  assert.ok(blocks.length >= 3);
  assert.match(gaps.join("\n"), /^malformed-gzip: /m);
});

test("a file that becomes shorter while it is read is a source that failed", async (t) => {
  const folder = madeFolder(t, { "blk00000.dat": FILE });
  const context = chainContext();
  const chain = await BLOCKS.open(folder, context);
  assert.ok(chain.kind === "blocks");
  writeFileSync(join(folder, "blk00000.dat"), FILE.subarray(0, 300));
  const reading = (async () => {
    for await (const view of chain.blocks(null)) assert.fail(`block ${view.hash}`);
  })();
  await assert.rejects(reading, { code: "bad-source" });
  await chain.close();
  assert.deepEqual(
    context.gaps().map(({ code }) => code),
    ["source-failed"],
  );
});
