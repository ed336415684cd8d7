import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distinct } from "../../src/count/distinct.ts";
import type { SessionRecord, ShareRecord } from "../../src/model/record.ts";
import { HOUR, login, SECOND, START, session, share, shares, summary } from "./make.ts";

const NAT = { ip: "203.0.113.5", port: 61_000 };

function place(evidence: string): Partial<ShareRecord> {
  return { place: { evidence, atByte: 7, byteLength: 1, packet: 1, line: null } };
}

function decided(sessions: SessionRecord[], all: ShareRecord[]): readonly string[] {
  return summary(distinct(sessions, all));
}

test("the same file twice is one session whose shares were seen twice", () => {
  const copy = session("s2", { evidence: ["e2"] });
  const all = [...shares("s1", [0, 5]), ...shares("s2", [0, 5], place("e2"))];
  assert.deepEqual(decided([session("s1"), copy], all), ["s1 e1+e2 5/5 twice 5 of null"]);
});

test("two taps that overlap in part are merged to the union, first and last the outer ones", () => {
  const early = session("s1", { lastMicros: START + 60 * SECOND });
  const late = session("s2", {
    firstMicros: START + 40 * SECOND,
    evidence: ["e2"],
    midStream: true,
    logins: [],
  });
  const all = [...shares("s1", [0, 60]), ...shares("s2", [40, 100], place("e2"))];
  const [one, ...others] = distinct([early, late], all);
  assert.deepEqual(others, []);
  assert.equal(one?.counts.accepted, 100);
  assert.equal(one?.sharesSeenTwice, 20);
  assert.deepEqual([one?.session.firstMicros, one?.session.lastMicros], [START, START + HOUR]);
  assert.equal(one?.session.midStream, false);
  assert.equal(one?.session.logins.length, 1);
  assert.ok(one?.shares.every((own) => own.session === "s1"));
});

test("copies without a share merge; the same ports an hour later do not", () => {
  const later = { firstMicros: START + 2 * HOUR, lastMicros: START + 3 * HOUR };
  assert.deepEqual(decided([session("s1"), session("s2", { evidence: ["e2"] })], []), [
    "s1 e1+e2 0/0 twice 0 of null",
  ]);
  assert.equal(decided([session("s1"), session("s2", later)], []).length, 2);
});

test("same endpoints and time but no share in common are two conversations", () => {
  const all = [...shares("s1", [0, 5]), ...shares("s2", [100, 105])];
  assert.equal(decided([session("s1"), session("s2", { evidence: ["e2"] })], all).length, 2);
});

test("another dialect between the same endpoints is not merged", () => {
  assert.equal(decided([session("s1"), session("s2", { dialect: "zcash" })], []).length, 2);
});

test("a resubmission within one session is a second submission, in a copy it is a copy", () => {
  const again = (of: string, over: Partial<ShareRecord> = {}) =>
    share(of, 1, { ...over, atMicros: START + 90 * SECOND, outcome: "rejected", reason: "Duplicate share" });
  const once = [share("s1", 1), again("s1")];
  assert.deepEqual(decided([session("s1")], once), ["s1 e1 1/2 twice 0 of null"]);
  const twice = [...once, share("s2", 1, place("e2")), again("s2", place("e2"))];
  assert.deepEqual(decided([session("s1"), session("s2", { evidence: ["e2"] })], twice), [
    "s1 e1+e2 1/2 twice 2 of null",
  ]);
});

test("different results under one job id and nonce stay two shares", () => {
  const all = [share("s1", 1), share("s2", 1, { result: "f".repeat(64) }), share("s2", 2), share("s1", 2)];
  const [one] = distinct([session("s1"), session("s2", { evidence: ["e2"] })], all);
  assert.equal(one?.counts.accepted, 3);
});

test("behind NAT: the later session is a duplicate and its shares are not summed", () => {
  const behind = session("s2", { client: NAT, firstMicros: START + 1 });
  const all = [...shares("s1", [0, 9]), ...shares("s2", [0, 9])];
  assert.deepEqual(decided([session("s1"), behind], all), [
    "s1 e1 9/9 twice 9 of null",
    "s2 e1 9/9 twice 0 of s1",
  ]);
});

test("at the same first time the client's address decides who is the duplicate", () => {
  const other = session("s1", { client: NAT });
  const all = [...shares("s1", [0, 9]), ...shares("s2", [0, 9])];
  assert.deepEqual(
    distinct([other, session("s2")], all).map((one) => [one.session.id, one.duplicateOf]),
    [
      ["s2", null],
      ["s1", "s2"],
    ],
  );
});

test("behind NAT and captured longer: what only it shows goes to the session that counts", () => {
  const before = session("s1", { lastMicros: START + 50 * SECOND });
  const behind = session("s2", { client: NAT, firstMicros: START + 10 * SECOND, evidence: ["e2"] });
  const all = [...shares("s1", [0, 50]), ...shares("s2", [10, 80], place("e2"))];
  const [first, second] = distinct([before, behind], all);
  assert.equal(first?.counts.accepted, 80);
  assert.equal(first?.session.lastMicros, START + HOUR);
  assert.equal(second?.duplicateOf, "s1");
});

test("a proxy's pool side counts, its miners' easier shares do not count again", () => {
  const pool = session("s1", { client: NAT });
  const miner = session("s2", { firstMicros: START + 1 });
  const upstream = shares("s1", [0, 100], { expectedHashes: 100_000 }).filter((_, i) => i % 10 === 0);
  const downstream = shares("s2", [0, 100], { expectedHashes: 10_000 });
  const [first, second] = distinct([pool, miner], [...upstream, ...downstream]);
  assert.equal(first?.work?.hashes, 1_000_000);
  assert.equal(second?.duplicateOf, "s1");
});

test("a proxy's pool side keeps the shares of miners that no capture shows", () => {
  const miner = session("s1");
  const pool = session("s2", { client: NAT, firstMicros: START + 1 });
  const all = [...shares("s1", [0, 40]), ...shares("s2", [0, 100])];
  assert.deepEqual(decided([miner, pool], all), [
    "s1 e1 40/40 twice 40 of null",
    "s2 e1 60/60 twice 0 of null",
  ]);
});

test("a share submitted again after a reconnect counts once and does not tie the sessions", () => {
  const next = session("s2", {
    client: { ip: "192.0.2.10", port: 40_001 },
    firstMicros: START + HOUR + SECOND,
    lastMicros: START + 2 * HOUR,
  });
  const late = (n: number) => ({ atMicros: START + HOUR + (n + 2) * SECOND });
  const again = [share("s2", 3, late(0)), ...[50, 51, 52].map((n) => share("s2", n, late(n)))];
  assert.deepEqual(decided([session("s1"), next], [...shares("s1", [0, 4]), ...again]), [
    "s1 e1 4/4 twice 1 of null",
    "s2 e1 3/3 twice 0 of null",
  ]);
});

test("one equal short identity (Bitcoin) proves nothing, half of the session does", () => {
  const short = { result: null, jobId: "1a" };
  const other = session("s2", { client: NAT });
  const chance = [...shares("s1", [0, 4], short), share("s2", 3, short), ...shares("s2", [60, 63], short)];
  assert.deepEqual(
    distinct([session("s1"), other], chance).map((one) => one.counts.accepted),
    [4, 4],
  );
  const copies = [
    ...shares("s1", [0, 4], short),
    ...shares("s2", [2, 4], short),
    ...shares("s2", [60, 62], short),
  ];
  assert.equal(
    distinct([session("s1"), other], copies).reduce((sum, one) => sum + one.counts.accepted, 0),
    6,
  );
});

test("an answer that only one capture shows is kept, and shares keep their logins", () => {
  const two = [login(), login({ worker: "db" })];
  const deaf = session("s1", { oneSided: true, logins: [two[1]!] });
  const full = session("s2", { evidence: ["e2"], logins: two });
  const all = [share("s1", 1, { outcome: "unanswered" }), share("s2", 1, { login: 1, ...place("e2") })];
  const [one] = distinct([deaf, full], all);
  assert.equal(one?.counts.accepted, 1);
  assert.equal(one?.session.logins[one.shares[0]?.login ?? -1]?.worker, "db");
});

test("the order of sessions and shares means nothing, and every share counts exactly once", () => {
  const view = fc.record({
    port: fc.constantFrom(40_000, 40_001),
    ip: fc.constantFrom("192.0.2.10", "203.0.113.5"),
    evidence: fc.constantFrom("e1", "e2"),
    from: fc.integer({ min: 0, max: 20 }),
    count: fc.integer({ min: 0, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(view, { maxLength: 5 }), fc.infiniteStream(fc.nat()), (views, random) => {
      const sessions = views.map(({ ip, port, evidence, from }, i) =>
        session(`s${i + 1}`, {
          client: { ip, port },
          evidence: [evidence],
          firstMicros: START + from * SECOND,
        }),
      );
      const all = views.flatMap(({ from, count, evidence }, i) =>
        shares(`s${i + 1}`, [from, from + count], place(evidence)),
      );
      const shuffle = <T>(list: T[]): T[] =>
        list
          .map((item) => ({ item, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
      const found = distinct(sessions, all);
      assert.deepEqual(distinct(shuffle(sessions), shuffle(all)), found);
      const counting = found.filter(({ duplicateOf }) => duplicateOf === null).flatMap((one) => one.shares);
      const results = counting.map(({ result }) => result);
      assert.equal(new Set(results).size, results.length);
      assert.equal(new Set(all.map(({ result }) => result)).size, results.length);
    }),
  );
});
