import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readLeb128 } from "../../src/bytes/varint.ts";

function leb128(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt(value);
  for (; rest >= 128n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...out, Number(rest));
}

const EDGES = [0, 1, 127, 128, 16_383, 16_384, 2 ** 49 - 1, 2 ** 49, 2 ** 53 - 1];

test("round-trips up to 2^53 - 1, at any offset, and is null when cut", () => {
  const check = (value: number, before: number) => {
    const bytes = leb128(value);
    const padded = Uint8Array.of(...new Uint8Array(before), ...bytes, 0xff);
    assert.deepEqual(readLeb128(padded, before), { value, next: before + bytes.length });
    for (let cut = 0; cut < bytes.length; cut++) assert.equal(readLeb128(bytes.subarray(0, cut), 0), null);
  };
  for (const value of EDGES) check(value, 3);
  fc.assert(fc.property(fc.maxSafeNat(), fc.nat(5), check));
});

test("numbers above 2^53 - 1 are refused", () => {
  assert.equal(readLeb128(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10), 0), null);
  assert.equal(readLeb128(new Uint8Array(1000).fill(0xff), 0), null);
});

test("numbers written longer than needed are refused", () => {
  assert.equal(readLeb128(Uint8Array.of(0x81, 0x00), 0), null);
});
