import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { link } from "../../src/run/link.ts";
import { saveCase } from "../../src/run/save.ts";
import { FOLLOW_FILES } from "../../src/store/index.ts";
import { followedCase } from "../kit/followed/case.ts";
import { nothingCase } from "../kit/sample-case.ts";
import { scratch } from "../store/scratch.ts";

const saved = async (folder: string, made: Case, force = false): Promise<readonly string[]> => {
  const options = { folder, force, commandLine: [], started: new Date(0), signal: null };
  await saveCase({ case: made, counted: [], custody: [] }, options);
  return readdirSync(folder);
};

test("tables of followed money are written where there is some; --force removes old ones", async (t) => {
  const folder = join(scratch(t), "case");
  const tables = FOLLOW_FILES.filter((name) => name.endsWith(".csv"));
  const with_ = await saved(folder, followedCase());
  assert.deepEqual(
    tables.filter((name) => !with_.includes(name)),
    [],
  );
  const edges = readFileSync(join(folder, "trace-edges.csv"), "utf8").trimEnd().split("\r\n");
  assert.equal(edges.length, 1 + followedCase().traces.reduce((sum, trace) => sum + trace.edges.length, 0));
  assert.ok(!with_.includes("sessions.csv"), "tables of miners where nobody mined");
  const without = await saved(folder, nothingCase(), true);
  assert.deepEqual(
    tables.filter((name) => without.includes(name)),
    [],
  );
});

test("linked cases keep what was followed, under ids and places of their own", async (t) => {
  const root = scratch(t);
  const cases = [join(root, "a"), join(root, "b")];
  await saved(join(root, "a"), followedCase());
  await saved(join(root, "b"), followedCase({ about: { caseNumber: "2", examiner: null } }));
  const { case: made } = await link({ cases, caseNumber: null, examiner: null, signal: null });
  const evidence = new Set(made.evidence.map(({ id }) => id));
  const traces = new Set(made.traces.map(({ id }) => id));
  assert.equal(traces.size, 10);
  assert.equal(made.tags.length, followedCase().tags.length, "what both tell alike stands once");
  for (const { chain, edges, outputs, seeds } of made.traces) {
    assert.ok(made.chains.some(({ id, evidence: of }) => id === chain && evidence.has(of)));
    for (const { place } of [...edges, ...outputs, ...seeds]) assert.ok(evidence.has(place.evidence));
  }
  for (const { id, trace } of made.paths) assert.ok(traces.has(trace) && id.startsWith(`${trace}.p`));
  const tags = new Set(made.tags.map(({ id }) => id));
  for (const one of made.tags) for (const other of one.conflicts) assert.ok(tags.has(other));
  for (const owner of made.owners) for (const tag of owner.tags) assert.ok(tags.has(tag));
  // An output is the same output in every case.
  assert.match(made.swaps[0]?.joins[0]?.to ?? "", /^[0-9a-f]{64}:0$/);
  assert.ok(made.verdict.says.some((one) => one.startsWith("70.10 BTC")));
});
