import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { NameIndex } from "../../src/tables/name-index.ts";
import { packageRoot } from "../../src/tables/package-root.ts";
import { loadPools, POOL_IP_DAYS } from "../../src/tables/pools.ts";

const pools = loadPools();
const tsv = (name: string) =>
  readFileSync(join(packageRoot(), "data", "pools", name), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"));
const number = (ip: string) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

const NAMES = [
  ["pool.minexmr.com", "pool.minexmr.com"],
  ["POOL.MineXMR.com.", "pool.minexmr.com"],
  ["nowhere-listed.minexmr.com", "minexmr.com"],
  ["ws027.authedmine.com", "authedmine.com"],
  ["coinhive.com", "coinhive.com"],
  ["xmr-eu1.nanopool.org", "xmr-eu1.nanopool.org"],
  ["donate.v2.xmrig.com", "donate.v2.xmrig.com"],
  ["d1pool.ddns.net", "d1pool.ddns.net"],
  ["minexmr.com.evil.org", null],
  ["pool.minexmr.com.evil.org", null],
  ["evilminexmr.com", null],
  ["xminexmr.com", null],
  ["xmrig.com", null],
  ["www.xmrig.com", null],
  ["ddns.net", null],
  ["other.ddns.net", null],
  ["under.d1pool.ddns.net", null],
  ["www.bitcoin.com", null],
  ["github.com", null],
  ["kinogo.kz", null],
  ["com", null],
  ["", null],
  [".", null],
  ["é.minexmr.com", null],
] as const;

for (const [name, matched] of NAMES) {
  test(`${JSON.stringify(name)} matches ${matched ?? "nothing"}`, () => {
    assert.equal(pools.matchHost(name)?.matched ?? null, matched);
  });
}

test("names are matched where they stand in a larger buffer", () => {
  const bytes = new TextEncoder().encode("xx.pool.minexmr.com.evil.org");
  assert.equal(pools.matchName(bytes, 3, 19)?.matched, "pool.minexmr.com");
  assert.equal(pools.matchName(bytes, 3, bytes.length), null);
  assert.equal(pools.matchName(bytes, 5, 5), null);
});

test("the index answers as a plain search of labels does", () => {
  const rows = [
    { scope: "domain", name: "b.c" },
    { scope: "host", name: "a.b.c" },
    { scope: "host", name: "c.c" },
    { scope: "domain", name: "a.c" },
  ] as const;
  const index = new NameIndex<(typeof rows)[number]>(rows, (row) => row.name);
  const plain = (name: string) => {
    const exact = rows.find((row) => row.name === name);
    const above = rows.filter((row) => row.scope === "domain" && name.endsWith(`.${row.name}`));
    return (exact ?? above.sort((x, y) => y.name.length - x.name.length)[0])?.name ?? null;
  };
  const label = fc.constantFrom("a", "b", "c");
  fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 5 }), (labels) => {
      const name = labels.join(".");
      const bytes = new TextEncoder().encode(name);
      assert.equal(index.match(bytes, 0, bytes.length)?.name ?? null, plain(name));
    }),
  );
});

test("a dated address counts for so many days on either side, and not a microsecond longer", () => {
  const day = Date.UTC(2018, 4, 13) * 1000;
  const slack = POOL_IP_DAYS * 86_400e6;
  const matches = (atMicros: number) => pools.matchIp("94.23.199.191", atMicros)?.pool ?? null;
  assert.equal(matches(day - slack), "Flypool");
  assert.equal(matches(day - slack - 1), null);
  assert.equal(matches(day + 86_400e6 + slack), "Flypool");
  assert.equal(matches(day + 86_400e6 + slack + 1), null);
  assert.equal(pools.matchIp("192.0.2.1", day), null);
});

test("where two lists date an address, the nearer one answers", () => {
  const at = (text: string) => Date.parse(text) * 1000;
  assert.match(pools.matchIp("94.130.64.225", at("2018-06-01"))?.source ?? "", /sMaSheD/);
  assert.match(pools.matchIp("94.130.64.225", at("2019-05-28"))?.source ?? "", /maltrail/);
});

test("the fast check holds for every address of the table and for no other", () => {
  const known = new Set(pools.rows.filter((row) => row.scope === "ip").map((row) => number(row.matched)));
  assert.ok(known.size > 400);
  for (const address of known) {
    assert.ok(pools.mayBePoolIp4(address));
    assert.ok(pools.mayBePoolIp4(address | 0));
    assert.equal(pools.mayBePoolIp4(address + 1), known.has(address + 1));
  }
  assert.equal(pools.mayBePoolIp4(0), false);
  fc.assert(fc.property(fc.nat(0xffffffff), (address) => pools.mayBePoolIp4(address) === known.has(address)));
});

test("every row has a source and a date, and an address has a day", () => {
  for (const row of pools.rows) {
    assert.match(row.seen, row.scope === "ip" ? /^20\d\d-\d\d-\d\d$/ : /^20\d\d(-\d\d){0,2}$/, row.matched);
    assert.ok(row.source.length > 0 && row.pool.length > 0);
    assert.ok(row.coin === null || row.coin === row.coin.toLowerCase());
    assert.ok(
      row.ports.every((port) => port > 0 && port < 65_536),
      row.matched,
    );
  }
});

test("no whole domain is a generic one", () => {
  const generic = new Set(tsv("generic-domains.tsv").map(([domain]) => domain));
  for (const row of pools.rows) {
    if (row.scope !== "domain") continue;
    assert.ok(row.matched.includes("."), row.matched);
    assert.equal(generic.has(row.matched), false, row.matched);
  }
});

test("no address lies in a range that many sites share, or in a private one", () => {
  const ranges = tsv("shared-addresses.tsv").map(([range = ""]) => range);
  for (const range of [...ranges, "10.0.0.0/8", "127.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12"]) {
    const [base = "", bits = ""] = range.split("/");
    const size = 2 ** (32 - Number(bits));
    assert.equal(number(base) % size, 0, `${range} begins off its own boundary`);
    for (const row of pools.rows) {
      const inside =
        row.scope === "ip" && Math.floor(number(row.matched) / size) === Math.floor(number(base) / size);
      assert.ok(!inside, `${row.matched} lies in ${range}`);
    }
  }
});

test("the files that were read are told with their hashes", () => {
  assert.equal(pools.files.length, 4);
  for (const file of pools.files) {
    assert.match(file.sha256, /^[0-9a-f]{64}$/);
    assert.ok(file.source.length > 0);
  }
});
