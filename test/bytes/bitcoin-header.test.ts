import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { meetsBits, toldHeight, workOf } from "../../src/bytes/bitcoin-header.ts";
import { hexToHash } from "../../src/bytes/hex.ts";
import { MadeChain } from "../kit/chain/made-chain.ts";

/** What the bits allow, worked out in whole numbers. */
function limitOf(bits: number): bigint {
  const mantissa = BigInt(bits & 0xffffff);
  const exponent = (bits >>> 24) - 3;
  return exponent < 0 ? mantissa >> BigInt(-8 * exponent) : mantissa << BigInt(8 * exponent);
}

test("work is what a header of these bits takes on average", () => {
  // Bitcoin's first difficulty: 2^32 hashes and a few; block 702,861: 19.0 trillion times as many.
  assert.equal(workOf(0x1d00ffff), 4_295_032_833);
  assert.ok(Math.abs(workOf(0x170ed0eb) / 2 ** 32 / 18_997_641_161_758 - 1) < 1e-4);
  assert.equal(workOf(0x207fffff), 2);
  for (const bits of [0, 0x1d000000, 0x1d800000, 0x23000001, 0xff00ffff]) assert.equal(workOf(bits), 0);
});

test("a hash is within its bits exactly where whole numbers say so", () => {
  const bits = fc.tuple(fc.integer({ min: 1, max: 0x7fffff }), fc.integer({ min: 3, max: 32 }));
  const near = fc.bigInt({ min: -3n, max: 3n });
  fc.assert(
    fc.property(bits, near, fc.boolean(), ([mantissa, exponent], by, isNear) => {
      const told = ((exponent << 24) | mantissa) >>> 0;
      const value = isNear ? limitOf(told) + by : limitOf(told) * 3n;
      if (value < 0n || value >= 1n << 256n) return;
      const hash = hexToHash(value.toString(16).padStart(64, "0")) ?? assert.fail();
      assert.equal(meetsBits(hash, told), value <= limitOf(told));
    }),
  );
});

test("the hash of the first block meets its bits, and no easier hash does", () => {
  const hex = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
  const genesis = hexToHash(hex) ?? assert.fail();
  assert.equal(meetsBits(genesis, 0x1d00ffff), true);
  assert.equal(meetsBits(genesis, 0x1b04864c), false);
  assert.equal(meetsBits(new Uint8Array(32), 0), false);
});

test("a coinbase tells its height, of one byte or four, and none where there is none", () => {
  const chain = new MadeChain();
  const heights = Array.from({ length: 200 }, () => {
    const { bytes } = chain.mine([]);
    return toldHeight(bytes, 0, bytes.length);
  });
  // OP_0 is a push of nothing: Bitcoin Core writes it for height 0, where nobody needs to be told.
  assert.deepEqual(heights, [-1, ...Array.from({ length: 199 }, (_, i) => i + 1)]);
  const { bytes } = chain.blocks[150] ?? assert.fail();
  assert.equal(toldHeight(bytes, 0, 100), -1, "cut before it");
  const old = chain.mine([], { version: 1 });
  assert.equal(toldHeight(old.bytes, 0, old.bytes.length), -1, "a version that has none");
});
