import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedFeatures } from "../../../../src/follow/bitcoin/change/features.ts";
import { madeTx, times } from "../../../kit/chain/made-tx.ts";

test("every output of a large transaction is compared in a moment", () => {
  const many = madeTx("many", { in: times(30_000, { sats: 1 }), out: [{ sats: 1 }] });
  const one = madeTx("one", { in: [{ sats: 1 }], out: [{ sats: 1 }] });
  const begun = performance.now();
  for (let output = 0; output < 30_000; output++) {
    assert.equal(comparedFeatures(one, many).different.length, 0);
  }
  assert.ok(performance.now() - begun < 5_000);
});
