import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bytesToHex, hashToHex, hexToBytes, hexToHash } from "../../src/bytes/hex.ts";

test("hex agrees with Node's own, both ways", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = bytesToHex(bytes);
      assert.equal(text, Buffer.from(bytes).toString("hex"));
      assert.deepEqual(hexToBytes(text), bytes);
      assert.deepEqual(hexToBytes(text.toUpperCase()), bytes);
    }),
  );
});

test("what is no hex is null", () => {
  for (const text of ["0", "0x00", "zz", "00 11", "0g", "００"]) assert.equal(hexToBytes(text), null, text);
  assert.deepEqual(hexToBytes(""), new Uint8Array(0));
});

test("hashes are printed last byte first, and read so", () => {
  const hash = Uint8Array.from({ length: 34 }, (_, i) => i);
  const text = hashToHex(hash, 1);
  assert.match(text, /^201f1e.*030201$/);
  assert.deepEqual(hexToHash(text), hash.subarray(1, 33));
  assert.equal(hexToHash(text.slice(2)), null);
  assert.equal(hexToHash(`zz${text.slice(2)}`), null);
});
