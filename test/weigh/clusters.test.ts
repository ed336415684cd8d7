import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observable } from "../../src/model/host-case.ts";
import { bytesAt } from "../../src/model/place.ts";
import { clusters } from "../../src/weigh/clusters.ts";

function seen(kind: Observable["kind"], value: string, hosts: readonly string[]): Observable {
  return { kind, value, hosts, common: null, places: hosts.map((_, at) => bytesAt(`e${at + 1}`, at, 4)) };
}

test("hosts that share a wallet are a cluster; hosts joined by way of others are one", () => {
  const found = clusters([
    seen("wallet", "4A", ["h1", "h2"]),
    seen("login-key", "SHA256:k", ["h2", "h3"]),
    seen("wallet", "4B", ["h4", "h5"]),
    seen("wallet", "4C", ["h6"]),
  ]);
  assert.deepEqual(found.map(({ hosts }) => hosts).sort(), [
    ["h1", "h2", "h3"],
    ["h4", "h5"],
  ]);
  const [first] = found.filter(({ hosts }) => hosts.length === 3);
  assert.equal(first?.says, "3 hosts share 1 wallet and 1 login key");
  assert.deepEqual(
    first?.shared.map(({ kind }) => kind),
    ["wallet", "login-key"],
  );
  assert.equal(first?.shared[0]?.places.length, 2);
});

test("what is common links nothing", () => {
  assert.deepEqual(
    clusters([{ ...seen("address", "198.51.100.1", ["h1", "h2"]), common: "an address for documentation" }]),
    [],
  );
});

test("a cluster's id is that of its strongest value, whoever else is in it", () => {
  const alone = clusters([seen("wallet", "4A", ["h1", "h2"])]);
  const among = clusters([seen("domain", "a.b", ["h7", "h8"]), seen("wallet", "4A", ["h7", "h8", "h9"])]);
  assert.match(alone[0]?.id ?? "", /^c-[0-9a-f]{10}$/);
  assert.equal(alone[0]?.id, among[0]?.id);
  assert.notEqual(alone[0]?.id, clusters([seen("wallet", "4B", ["h1", "h2"])])[0]?.id);
});

test("10,000 hosts in one chain are joined at once", () => {
  const links = Array.from({ length: 10_000 }, (_, at) => seen("wallet", `w${at}`, [`h${at}`, `h${at + 1}`]));
  const started = Date.now();
  const [found] = clusters(links);
  assert.equal(found?.hosts.length, 10_001);
  assert.ok(Date.now() - started < 5000);
});
