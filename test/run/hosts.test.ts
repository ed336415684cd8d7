import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyHostRecord } from "../../src/model/host-facts.ts";
import { bytesAt } from "../../src/model/place.ts";
import { resolveHosts } from "../../src/run/hosts/hosts.ts";
import { utcOf } from "../../src/run/hosts/zone.ts";

const AT = Date.parse("2021-07-01T12:00:00Z") * 1000;

interface Line {
  readonly scope: string;
  readonly hostname?: string;
  readonly clock?: "utc" | "local";
  readonly atMicros?: number;
}

let at = 0;
function login({ scope, hostname, clock = "utc", atMicros = AT }: Line): AnyHostRecord {
  at += 1;
  return {
    kind: "login",
    host: scope,
    hostname: hostname ?? null,
    atMicros,
    atHow: "seen",
    clock,
    place: bytesAt("e1", at * 10, 5),
    excerpt: "",
    outcome: "accepted",
    user: "a",
    from: null,
    method: null,
    service: "sshd",
    key: null,
    times: 1,
    lastMicros: null,
  };
}

function profile(
  scope: string,
  name: string,
  more: Partial<Extract<AnyHostRecord, { kind: "host" }>> = {},
): AnyHostRecord {
  return {
    kind: "host",
    host: scope,
    hostname: null,
    atMicros: null,
    atHow: null,
    clock: "utc",
    place: bytesAt("e1", 0, 1),
    excerpt: "",
    name,
    addresses: [],
    os: null,
    machineId: null,
    zone: null,
    collector: null,
    collectedFirstMicros: null,
    collectedLastMicros: null,
    ...more,
  };
}

const names = (records: readonly AnyHostRecord[], scopes: [string, string][] = []) => {
  const { hosts, facts } = resolveHosts(records, new Map(scopes));
  const nameOf = new Map(hosts.map(({ id, name }) => [id, name]));
  return facts.login.map(({ host }) => nameOf.get(host) ?? null);
};

test("a collection's lines are its host's, whatever short or long form of the name they write", () => {
  const records = [
    profile("e1", "web01.example.org"),
    login({ scope: "e1" }),
    login({ scope: "e1", hostname: "web01" }),
    login({ scope: "e1", hostname: "localhost" }),
  ];
  assert.deepEqual(names(records), ["web01.example.org", "web01.example.org", "web01.example.org"]);
});

test("lines of another name are another host's, also within a collection", () => {
  const records = [profile("e1", "log01"), login({ scope: "e1", hostname: "web02" })];
  assert.deepEqual(names(records), ["web02"]);
});

test("an archive in an archive that says nothing of its host is the outer one's", () => {
  const records = [profile("e1", "web01"), login({ scope: "e7" })];
  assert.deepEqual(names(records, [["e7", "e1"]]), ["web01"]);
  const own = [...records, profile("e7", "web02")];
  assert.deepEqual(names(own, [["e7", "e1"]]), ["web02"]);
});

test("loose files of one folder without a name are the one host that others name", () => {
  const one = [login({ scope: "in /a", hostname: "web01" }), login({ scope: "in /a" })];
  assert.deepEqual(names(one), ["web01", "web01"]);
  const two = [...one, login({ scope: "in /a", hostname: "web02" })];
  assert.deepEqual(names(two), ["web01", null, "web02"]);
});

test("times without a zone are shifted by the host's own, summer time included", () => {
  const zone = { zone: "Europe/Berlin" };
  const winter = Date.parse("2021-01-01T12:00:00Z") * 1000;
  const { facts, hosts } = resolveHosts(
    [
      profile("e1", "web01", zone),
      login({ scope: "e1", clock: "local" }),
      login({ scope: "e1", clock: "local", atMicros: winter }),
      login({ scope: "e1" }),
    ],
    new Map(),
  );
  assert.deepEqual(
    facts.login.map(({ atMicros }) => atMicros),
    [winter - 3600e6, AT - 2 * 3600e6, AT],
  );
  assert.match(hosts[0]?.clock[0] ?? "", /2 times without a zone .* Europe\/Berlin/);
});

test("a zone that nobody knows shifts nothing and is said", () => {
  const { facts, hosts } = resolveHosts(
    [profile("e1", "web01", { zone: "Mars/Base" }), login({ scope: "e1", clock: "local" })],
    new Map(),
  );
  assert.equal(facts.login[0]?.atMicros, AT);
  assert.match(hosts[0]?.clock[0] ?? "", /taken for UTC/);
});

test("utcOf() takes the offset of the moment itself around a change of clocks", () => {
  const micros = (text: string): number => Date.parse(text) * 1000;
  // 2021-03-28 01:00 UTC: 02:00 becomes 03:00.
  assert.equal(utcOf(micros("2021-03-28T01:30:00Z"), "Europe/Berlin"), micros("2021-03-28T00:30:00Z"));
  assert.equal(utcOf(micros("2021-03-28T03:30:00Z"), "Europe/Berlin"), micros("2021-03-28T01:30:00Z"));
  assert.equal(utcOf(micros("2021-03-28T12:00:00Z"), "Asia/Kolkata"), micros("2021-03-28T06:30:00Z"));
});

test("what was found within a line is of the host that the line names, also where facts share it", () => {
  const line = (atByte: number, byteLength: number, hostname: string | null): AnyHostRecord => ({
    ...login({ scope: "in /a" }),
    hostname,
    place: bytesAt("e1", atByte, byteLength),
  });
  const records = [
    line(100, 50, "web02"),
    line(0, 90, "web01"),
    line(10, 5, "web01"),
    line(40, 5, null),
    line(120, 5, null),
    line(95, 2, null),
    line(85, 10, null),
  ];
  assert.deepEqual(names(records), ["web01", "web01", "web01", null, null, "web02", "web02"]);
});
