import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { BlockLayout } from "../../src/bytes/bitcoin-layout.ts";
import { decodeTx, readLoneTx, strippedTx } from "../../src/bytes/bitcoin-tx.ts";
import { hash256 } from "../../src/bytes/hash256.ts";
import { hashToHex, hexToBytes } from "../../src/bytes/hex.ts";
import { dataPath } from "../kit/data.ts";

const NULL_HASH = "00".repeat(32);

/** A coinbase, then a transaction of two inputs with a witness, as BIP 144 has it. */
const COINBASE = `01000000 01 ${NULL_HASH} ffffffff 03 020304 ffffffff 01 00f2052a01000000 01 51 00000000`;
const SPEND =
  `02000000 0001 02 ${"aa".repeat(32)} 01000000 00 feffffff ${"bb".repeat(32)} 00000000 01 51 ffffffff ` +
  "02 1000000000000000 00 ffffffffffffff7f 02 6a00 00 02 01ab 00 07000000";
const BLOCK = bytes(`${"11".repeat(80)} 02 ${COINBASE} ${SPEND}`);

function bytes(hex: string): Uint8Array {
  const read = hexToBytes(hex.replaceAll(" ", ""));
  assert.ok(read !== null);
  return read;
}

function fault(block: Uint8Array): string | null {
  return new BlockLayout().read(block, 0, block.length);
}

test("a block's transactions, inputs and outputs are where they stand", () => {
  const layout = new BlockLayout();
  const shifted = Uint8Array.of(9, 9, 9, ...BLOCK, 9);
  assert.equal(layout.read(shifted, 3, shifted.length - 1), null);
  assert.equal(layout.txCount, 2);
  assert.deepEqual([...layout.inputFirst.subarray(0, 3)], [0, 1, 3]);
  assert.deepEqual([...layout.outputFirst.subarray(0, 3)], [0, 1, 3]);
  assert.deepEqual([...layout.hasWitness.subarray(0, 2)], [0, 1]);
  assert.equal(layout.txAt[0], 3 + 81);
  assert.equal(layout.txAt[1], layout.txEnd[0]);
  assert.equal(layout.txEnd[1], shifted.length - 1);
  assert.equal(shifted[layout.inputAt[1]!], 0xaa);
  assert.equal(shifted[layout.inputAt[2]!], 0xbb);
  const { inputs, outputs, locktime, version, coinbase } = decodeTx(shifted, layout, 1);
  assert.deepEqual([version, locktime, coinbase], [2, 7, null]);
  assert.deepEqual(
    inputs.map(({ vout, sequence }) => [vout, sequence]),
    [
      [1, 0xfffffffe],
      [0, 0xffffffff],
    ],
  );
  assert.deepEqual(
    outputs.map(({ valueSats }) => valueSats),
    [16n, 2n ** 63n - 1n],
  );
  assert.deepEqual([...(outputs[1]?.script ?? [])], [0x6a, 0]);
  assert.deepEqual([...(decodeTx(shifted, layout, 0).coinbase ?? [])], [2, 3, 4]);
  assert.deepEqual(decodeTx(shifted, layout, 0).inputs, []);
  assert.throws(() => decodeTx(shifted, layout, 2), RangeError);
});

test("a transaction alone is stripped of its witness for its id", () => {
  const read = readLoneTx(bytes(SPEND));
  assert.ok(typeof read !== "string");
  const stripped = bytes(SPEND.replace("0001 02", "02").replace(" 00 02 01ab 00 07", " 07"));
  assert.deepEqual(read.stripped, stripped);
  assert.equal(readLoneTx(bytes(`${SPEND}00`)), "1 bytes behind the last transaction");
});

test("a block that is cut, at any byte, is a fault", () => {
  for (let length = 0; length < BLOCK.length; length++) {
    const cut = BLOCK.slice(0, length);
    assert.equal(typeof fault(cut), "string", `${length} bytes`);
    // What lies behind the end is not the block's, and not looked at.
    assert.equal(typeof new BlockLayout().read(BLOCK, 0, length), "string", `${length} bytes lent`);
  }
  assert.equal(fault(Uint8Array.of(...BLOCK, 0)), "1 bytes behind the last transaction");
});

test("bits that flip never lead out of the block", () => {
  const flips = fc.array(fc.nat({ max: BLOCK.length * 8 - 1 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(flips, (bits) => {
      const flipped = BLOCK.slice();
      for (const bit of bits) flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const layout = new BlockLayout();
      if (layout.read(flipped, 0, flipped.length) !== null) return;
      assert.equal(layout.txEnd[layout.txCount - 1], flipped.length);
      for (let i = 0; i < layout.txCount; i++) decodeTx(flipped, layout, i);
    }),
    { numRuns: 2000 },
  );
});

const HUGE = "ff ffffffffffffff7f";
for (const [what, block, says] of [
  ["transactions", `${"11".repeat(80)} ${HUGE} ${COINBASE}`, /^92\d+ transactions do not fit into/],
  ["inputs", `${"11".repeat(80)} 01 01000000 ${HUGE} ${COINBASE}`, /^transaction 0: 92\d+ inputs do not fit/],
  [
    "script bytes",
    `${"11".repeat(80)} 01 01000000 01 ${"00".repeat(36)} ${HUGE} 00000000 01 ${"00".repeat(20)}`,
    /script of an input is cut/,
  ],
  [
    "outputs",
    `${"11".repeat(80)} 01 01000000 01 ${"00".repeat(36)} 00 ffffffff ${HUGE} ${"00".repeat(20)}`,
    /92\d+ outputs do not fit into the 20 bytes left/,
  ],
  [
    "witness items",
    `${"11".repeat(80)} 01 01000000 0001 01 ${"00".repeat(36)} 00 ffffffff 00 ${HUGE} 00000000`,
    /the witness is cut/,
  ],
] as const) {
  test(`2^63 - 1 ${what} are refused before anything is sized by them`, () => {
    assert.match(fault(bytes(block)) ?? "", says);
  });
}

test("no inputs and an unknown flag are faults", () => {
  const head = `${"11".repeat(80)} 01 01000000`;
  assert.match(fault(bytes(`${head} 00 00 ${"00".repeat(60)}`)) ?? "", /no inputs, and 0 is no flag/);
  assert.match(fault(bytes(`${head} 00 08 ${"00".repeat(60)}`)) ?? "", /no inputs, and 8 is no flag/);
  assert.match(fault(bytes(`${head} 0001 00 ${"00".repeat(60)}`)) ?? "", /number of inputs/);
});

test("the first payment, in block 170, has the id that everyone knows", (t) => {
  const path = dataPath("chain/blocks/jeffchan-blk00000.dat");
  if (path === null) return t.skip("needs ../shared/data/chain/blocks");
  const file = new Uint8Array(readFileSync(path));
  const view = new DataView(file.buffer);
  const layout = new BlockLayout();
  let at = 0;
  for (let height = 0; height < 170; height++) at += 8 + view.getUint32(at + 4, true);
  assert.equal(layout.read(file, at + 8, at + 8 + view.getUint32(at + 4, true)), null);
  assert.deepEqual(
    [0, 1].map((tx) => hashToHex(hash256(strippedTx(file, layout, tx)))),
    [
      "b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa78111c5082",
      "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16",
    ],
  );
  const { inputs, outputs } = decodeTx(file, layout, 1);
  assert.equal(inputs[0]?.txid, "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9");
  assert.deepEqual(
    outputs.map(({ valueSats }) => valueSats),
    [1_000_000_000n, 4_000_000_000n],
  );
});
