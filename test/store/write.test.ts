import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { CaseWriter, writeFileAtomic } from "../../src/store/write.ts";
import { CASE_TEXT, MANIFEST_TEXT, scratch } from "./scratch.ts";
import { smallDisk } from "./small-disk.ts";

const NEW = { force: false, evidence: [] } as const;

function failsWith(code: string, says: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof PaydirtError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, says);
    return true;
  };
}

test("a case appears as a whole, with size and hash of every file", async (t) => {
  const home = scratch(t);
  const folder = join(home, "case");
  const writer = await CaseWriter.open({ folder, ...NEW });
  const lines = Array.from({ length: 5000 }, (_, line) => `line ${line} é\n`);
  const written = await writer.write("shares.csv", lines);
  await writer.write("case.json", new TextEncoder().encode(CASE_TEXT));
  assert.equal(existsSync(folder), false);
  await writer.write("manifest.json", MANIFEST_TEXT);
  assert.equal(await writer.commit(), folder);
  assert.deepEqual(readdirSync(folder).sort(), ["case.json", "manifest.json", "shares.csv"]);
  assert.deepEqual(readdirSync(home), ["case"]);
  const bytes = readFileSync(join(folder, "shares.csv"));
  assert.equal(bytes.toString("utf8"), lines.join(""));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  assert.deepEqual(written, { name: "shares.csv", bytes: bytes.length, sha256 });
});

test("text and bytes may be mixed, and keep their order", async (t) => {
  const path = join(scratch(t), "deep", "er", "mixed");
  await writeFileAtomic(path, ["a", "", new Uint8Array([0, 255]), "b".repeat(70_000), "c"]);
  const expected = Buffer.concat([
    Buffer.from("a"),
    Buffer.from([0, 255]),
    Buffer.from(`${"b".repeat(70_000)}c`),
  ]);
  assert.ok(readFileSync(path).equals(expected));
  assert.deepEqual(readdirSync(join(path, "..")), ["mixed"]);
});

test("an atomic write replaces the file, and leaves it alone when the content cannot be made", async (t) => {
  const folder = scratch(t);
  const path = join(folder, "xmr.csv");
  await writeFileAtomic(path, "old");
  await writeFileAtomic(path, "new");
  const broken = (function* () {
    yield "half".repeat(40_000);
    throw new TypeError("no more");
  })();
  await assert.rejects(writeFileAtomic(path, broken), TypeError);
  assert.equal(readFileSync(path, "utf8"), "new");
  assert.deepEqual(readdirSync(folder), ["xmr.csv"]);
});

test("a folder that is not empty is refused, an empty one is not", async (t) => {
  const folder = join(scratch(t), "case");
  mkdirSync(folder);
  const writer = await CaseWriter.open({ folder, ...NEW });
  await writer.abort();
  writeFileSync(join(folder, "notes.txt"), "mine");
  await assert.rejects(
    CaseWriter.open({ folder, ...NEW }),
    failsWith("output-exists", /not empty \(1 entry\)/),
  );
  assert.deepEqual(readdirSync(folder), ["notes.txt"]);
});

test("--force replaces the files of an older case and keeps all others", async (t) => {
  const folder = join(scratch(t), "case");
  mkdirSync(folder);
  for (const name of ["case.json", "report.html", "notes.txt"]) writeFileSync(join(folder, name), "old");
  writeFileSync(join(folder, "manifest.json"), MANIFEST_TEXT);
  const writer = await CaseWriter.open({ folder, force: true, evidence: [] });
  await writer.write("case.json", "new");
  await writer.write("manifest.json", "new manifest");
  assert.equal(
    readFileSync(join(folder, "case.json"), "utf8"),
    "old",
    "the old case stands until the new is whole",
  );
  await writer.commit();
  assert.deepEqual(readdirSync(folder).sort(), ["case.json", "manifest.json", "notes.txt"]);
  assert.equal(readFileSync(join(folder, "case.json"), "utf8"), "new");
  assert.equal(readFileSync(join(folder, "notes.txt"), "utf8"), "old");
});

test("--force does not take a stranger's report.html for an older case", async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, "report.html"), "of another program");
  const force = { folder, force: true, evidence: [] };
  await assert.rejects(
    CaseWriter.open(force),
    failsWith("output-exists", /holds report\.html but is no case/),
  );
  writeFileSync(join(folder, "manifest.json"), '{"name": "a browser extension"}');
  await assert.rejects(CaseWriter.open(force), failsWith("output-exists", /is no case/));
  writeFileSync(join(folder, "manifest.json"), MANIFEST_TEXT);
  await (await CaseWriter.open(force)).abort();
});

test("a case is not written over a file, nor among the evidence, nor over it", async (t) => {
  const home = scratch(t);
  const evidence = join(home, "evidence");
  mkdirSync(evidence);
  const capture = join(evidence, "a.pcap");
  writeFileSync(capture, "x");
  const inside = { folder: join(evidence, "new", "case"), force: false, evidence: [evidence] };
  await assert.rejects(CaseWriter.open(inside), failsWith("cannot-write", /lies inside the evidence/));
  const around = { folder: evidence, force: true, evidence: [capture] };
  await assert.rejects(
    CaseWriter.open(around),
    failsWith("cannot-write", /the evidence .*a\.pcap lies inside it/),
  );
  await assert.rejects(CaseWriter.open({ folder: capture, ...NEW }), failsWith("output-exists", /is a file/));
  const below = { folder: join(capture, "case"), ...NEW };
  await assert.rejects(CaseWriter.open(below), failsWith("cannot-write", /a file, not a folder/));
  const beside = { folder: join(home, "evidence-case"), force: false, evidence: [evidence, "-"] };
  await (await CaseWriter.open(beside)).abort();
  assert.deepEqual(readdirSync(home), ["evidence"]);
  assert.deepEqual(readdirSync(evidence), ["a.pcap"]);
});

test("an abort, by the caller or by a signal, leaves nothing", async (t) => {
  const home = scratch(t);
  const folder = join(home, "case");
  const first = await CaseWriter.open({ folder, ...NEW });
  await first.write("case.json", "{}");
  await first.abort();
  assert.deepEqual(readdirSync(home), []);
  const stop = new AbortController();
  const second = await CaseWriter.open({ folder, ...NEW, signal: stop.signal });
  await second.write("manifest.json", MANIFEST_TEXT);
  stop.abort();
  await assert.rejects(second.commit(), failsWith("interrupted", /Interrupted/));
  assert.deepEqual(readdirSync(home), []);
});

test("a full disk is said so, and nothing half written stays", async (t) => {
  const disk = smallDisk(t);
  if (disk === null) return t.skip("needs the right to mount a tmpfs");
  const folder = join(disk, "case");
  const writer = await CaseWriter.open({ folder, ...NEW });
  await writer.write("case.json", "x".repeat(20_000));
  const tooMuch = writer.write("shares.csv", ["y".repeat(100_000)]);
  await assert.rejects(tooMuch, failsWith("cannot-write", /case\/shares\.csv: no space is left on the disk/));
  assert.deepEqual(readdirSync(disk), []);
});

test("a folder without permission is said so", async (t) => {
  if (process.getuid?.() === 0)
    return t.skip("root may write everywhere; test/cli runs this as another user");
  const folder = scratch(t);
  chmodSync(folder, 0o500);
  const wanted = { folder: join(folder, "case"), ...NEW };
  await assert.rejects(CaseWriter.open(wanted), failsWith("cannot-write", /permission denied/));
});
