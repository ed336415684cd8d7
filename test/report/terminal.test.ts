import assert from "node:assert/strict";
import { test } from "node:test";
import type { CaseSum } from "../../src/model/case.ts";
import type { Valuation } from "../../src/model/valuation.ts";
import { explain, explainable, renderSummary } from "../../src/report/index.ts";
import { columns } from "../../src/report/terminal.ts";
import { followedCase, wideCase } from "../kit/followed/case.ts";
import {
  contactCase,
  gapsCase,
  hostileCase,
  largeCase,
  miningCase,
  nothingCase,
} from "../kit/sample-case.ts";
import { counts, DAYS, sum, valuation } from "../kit/sample-parts.ts";
import { matchesSnapshot } from "./snapshot.ts";

const CASES = {
  mining: miningCase,
  contact: contactCase,
  nothing: nothingCase,
  gaps: gapsCase,
  hostile: hostileCase,
  large: largeCase,
  followed: followedCase,
  wide: wideCase,
  "hostile followed": () => hostileCase(followedCase()),
};
const END = { reportPath: "case/report.html", elapsedSeconds: 3.21 };
const COLOUR = /\u001b\[[0-9;]*m/g;

function holds(text: string, width: number): void {
  for (const line of text.split("\n")) assert.ok(columns(line) <= width, `${columns(line)} columns: ${line}`);
  assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  assert.ok(text.endsWith("\n"));
}

for (const [name, make] of Object.entries(CASES)) {
  for (const width of [80, 60, 120]) {
    test(`renderSummary() of the ${name} case fits ${width} columns and obeys no evidence`, () => {
      holds(renderSummary(make(), { color: false, width, ...END }), width);
    });
  }
  test(`explain() of everything in the ${name} case fits 80 columns and obeys no evidence`, () => {
    const c = make();
    for (const { ids } of explainable(c)) {
      for (const id of ids.slice(0, 3)) holds(explain(c, id, { color: false, width: 80 }) ?? "", 80);
    }
  });
}

test("renderSummary() with colour is the same text with colours of our own making", () => {
  for (const make of Object.values(CASES)) {
    const plain = renderSummary(make(), { color: false, width: 80, ...END });
    const colour = renderSummary(make(), { color: true, width: 80, ...END });
    assert.notEqual(colour, plain);
    assert.equal(colour.replace(COLOUR, ""), plain);
  }
});

test("renderSummary() leaves the report's line out when none was written", () => {
  assert.doesNotMatch(
    renderSummary(nothingCase(), { ...END, reportPath: null, color: false, width: 80 }),
    /Report/,
  );
});

test("renderSummary() says why a rate is not known, and names first who sent most shares", () => {
  const c = miningCase();
  const host = (id: string, over: Partial<CaseSum>) => sum("host", id, over);
  const none = { hashrateHps: null } as const;
  const told = (...hosts: CaseSum[]) =>
    renderSummary({ ...c, sums: hosts }, { color: false, width: 100, reportPath: null, elapsedSeconds: 1 });
  assert.match(
    told(host("192.0.2.1", { shares: counts(1) }), host("192.0.2.2", { shares: counts(2) })),
    /2 hosts +192\.0\.2\.2 .*\n +192\.0\.2\.1 /,
  );
  assert.match(told(host("192.0.2.1", { ...none, shares: counts(0), work: null })), /no share was seen/);
  assert.match(told(host("192.0.2.1", { ...none, shares: counts(3), work: null })), /difficulty is known/);
  assert.match(told(host("192.0.2.1", { ...none, shares: counts(3) })), /all messages bear the same time/);
  const coins = ["xmr", "zec"];
  assert.match(told(host("192.0.2.1", { ...none, coins, shares: counts(3), work: null })), /do not add up/);
  const silent = host("192.0.2.3", { shares: counts(0), hashrateHps: null });
  assert.doesNotMatch(told(host("192.0.2.1", { shares: counts(1) }), silent), /192\.0\.2\.3/);
});

test("renderSummary() says of an amount that leaves days out that it is a lower bound", () => {
  const whole = { ...valuation("v1", { kind: "case", id: "case" }), unknownDays: [] };
  const part = { ...whole, unknownDays: [{ date: DAYS[0], missing: "difficulty" }] } as const;
  const unpriced = { ...whole, unknownDays: [{ date: DAYS[0], missing: "price" }] } as const;
  const told = (v: Valuation) =>
    renderSummary({ ...miningCase(), valuations: [v] }, { color: false, width: 120, ...END });
  assert.match(told(part), /a lower bound: the coins of 1 of 3 days are unknown/);
  assert.doesNotMatch(told(whole), /a lower bound: the coins/);
  assert.doesNotMatch(told(unpriced), /a lower bound: the coins/);
});

test("explain() knows no other ids", () => {
  assert.equal(explain(miningCase(), "f99", { color: false, width: 80 }), null);
  assert.equal(explain(miningCase(), "__proto__", { color: false, width: 80 }), null);
});

test("explain() of a finding leads to the packet, the byte and the message", () => {
  const text = explain(miningCase(), "f1", { color: false, width: 80 }) ?? "";
  assert.match(text, /server-2017-07\.pcap, packet 1391, byte 432601 \(length 287\)/);
  assert.match(text, /│ \{"id":2,"result":\{"status":"OK"\}\}/);
});

for (const name of ["mining", "contact", "nothing", "gaps", "followed", "wide"] as const) {
  test(`renderSummary() of the ${name} case is the text that was reviewed`, () => {
    matchesSnapshot(`${name}.summary.txt`, renderSummary(CASES[name](), { color: false, width: 80, ...END }));
  });
}

test("renderSummary() counts a swap as joined to what was followed where an output of a trace fed it", () => {
  const c = followedCase();
  const [first, second] = c.swaps;
  assert.ok(first !== undefined && second !== undefined);
  const [join] = first.joins;
  assert.ok(join !== undefined);
  const swaps = [first, { ...second, joins: [{ ...join, to: first.id }] }];
  const told = renderSummary({ ...c, swaps }, { ...END, color: false, width: 80 });
  assert.match(told, /\n +1 of them joined to what was followed/);
});

test("explain() of an output shows each transaction's sum by the policy, and the place in the source", () => {
  const c = followedCase();
  const last = c.traces[0]?.outputs.at(-1);
  const told = explain(c, `${last?.txid}:${last?.vout}`, { color: false, width: 80 }) ?? "";
  assert.match(told, /by FIFO: 2,184,599,454 spent → 1,200,000,000 \(output 0\) \+ 984,599,454\s+\(output 1/);
  assert.match(told, /theft-2017-12\.json, byte 17269 \(length 1873\)/);
  assert.match(told, /Stretches +satoshi 984,599,454 from 0 on/);
});

test("explain() prints the trail that was reviewed", () => {
  const c = miningCase();
  const all = ["f1", "s1", "v1", "2001:db8:0:12::beef", "2017-07-14", "e2"];
  matchesSnapshot(
    "mining.explain.txt",
    all.map((id) => explain(c, id, { color: false, width: 80 }) ?? `none: ${id}`).join("\n"),
  );
  const followed = followedCase();
  const ids = ["t1", "t4", "t1.p1", "r1", "g1"];
  matchesSnapshot(
    "followed.explain.txt",
    ids.map((id) => explain(followed, id, { color: false, width: 80 }) ?? `none: ${id}`).join("\n"),
  );
});
