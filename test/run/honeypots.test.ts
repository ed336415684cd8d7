import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseMoneroAddress } from "../../src/bytes/monero-address.ts";
import { dataPath } from "../kit/data.ts";
import { investigated } from "../kit/investigated.ts";

/** Every run of 95 signs of base58 in a text that begins as a Monero address does. */
const LIKE_WALLETS = /(?<![1-9A-HJ-NP-Za-km-z])[48][1-9A-HJ-NP-Za-km-z]{94}(?![1-9A-HJ-NP-Za-km-z])/g;

test("two sensors' commands hold nine wallets, and the four on both make one cluster", async (t) => {
  const paths = ["245.133", "253.142"].flatMap(
    (end) => dataPath(`host/honeypot/deroux_cowrie_104.248.${end}_reduced.json`) ?? [],
  );
  if (paths.length < 2) return t.skip("needs ../shared/data/host beside the checkout");
  const valid = paths.map((path) => {
    const alike = new Set(readFileSync(path, "utf8").match(LIKE_WALLETS) ?? []);
    return new Set([...alike].filter((text) => parseMoneroAddress(text) !== null));
  });
  const [first = new Set(), second = new Set()] = valid;
  const { case: found } = await investigated(paths);

  const every = [...new Set([...first, ...second])].sort();
  assert.equal(every.length, 9);
  assert.deepEqual(found.wallets.map(({ address }) => address).sort(), every);

  const shared = [...first].filter((text) => second.has(text)).sort();
  assert.equal(shared.length, 4);
  assert.equal(found.clusters.length, 1);
  const [cluster] = found.clusters;
  assert.deepEqual(cluster?.shared.map(({ value }) => value).sort(), shared);
  const named = found.hosts.filter(({ id }) => cluster?.hosts.includes(id));
  assert.deepEqual(
    named.map(({ name, collector }) => `${name?.slice(-7)} ${collector}`),
    ["fra1-02 honeypot", "fra1-03 honeypot"],
  );
  assert.deepEqual(
    found.findings.filter(({ severity }) => severity !== "low" && severity !== "info"),
    [],
  );
});
