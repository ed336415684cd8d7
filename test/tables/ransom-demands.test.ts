import assert from "node:assert/strict";
import { test } from "node:test";
import { demandOf, parseBand } from "../../src/tables/ransom-demands.ts";

test("a band is read in dollars or bitcoin, as a range or one amount", () => {
  assert.deepEqual(parseBand("250-350"), { unit: "usd", low: "250", high: "350" });
  assert.deepEqual(parseBand(" 250 – 350 USD "), { unit: "usd", low: "250", high: "350" });
  assert.deepEqual(parseBand("0.4-1.2btc"), { unit: "btc", low: "0.4", high: "1.2" });
  assert.deepEqual(parseBand("2BTC"), { unit: "btc", low: "2", high: "2" });
});

test("what is no band is null: turned round, nothing, too fine, another coin", () => {
  for (const text of ["", "350-250", "0", "0-0btc", "0.123456789btc", "1-2eth", "1e3", "-5", "5-", "a-b"]) {
    assert.equal(parseBand(text), null, text);
  }
  assert.equal(parseBand("9".repeat(100)), null);
});

test("families are found however a list writes them, and those with a price for each victim are not", () => {
  assert.equal(demandOf("WannaCry 2.0"), demandOf("Wannacry"));
  assert.deepEqual(demandOf("locky")?.bands, [{ unit: "btc", low: "0.5", high: "1" }]);
  assert.equal(demandOf("Ryuk"), null);
  assert.equal(demandOf("Locky.Odin"), null);
  assert.equal(demandOf(""), null);
});

test("every band of the table is one that a user could write", () => {
  for (const family of ["wannacry", "locky", "cryptolocker", "notpetya", "cryptxxx", "qlocker"]) {
    const known = demandOf(family);
    assert.ok(known !== null && known.source.length > 10, family);
    for (const { low, high, unit } of known.bands) {
      assert.deepEqual(parseBand(`${low}-${high}${unit}`), { unit, low, high });
    }
  }
});
