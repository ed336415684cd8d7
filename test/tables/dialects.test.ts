import assert from "node:assert/strict";
import { test } from "node:test";
import { compileShape } from "../../src/read/capture/stratum/shape.ts";
import { isBitcoinHeight, isMinerAgent } from "../../src/tables/dialect-coins.ts";
import { DIALECTS, dialectById } from "../../src/tables/dialects.ts";
import { MONERO_FORKS } from "../../src/tables/monero-forks.ts";

test("dialects have one id each, and the catch-all of the mining.* family stands behind its kin", () => {
  const ids = DIALECTS.map((dialect) => dialect.id);
  assert.deepEqual([...new Set(ids)], ids);
  const kin = ["ethereum-stratum-2", "ethereum-stratum-1", "kawpow", "zcash"].map((id) => ids.indexOf(id));
  assert.ok(Math.min(...kin) >= 0 && Math.max(...kin) < ids.indexOf("stratum-v1"));
});

for (const dialect of DIALECTS) {
  test(`every row of ${dialect.id} is in the table's language and selects by one name at most`, () => {
    for (const row of dialect.messages) {
      compileShape(row);
      assert.ok(row.method === undefined || row.type === undefined);
      assert.ok(row.method !== undefined || row.type !== undefined || Object.keys(row.needs).length > 0);
    }
  });

  test(`a share of ${dialect.id} is proof of mining`, () => {
    for (const row of dialect.messages.filter(({ means }) => means === "submit")) {
      assert.notEqual(row.proof, "none");
      assert.ok(row.takes?.nonce !== undefined);
    }
  });
}

test("compileShape() refuses a path or a format that is not in the language", () => {
  const row = { means: "message", from: "server", proof: "none" } as const;
  assert.throws(() => compileShape({ ...row, needs: { "params.0[8]": "hex" } }), TypeError);
  assert.throws(() => compileShape({ ...row, needs: { params: "hexagon" } }), TypeError);
});

test("dialectById() finds rows by id", () => {
  assert.equal(dialectById("zcash")?.workUnit, "solutions");
  assert.equal(dialectById("nothing"), null);
});

test("Monero's upgrades ascend in version, height and day", () => {
  for (const [i, fork] of MONERO_FORKS.entries()) {
    const before = MONERO_FORKS[i - 1];
    if (before === undefined) continue;
    assert.ok(fork.version === before.version + 1 && fork.height > before.height && fork.from > before.from);
  }
});

test("isBitcoinHeight() tells Bitcoin from its twin and from other chains", () => {
  const may2018 = Date.UTC(2018, 4, 19) / 1000;
  assert.ok(isBitcoinHeight(523_347, may2018));
  assert.ok(!isBitcoinHeight(530_844, may2018));
  assert.ok(!isBitcoinHeight(872_439, may2018));
  assert.ok(!isBitcoinHeight(1, Date.UTC(1999, 0, 1) / 1000));
});

test("isMinerAgent() goes by the start of the name", () => {
  assert.ok(isMinerAgent("XMRig/6.12.1 (Linux x86_64)"));
  assert.ok(!isMinerAgent("curl/8.0 like XMRig"));
});
