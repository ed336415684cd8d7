import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cell, csvLine } from "../../src/report/csv.ts";
import {
  caseJson,
  ownersCsv,
  sessionsCsv,
  sharesCsv,
  tagsCsv,
  timelineJsonl,
  traceEdgesCsv,
  tracesCsv,
} from "../../src/report/index.ts";
import { visible } from "../../src/report/visible.ts";
import { followedCase } from "../kit/followed/case.ts";
import { HOSTILE, hostileCase, miningCase } from "../kit/sample-case.ts";
import { countedSession } from "../kit/sample-shares.ts";
import { matchesSnapshot } from "./snapshot.ts";

/** RFC 4180, read back. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const m of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(m[1]?.replaceAll('""', '"') ?? m[2] ?? "");
    if (m[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const shown = (cell: Cell): string => {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  return visible(/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell);
};

test("csvLine() is read back cell by cell, whatever the text", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(...HOSTILE),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), (cells) => {
      assert.deepEqual(parse(csvLine(cells)), [cells.map(shown)]);
    }),
  );
});

test("csvLine() takes the sting out of formulas and leaves numbers and plain text alone", () => {
  assert.equal(
    csvLine(["=1+1", "+1", "-1", "@x", "\tx", "\rx"]),
    "'=1+1,'+1,'-1,'@x,'⟨U+0009⟩x,'⟨U+000D⟩x\r\n",
  );
  assert.equal(csvLine(["1=1", -1, "a-b", null, true]), "1=1,-1,a-b,,true\r\n");
});

test("sessionsCsv() keeps one row a session under hostile names", () => {
  const rows = parse(sessionsCsv(hostileCase()));
  assert.equal(rows.length, 1 + hostileCase().sessions.length);
  for (const row of rows) assert.equal(row.length, rows[0]?.length);
});

test("sharesCsv() gives a million shares in pieces and every share a row", () => {
  const text = [
    ...sharesCsv([countedSession("s1", 3), { ...countedSession("s2", 2), duplicateOf: "s1" }]),
  ].join("");
  const rows = parse(text);
  assert.equal(rows.length, 6);
  const counted = rows[0]?.indexOf("counted") ?? -1;
  assert.deepEqual(
    rows.slice(1).map((row) => row[counted]),
    ["true", "true", "true", "false", "false"],
  );
  const many = [...sharesCsv([countedSession("s1", 5000)])];
  assert.ok(many.length > 5 && many.every((piece) => piece.length < 70_000));
});

test("tracesCsv() adds up to the seeds by every policy but poison", () => {
  const c = followedCase();
  const traces = c.traces.map((trace) => ({ ...trace, outputs: trace.outputs.slice(0, 5) }));
  const [head = [], ...rows] = parse([...tracesCsv({ ...c, traces })].join(""));
  const cell = (row: readonly string[], name: string) => row[head.indexOf(name)] ?? "";
  for (const { id, policy, totals } of traces) {
    const ends = rows.filter((row) => cell(row, "trace") === id && cell(row, "is") !== "seed");
    assert.deepEqual(new Set(ends.map((row) => cell(row, "is"))), new Set(["output", "unlisted", "fees"]));
    const sum = ends.reduce((all, row) => all + BigInt(cell(row, "dirty_sats")), 0n);
    assert.equal(String(sum) === totals.seedSats, policy !== "poison", policy);
  }
});

test("tables of followed money keep their rows under hostile names, and start no formula", () => {
  const c = hostileCase(followedCase());
  const outputs = c.traces.reduce((sum, trace) => sum + trace.seeds.length + trace.outputs.length, 0);
  const fees = c.traces.filter(({ totals }) => totals.feeSats !== "0").length;
  const edges = c.traces.reduce((sum, trace) => sum + trace.edges.length, 0);
  const addresses = c.owners.reduce((sum, owner) => sum + owner.addresses.length, 0);
  for (const [text, wanted] of [
    [[...tracesCsv(c)].join(""), outputs + fees],
    [[...traceEdgesCsv(c)].join(""), edges],
    [tagsCsv(c), c.tags.length],
    [ownersCsv(c), addresses],
  ] as const) {
    const rows = parse(text);
    assert.equal(rows.length, 1 + wanted);
    for (const row of rows) {
      assert.equal(row.length, rows[0]?.length);
      for (const cell of row) assert.doesNotMatch(cell, /^[=+@\t\r]/);
    }
  }
});

test("timelineJsonl() tells when followed coins came and where they arrived, by one policy", () => {
  const events = [...timelineJsonl(followedCase(), [])]
    .join("")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (type: string) =>
    events.filter(({ data_type }) => data_type === `paydirt:follow:${type}`).length;
  assert.deepEqual([of("seed"), of("service"), of("coinjoin"), of("unspent"), of("dust")], [2, 6, 4, 2, 1]);
  for (const event of events) assert.match(event.output, /^[0-9a-f]{64}:\d+$/);
});

test("timelineJsonl() has Timesketch's columns on every line, in order of time", () => {
  const text = [
    ...timelineJsonl(hostileCase(), [countedSession("s1", 40, { reason: HOSTILE.join(" ") })]),
  ].join("");
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.ok(events.length > 40);
  let before = 0;
  for (const event of events) {
    assert.equal(typeof event.message, "string");
    assert.equal(typeof event.timestamp_desc, "string");
    assert.match(event.datetime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
    assert.equal(event.timestamp, Date.parse(event.datetime) * 1000 + Number(event.datetime.slice(23, 26)));
    assert.ok(event.timestamp >= before);
    for (const value of Object.values(event))
      assert.ok(value !== null && Buffer.byteLength(String(value)) <= 32_766);
    before = event.timestamp;
  }
});

test("timelineJsonl() leaves shares out that another session counts", () => {
  const shares = (duplicateOf: string | null): number =>
    [...timelineJsonl(miningCase(), [{ ...countedSession("s1", 9), duplicateOf }])]
      .join("")
      .split("Share submitted").length - 1;
  assert.deepEqual([shares(null), shares("s0")], [9, 0]);
});

test("caseJson() is the case, whatever order its keys were made in", () => {
  for (const c of [miningCase(), hostileCase()]) {
    const text = caseJson(c);
    assert.ok(text.endsWith("}\n"));
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(c)));
    const turned = Object.fromEntries(Object.entries(c).reverse());
    assert.equal(caseJson({ ...c, ...turned }), text);
    assert.equal(caseJson(Object.assign({}, turned, c)), text);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  }
});

/** Snapshots are text files of the repository, whose lines end in a line feed. */
const unix = (text: string): string => text.replaceAll("\r\n", "\n");

test("the tables of the mining case are those that were reviewed", () => {
  const counted = [countedSession("s1", 4), { ...countedSession("s3", 1), duplicateOf: "s1" }];
  matchesSnapshot("mining.case.json", caseJson(miningCase()));
  matchesSnapshot("mining.sessions.csv", unix(sessionsCsv(miningCase())));
  matchesSnapshot("mining.shares.csv", unix([...sharesCsv(counted)].join("")));
  matchesSnapshot("mining.timeline.jsonl", [...timelineJsonl(miningCase(), counted)].join(""));
});
