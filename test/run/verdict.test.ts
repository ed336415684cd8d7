import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { verdictOf } from "../../src/run/verdict.ts";
import { miningCase } from "../kit/sample-case.ts";
import { counts, finding, session, valuation } from "../kit/sample-parts.ts";

const CASE = { kind: "case", id: "case" } as const;
const MINING = finding("f1", { detector: "mining", about: ["192.0.2.10", "s1"] });

function headline(over: Partial<Case>): string {
  return verdictOf({ ...miningCase(), findings: [MINING], ...over }).headline;
}

const sent = (accepted: number, rejected: number, unanswered: number) =>
  headline({ sessions: [session("s1", "192.0.2.10", { shares: counts(accepted, rejected, unanswered) })] });

test("accepted shares are mining, worth about what they were worth", () => {
  assert.match(sent(9, 1, 1), /^1 machine mined Monero: about .* XMR worth .* in 9 accepted shares /);
});

test("shares that nobody was seen to accept are told as sent, without coins and without a 0", () => {
  assert.match(
    sent(0, 0, 45),
    /^1 machine sent 45 shares of Monero .* no answer that accepts one is in the evidence$/,
  );
  assert.match(sent(0, 3, 0), /^1 machine sent 3 shares of Monero .* the pool rejected every one$/);
  for (const text of [sent(0, 0, 45), sent(0, 3, 0)]) assert.doesNotMatch(text, /mined|XMR|\$|\b0 accepted/);
});

test("an amount that is not known is said beside those that are", () => {
  const known = valuation("v1", CASE);
  const unknown = { ...valuation("v2", CASE), coin: "zec", amount: null, whenMined: null };
  assert.match(headline({ valuations: [known, unknown] }), / and an unknown amount of ZEC, in /);
  assert.doesNotMatch(headline({ valuations: [unknown] }), /ZEC/);
});

test("coins that leave days out are told as at least that much", () => {
  const known = { ...valuation("v1", CASE), unknownDays: [] };
  const part = { ...known, unknownDays: [{ date: "2020-01-06", missing: "difficulty" }] } as const;
  assert.match(headline({ valuations: [known] }), /: about /);
  assert.match(headline({ valuations: [part] }), /: at least /);
});

test("a moment is no span", () => {
  const at = "2017-07-14T09:03:12.000001Z";
  const only = session("s1", "192.0.2.10", { shares: counts(1), first: at, last: at });
  assert.match(headline({ sessions: [only] }), / on 2017-07-14 at 09:03 UTC$/);
});

test("a finding of a detector without a line of its own leads all the same", () => {
  const redirect = finding("f1", {
    detector: "pool-redirect",
    severity: "medium",
    summary: "It was sent on",
  });
  const { headline: told, severity } = verdictOf({ ...miningCase(), findings: [redirect] });
  assert.equal(told, "It was sent on");
  assert.equal(severity, "medium");
});
