import assert from "node:assert/strict";
import { test } from "node:test";
import { timeline } from "../../src/weigh/timeline.ts";
import { factsOf } from "../kit/facts.ts";
import type { HostFixture } from "../kit/host-facts.ts";
import { finding } from "../kit/sample-parts.ts";

const logins = (count: number): HostFixture[] =>
  Array.from({ length: count }, (_, at) => ({ kind: "login", at: 10 + at, from: "198.51.100.7" }));

test("a timeline that is cut says so, and keeps what findings rest on and the earliest", () => {
  const early: HostFixture = { kind: "event", at: 1, what: "boot", subject: "-", says: "it started" };
  const facts = factsOf({ why: "two too many", host: [...logins(5_001), early] });
  const last = facts.login.at(-1);
  assert.ok(last !== undefined);
  const basis = [{ place: last.place, how: "seen" as const, says: "", excerpt: null }];
  const { timeline: entries, gaps } = timeline(facts, [finding("f1", { host: "h1", basis })]);
  assert.equal(entries.length, 5_000);
  assert.equal(entries[0]?.says, "it started");
  assert.deepEqual(entries.at(-1)?.findings, ["f1"]);
  assert.deepEqual(
    gaps.map(({ code, count }) => [code, count]),
    [["dropped-details", 2]],
  );
});

test("a whole timeline has no gap", () => {
  assert.deepEqual(timeline(factsOf({ why: "few", host: logins(3) }), []).gaps, []);
});
