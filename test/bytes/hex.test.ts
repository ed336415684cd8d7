import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bytesToHex, hexToBytes } from "../../src/bytes/hex.ts";

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
