import assert from "node:assert/strict";
import { test } from "node:test";
import { addressNetworks } from "../../src/tables/address-networks.ts";
import { familyStart } from "../../src/tables/family-starts.ts";
import { namesIn } from "../../src/tables/label-names.ts";
import { tagCategory } from "../../src/tables/tag-categories.ts";

const LABELS: readonly (readonly [string, readonly string[]])[] = [
  ["Huobi.com", ["huobi"]],
  ["REvil / Sodinokibi", ["revil", "sodinokibi"]],
  ["Netwalker (Mailto)", ["netwalker", "mailto"]],
  ["WannaCry 2.0", ["wannacry20"]],
  [" ( / ) ", []],
];

for (const [label, names] of LABELS) {
  test(`the names in ${JSON.stringify(label)}`, () => assert.deepEqual(namesIn(label), names));
}

test("a family is found by any of its names", () => {
  assert.equal(familyStart("REvil / Sodinokibi")?.since, "2019-04");
  assert.equal(familyStart("Razy")?.sinceMicros, Date.UTC(2016, 6, 1) * 1000);
  assert.equal(familyStart("Nobody"), null);
});

test("a category is found however it is spelt", () => {
  assert.equal(tagCategory("Mixing Service")?.stop, "service");
  assert.equal(tagCategory("coinjoin")?.stop, "coinjoin");
  assert.equal(tagCategory("user")?.stop, null);
  assert.equal(tagCategory("constructor"), null);
  assert.equal(tagCategory(null), null);
});

const ADDRESSES: readonly (readonly [string, readonly string[]])[] = [
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ["btc"]],
  ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", []],
  ["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", ["btc"]],
  ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", []],
  ["tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", ["btc-testnet3", "btc-testnet4", "btc-signet"]],
  ["LaMT348PWRnrqeeWArpwQPbuanpXDZGEUz", ["ltc"]],
  ["", []],
  ["1", []],
];

for (const [address, networks] of ADDRESSES) {
  test(`"${address}" is an address of ${networks.join(", ") || "no network"}`, () => {
    assert.deepEqual(addressNetworks(address), networks);
  });
}
