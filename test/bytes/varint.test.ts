import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCompactSize, readLeb128 } from "../../src/bytes/varint.ts";

function leb128(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt(value);
  for (; rest >= 128n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...out, Number(rest));
}

function compactSize(value: number): Uint8Array {
  const out = Buffer.alloc(9);
  if (value < 0xfd) return Uint8Array.of(value);
  if (value <= 0xffff) out.writeUInt16LE(value, 1);
  else if (value <= 0xffff_ffff) out.writeUInt32LE(value, 1);
  else out.writeBigUInt64LE(BigInt(value), 1);
  const [marker, length] = value <= 0xffff ? [0xfd, 3] : value <= 0xffff_ffff ? [0xfe, 5] : [0xff, 9];
  out[0] = marker;
  return Uint8Array.from(out.subarray(0, length));
}

const CODECS = [
  { name: "LEB128", write: leb128, read: readLeb128 },
  { name: "CompactSize", write: compactSize, read: readCompactSize },
];
const EDGES = [0, 1, 127, 128, 252, 253, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, 2 ** 53 - 1];

for (const { name, write, read } of CODECS) {
  test(`${name} round-trips up to 2^53 - 1, at any offset, and is null when cut`, () => {
    const check = (value: number, before: number) => {
      const bytes = write(value);
      const padded = Uint8Array.of(...new Uint8Array(before), ...bytes, 0xff);
      assert.deepEqual(read(padded, before), { value, next: before + bytes.length });
      for (let cut = 0; cut < bytes.length; cut++) assert.equal(read(bytes.subarray(0, cut), 0), null);
    };
    for (const value of EDGES) check(value, 3);
    fc.assert(fc.property(fc.maxSafeNat(), fc.nat(5), check));
  });
}

test("numbers above 2^53 - 1 are refused", () => {
  assert.equal(readLeb128(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10), 0), null);
  assert.equal(readLeb128(new Uint8Array(1000).fill(0xff), 0), null);
  assert.equal(readCompactSize(Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0x20, 0), 0), null);
  assert.equal(readCompactSize(new Uint8Array(9).fill(0xff), 0), null);
});

test("numbers written longer than needed are refused", () => {
  assert.equal(readLeb128(Uint8Array.of(0x81, 0x00), 0), null);
  assert.equal(readCompactSize(Uint8Array.of(0xfd, 0xfc, 0), 0), null);
  assert.equal(readCompactSize(Uint8Array.of(0xfe, 0xff, 0xff, 0, 0), 0), null);
  assert.equal(readCompactSize(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0), 0), null);
});
