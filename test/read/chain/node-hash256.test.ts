import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hash256 } from "../../../src/bytes/hash256.ts";
import { nodeHash256 } from "../../../src/read/chain/node-hash256.ts";

test("OpenSSL and the library hash alike, twice", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => assert.deepEqual([...nodeHash256(bytes)], [...hash256(bytes)])),
  );
});
