import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, explainable, renderSummary } from "../../src/report/index.ts";
import { columns } from "../../src/report/terminal.ts";
import {
  contactCase,
  gapsCase,
  hostileCase,
  largeCase,
  miningCase,
  nothingCase,
} from "../kit/sample-case.ts";
import { matchesSnapshot } from "./snapshot.ts";

const CASES = {
  mining: miningCase,
  contact: contactCase,
  nothing: nothingCase,
  gaps: gapsCase,
  hostile: hostileCase,
  large: largeCase,
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

test("explain() knows no other ids", () => {
  assert.equal(explain(miningCase(), "f99", { color: false, width: 80 }), null);
  assert.equal(explain(miningCase(), "__proto__", { color: false, width: 80 }), null);
});

test("explain() of a finding leads to the packet, the byte and the message", () => {
  const text = explain(miningCase(), "f1", { color: false, width: 80 }) ?? "";
  assert.match(text, /server-2017-07\.pcap, packet 1391, byte 432601 \(length 287\)/);
  assert.match(text, /│ \{"id":2,"result":\{"status":"OK"\}\}/);
});

for (const name of ["mining", "contact", "nothing", "gaps"] as const) {
  test(`renderSummary() of the ${name} case is the text that was reviewed`, () => {
    matchesSnapshot(`${name}.summary.txt`, renderSummary(CASES[name](), { color: false, width: 80, ...END }));
  });
}

test("explain() prints the trail that was reviewed", () => {
  const c = miningCase();
  const all = ["f1", "s1", "v1", "2001:db8:0:12::beef", "2017-07-14", "e2"];
  matchesSnapshot(
    "mining.explain.txt",
    all.map((id) => explain(c, id, { color: false, width: 80 }) ?? `none: ${id}`).join("\n"),
  );
});
