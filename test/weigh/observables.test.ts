import assert from "node:assert/strict";
import { test } from "node:test";
import type { Facts } from "../../src/model/facts.ts";
import type { Finding } from "../../src/model/finding.ts";
import { bytesAt } from "../../src/model/place.ts";
import { listed, observables } from "../../src/weigh/observables.ts";
import { factsOf } from "../kit/facts.ts";
import { finding } from "../kit/sample-parts.ts";

const WALLET =
  "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";
const DONATION =
  "48edfHu7V9Z84YzzMa6fUueoELZ9ZRXq9VetWzYGzKt52XU5xvqgzYnDK9URnRoJMk1j8nLwEVsaSWJ4fhdUyZijBGUicoD";

/** A finding that rests on every record of the facts. */
function suspecting(facts: Facts): Finding[] {
  const records = [...facts.login, ...facts.autostart, ...facts.process, ...facts.connection];
  const basis = records.map(({ place }) => ({ place, how: "seen" as const, says: "", excerpt: null }));
  return [finding("f1", { severity: "medium", basis })];
}

const common = (facts: Facts, findings: readonly Finding[] = []): Record<string, string | null> =>
  Object.fromEntries(observables(facts, findings).map(({ value, common: why }) => [value, why]));

test("a wallet links by itself; those that software carries, and those of lists, do not", () => {
  const lists = Array.from({ length: 101 }, (_, at) => ({
    kind: "address" as const,
    coin: "btc",
    address: `1List${at}`,
    place: bytesAt("e9", at, 10),
  }));
  const facts = factsOf({
    why: "wallets",
    host: [
      { kind: "address", coin: "xmr", address: WALLET },
      { kind: "address", coin: "xmr", address: DONATION },
      { kind: "address", coin: "eth", address: "0xAB", checked: false },
      ...lists,
    ],
  });
  const found = common(facts);
  assert.equal(found[WALLET], null);
  assert.match(found[DONATION] ?? "", /donation/);
  assert.match(found["0xab"] ?? "", /no checksum/);
  assert.match(found["1List7"] ?? "", /list of 101/);
});

test("keys, programs, start-up entries and sources link only where a finding rests on them", () => {
  const facts = factsOf({
    why: "what clean hosts share",
    host: [
      {
        kind: "autostart",
        mechanism: "authorized-key",
        path: "/a",
        command: `ssh-rsa SHA256:${"k".repeat(43)}`,
      },
      { kind: "autostart", mechanism: "cron", path: "/b", command: "/tmp/.x/run" },
      { kind: "process", pid: 9, exe: "/tmp/.x/run", sha256: "ab" },
      { kind: "login", from: "9.9.9.77" },
      { kind: "connection", remote: { ip: "9.9.9.78", port: 3333 } },
    ],
  });
  const innocent = common(facts);
  assert.match(innocent["ab"] ?? "", /suspect/);
  assert.match(innocent[`SHA256:${"k".repeat(43)}`] ?? "", /suspect/);
  assert.deepEqual(
    Object.keys(innocent).filter((value) => innocent[value] === null),
    [],
  );
  const suspect = common(facts, suspecting(facts));
  assert.deepEqual(
    Object.keys(suspect)
      .filter((value) => suspect[value] === null)
      .sort(),
    ["9.9.9.77", "9.9.9.78", `SHA256:${"k".repeat(43)}`, "ab", "cron: /tmp/.x/run"].sort(),
  );
});

test("programs of the system, documentation addresses, public pools and short accounts are common", () => {
  const facts = factsOf({
    why: "what everybody has",
    host: [
      { kind: "process", pid: 9, exe: "/usr/bin/bash", sha256: "ba" },
      { kind: "process", pid: 10, exe: "/usr/bin/bash", isDeleted: true, sha256: "de" },
      { kind: "login", from: "198.51.100.23" },
      { kind: "login", from: "10.0.0.8" },
      { kind: "pool-url", url: "pool.supportxmr.com:3333", poolHost: "pool.supportxmr.com" },
      { kind: "pool-url", url: "proxy.own.tld:80", poolHost: "proxy.own.tld" },
      { kind: "pool-url", url: "pool.example.net:3333", poolHost: "pool.example.net" },
      {
        kind: "miner-config",
        pools: [
          { url: "p", user: "x" },
          { url: "p", user: "longer-name" },
        ],
      },
    ],
  });
  const found = common(facts, suspecting(facts));
  assert.match(found["ba"] ?? "", /system/);
  assert.equal(found["de"], null, "a file that is gone may have been anything");
  assert.match(found["198.51.100.23"] ?? "", /RFC 5737/);
  assert.match(found["10.0.0.8"] ?? "", /RFC 1918/);
  assert.match(found["pool.supportxmr.com"] ?? "", /public pool/);
  assert.equal(found["proxy.own.tld"], null);
  assert.match(found["pool.example.net"] ?? "", /RFC 2606/);
  assert.ok(found["x"] !== null && found["longer-name"] === null);
});

test("of too many observables those of several hosts are kept, and the rest is counted", () => {
  const many = Array.from({ length: 5010 }, (_, at) => ({
    kind: "wallet" as const,
    value: `w${String(at).padStart(5, "0")}`,
    hosts: at >= 5005 ? ["h1", "h2"] : ["h1"],
    common: null,
    places: [bytesAt("e1", at, 4)],
  }));
  const { observables: kept, gaps } = listed(many);
  assert.equal(kept.length, 5000);
  assert.deepEqual(kept.slice(-5), many.slice(-5));
  assert.deepEqual(
    gaps.map(({ code, count }) => [code, count]),
    [["dropped-details", 10]],
  );
  assert.deepEqual(listed(many.slice(0, 5000)), { observables: many.slice(0, 5000), gaps: [] });
});
