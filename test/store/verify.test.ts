import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Manifest } from "../../src/model/manifest.ts";
import { openCase } from "../../src/store/read.ts";
import { verifyCase } from "../../src/store/verify.ts";
import { CASE_TEXT, scratch } from "./scratch.ts";

const sha256 = (data: string): string => createHash("sha256").update(data).digest("hex");

const QUIET = { signal: null, onProgress: null };

/** A case of one capture of 300,000 bytes, one piece that was not hashed, and standard input. */
function madeCase(t: TestContext): { folder: string; capture: string; unhashed: string } {
  const home = scratch(t);
  const folder = join(home, "case");
  const [capture, unhashed] = [join(home, "a.pcap"), join(home, "b.pcap")];
  const content = "0123456789".repeat(30_000);
  writeFileSync(capture, content);
  writeFileSync(unhashed, "twelve bytes");
  const evidence = { before: null, after: null, unchanged: null };
  const manifest: Manifest = {
    schema: 1,
    tool: { name: "paydirt", version: "0", node: "0" },
    commandLine: [],
    earlier: [],
    caseNumber: null,
    examiner: null,
    started: "2026-01-01T00:00:00.000Z",
    elapsedSeconds: 0,
    evidence: [
      { id: "e1", path: capture, bytes: 300_000, sha256: sha256(content), ...evidence },
      { id: "e2", path: unhashed, bytes: 12, sha256: null, ...evidence },
      { id: "e3", path: "-", bytes: 7, sha256: sha256("0123456"), ...evidence },
    ],
    tables: [],
    files: [{ name: "case.json", bytes: CASE_TEXT.length, sha256: sha256(CASE_TEXT) }],
  };
  mkdirSync(folder);
  writeFileSync(join(folder, "case.json"), CASE_TEXT);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  return { folder, capture, unhashed };
}

async function results(folder: string): Promise<string[]> {
  const { items } = await verifyCase(await openCase(folder), QUIET);
  return items.map(({ of, result }) => `${of} ${result}`);
}

test("a case that nobody touched is the same", async (t) => {
  const { folder } = madeCase(t);
  assert.deepEqual(await results(folder), [
    "case same",
    "evidence same",
    "evidence not-hashed",
    "evidence not-hashed",
  ]);
});

test("one byte less, one byte other and no file at all are told apart", async (t) => {
  const { folder, capture, unhashed } = madeCase(t);
  const saying = async (): Promise<string> => {
    const { items } = await verifyCase(await openCase(folder), QUIET);
    return items
      .flatMap(({ result, says }) => (result === "same" || result === "not-hashed" ? [] : [says]))
      .join();
  };
  writeFileSync(capture, "0123456789".repeat(30_000).slice(1));
  assert.equal(await saying(), "300,000 bytes then, 299,999 now");
  writeFileSync(capture, `1${"0123456789".repeat(30_000).slice(1)}`);
  assert.match(await saying(), /^SHA-256 [0-9a-f]{64} then, [0-9a-f]{64} now$/);
  rmSync(capture);
  assert.equal(await saying(), "it is no longer there");
  mkdirSync(capture);
  assert.equal(await saying(), "it is no regular file");
  rmSync(capture, { recursive: true });
  writeFileSync(capture, "0123456789".repeat(30_000));
  assert.equal(await saying(), "");
  appendFileSync(unhashed, "!");
  assert.equal(await saying(), "12 bytes then, 13 now");
});

test("a changed case.json is seen, and the manifest's own hash is told", async (t) => {
  const { folder } = madeCase(t);
  const before = await verifyCase(await openCase(folder), QUIET);
  writeFileSync(join(folder, "case.json"), CASE_TEXT.replace('"info"', '"high"'));
  appendFileSync(join(folder, "manifest.json"), "\n");
  const after = await verifyCase(await openCase(folder), QUIET);
  assert.equal(after.items[0]?.result, "changed");
  assert.notEqual(after.manifestSha256, before.manifestSha256);
});

test("hashing tells how far it is and can be stopped", async (t) => {
  const { folder } = madeCase(t);
  const opened = await openCase(folder);
  const seen: number[] = [];
  const onProgress = (done: number, total: number): void => {
    assert.equal(total, CASE_TEXT.length + 300_000 + 7);
    seen.push(done);
  };
  const { hashedBytes } = await verifyCase(opened, { signal: null, onProgress });
  assert.equal(hashedBytes, CASE_TEXT.length + 300_000);
  assert.equal(seen.at(-1), hashedBytes);
  assert.deepEqual(
    seen,
    [...seen].sort((one, other) => one - other),
  );
  await assert.rejects(
    verifyCase(opened, { signal: AbortSignal.abort(new Error("stop")), onProgress: null }),
    /stop/,
  );
});

test("evidence that has no hash, and no row in the manifest, is counted by its kind", async (t) => {
  const { folder } = madeCase(t);
  const opened = await openCase(folder);
  const one = { kind: "blocks", sha256: null, within: null };
  // cast: all that is asked of evidence here.
  const evidence = [
    { ...one, id: "e7" },
    { ...one, id: "e8" },
    { ...one, id: "e2" },
  ] as unknown as Evidence[];
  const { withoutHash } = await verifyCase({ ...opened, case: { ...opened.case, evidence } }, QUIET);
  assert.deepEqual(withoutHash, [{ kind: "blocks", pieces: 2 }]);
});
