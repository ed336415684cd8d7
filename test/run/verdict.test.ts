import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { CaseHost } from "../../src/model/host-case.ts";
import { verdictOf } from "../../src/run/verdict/verdict.ts";
import { miningCase, nothingCase } from "../kit/sample-case.ts";
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

const WEB01: CaseHost = {
  id: "h1",
  name: "web01",
  addresses: [],
  os: null,
  machineId: null,
  zone: null,
  clock: [],
  collector: "uac",
  collectedFirst: null,
  collectedLast: null,
  evidence: [],
  story: [],
  dwell: {
    first: "2026-01-14T03:18:20.000000Z",
    last: "2026-01-14T03:21:11.000000Z",
    seconds: 171,
    signs: [],
    observedHps: { estimate: 3133, low: 3125, high: 3141 },
    coin: "xmr",
    extrapolated: null,
  },
  contradictions: [],
  counts: { "miner-log": 1 },
};
const WALLETS: Case["wallets"] = [
  {
    coin: "xmr",
    address: `4${"8".repeat(94)}`,
    form: "standard",
    checked: true,
    hosts: ["h1"],
    times: 1,
    seenIn: [],
  },
];
const onHost = (id: string, over: Partial<Finding>): Finding =>
  finding(id, { host: "h1", about: ["h1", `4${"8".repeat(94)}`], severity: "high", ...over });
const RAN = onHost("f1", {
  detector: "host-mining",
  stage: "mining",
  likelihood: 0.9,
  summary: "A miner ran",
});
const GUESSED = onHost("f2", {
  detector: "ssh-guessing",
  stage: "way-in",
  about: ["h1"],
  summary: "It was guessed",
});

const hostHeadline = (over: Partial<Case>): string =>
  verdictOf({ ...nothingCase(), hosts: [WEB01], wallets: WALLETS, ...over }).headline;

test("a host that mined is told with its way in, its wallet and its hash rate", () => {
  assert.equal(
    hostHeadline({ findings: [RAN, GUESSED] }),
    "web01 was taken over by password guessing and mined Monero for 488888…8888: " +
      "hash rate 3.13 kH/s by its own log",
  );
  assert.match(hostHeadline({ findings: [RAN] }), /^web01 mined Monero for 488888…8888: /);
});

test("several hosts that mined are counted with what they share", () => {
  const other = { ...WEB01, id: "h2", name: "web02" };
  const findings = [RAN, { ...RAN, id: "f3", host: "h2" }, GUESSED];
  assert.equal(
    hostHeadline({ hosts: [WEB01, other], findings }),
    "web01 and web02 mined Monero for 488888…8888; 1 of them taken over by password guessing",
  );
});

test("the worst leads: a configuration that lies about does not speak before a break-in", () => {
  const lies = {
    ...RAN,
    severity: "low" as const,
    likelihood: 0.5,
    summary: "A miner's configuration lies on the host",
  };
  assert.equal(hostHeadline({ findings: [GUESSED, lies] }), "web01 was broken into: It was guessed");
  assert.match(hostHeadline({ findings: [lies] }), /^web01: A miner's configuration lies/);
});

test("what a honeypot saw has no victim", () => {
  const trap = { ...WEB01, collector: "honeypot" };
  const tried = { ...RAN, severity: "low" as const };
  assert.equal(
    hostHeadline({ hosts: [trap], findings: [tried] }),
    "Intruders attempted to mine on 1 honeypot for 1 wallet; no host of a victim is in it",
  );
});

test("a host with nothing above information is told as clean, with what that does not prove", () => {
  const note = onHost("f1", {
    detector: "hidden-process",
    severity: "info",
    summary: "A process came and went",
  });
  for (const findings of [[], [note]]) {
    const verdict = verdictOf({ ...nothingCase(), hosts: [WEB01], findings });
    assert.match(verdict.headline, /^Nothing was found that an intruder would have left/);
    assert.match(verdict.says[0] ?? "", /no proof of absence/);
    assert.equal(verdict.severity, "info");
  }
});
