import assert from "node:assert/strict";
import { createECDH } from "node:crypto";
import { test } from "node:test";
import { uncompressedKey } from "../../src/bytes/secp256k1.ts";

test("OpenSSL's public keys come out of their first coordinate", () => {
  const ecdh = createECDH("secp256k1");
  for (let key = 1; key <= 40; key++) {
    ecdh.setPrivateKey(Buffer.alloc(32, key));
    const whole = new Uint8Array(ecdh.getPublicKey());
    const isOdd = ((whole[64] ?? 0) & 1) === 1;
    assert.deepEqual(uncompressedKey(whole.slice(1, 33), isOdd), whole);
    assert.notDeepEqual(uncompressedKey(whole.slice(1, 33), !isOdd), whole);
  }
});

test("what is on no point of the curve, or beyond the field, is no key", () => {
  const five = new Uint8Array(32);
  five[31] = 5;
  assert.equal(uncompressedKey(five, false), null);
  assert.equal(uncompressedKey(new Uint8Array(32).fill(0xff), true), null);
});
