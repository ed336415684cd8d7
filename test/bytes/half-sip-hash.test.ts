import assert from "node:assert/strict";
import { test } from "node:test";
import { HalfSipHash } from "../../src/bytes/half-sip-hash.ts";
import { bytesToHex } from "../../src/bytes/hex.ts";

const KEY = Uint8Array.from({ length: 8 }, (_, index) => index);

/** The result as its authors write it: 8 bytes, the lower half first, each half least significant first. */
function hashed(bytes: Uint8Array, at = 0, end = bytes.length): string {
  const hash = new HalfSipHash(KEY);
  hash.hash(bytes, at, end);
  const out = new DataView(new ArrayBuffer(8));
  out.setUint32(0, hash.low, true);
  out.setUint32(4, hash.high, true);
  return bytesToHex(new Uint8Array(out.buffer));
}

/** veorq/SipHash, vectors.h, vectors_hsip64: key 00 … 07, of 0 to 6 bytes 00, 01 …. */
const VECTORS = [
  "218d1f59b9b83cc8",
  "be552412f8387315",
  "064f39ef7c50eb57",
  "ce0f1a45f7060679",
  "d5e78a175be52ea1",
  "cb9d7c3f2f3db580",
  "ce3e91358aa2bc25",
];

for (const [length, expected] of VECTORS.entries()) {
  test(`${length} bytes have the fingerprint of the authors' own table`, () => {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    assert.equal(hashed(bytes), expected);
    assert.equal(hashed(Uint8Array.of(9, 9, 9, ...bytes, 9), 3, 3 + length), expected, "wherever it stands");
  });
}

test("one bit of the key changes the fingerprint, a key that is too short is refused", () => {
  const other = new HalfSipHash(KEY.map((byte, index) => (index === 7 ? byte ^ 0x80 : byte)));
  other.hash(KEY, 0, 8);
  const same = new HalfSipHash(KEY);
  same.hash(KEY, 0, 8);
  assert.notDeepEqual([other.low, other.high], [same.low, same.high]);
  assert.throws(() => new HalfSipHash(KEY.subarray(1)), RangeError);
});
