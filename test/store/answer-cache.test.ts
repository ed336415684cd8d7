import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { answerFolder, openAnswerFiles } from "../../src/store/answer-cache.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "paydirt-answers-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return join(path, "chain");
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const ANSWER = new TextEncoder().encode('{"height":\n170}');

test("an answer is there for the next run, and no other", async (t) => {
  const path = folder(t);
  const first = await openAnswerFiles(path);
  assert.equal(await first.get("a"), null);
  await first.put("a", ANSWER);
  await first.put("empty", new Uint8Array());
  const second = await openAnswerFiles(path);
  assert.deepEqual([...((await second.get("a")) ?? [])], [...ANSWER]);
  assert.deepEqual(await second.get("empty"), Buffer.alloc(0));
  assert.equal(await second.get("b"), null);
});

test("only the user may read what was asked for", async (t) => {
  const path = folder(t);
  await (await openAnswerFiles(path)).put("a", ANSWER);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  for (const file of filesIn(path)) assert.equal(statSync(file).mode & 0o777, 0o600);
});

test("every file that is not whole, byte by byte, is as good as none", async (t) => {
  const path = folder(t);
  const cache = await openAnswerFiles(path);
  await cache.put("a", ANSWER);
  const [file = ""] = filesIn(path);
  const whole = readFileSync(file);
  for (let at = 0; at < whole.length; at += 1) {
    writeFileSync(file, whole.subarray(0, at));
    assert.equal(await cache.get("a"), null, `cut at ${at}`);
    const flipped = Uint8Array.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    writeFileSync(file, flipped);
    assert.equal(await cache.get("a"), null, `changed at ${at}`);
  }
  writeFileSync(file, Buffer.concat([whole, Buffer.from("x")]));
  assert.equal(await cache.get("a"), null);
  writeFileSync(file, whole);
  assert.notEqual(await cache.get("a"), null);
});

test("the same answer put twice at once is whole, and nothing else is left", async (t) => {
  const path = folder(t);
  const cache = await openAnswerFiles(path);
  await Promise.all([1, 2, 3].map(() => cache.put("a", ANSWER)));
  assert.deepEqual([...((await cache.get("a")) ?? [])], [...ANSWER]);
  assert.equal(filesIn(path).length, 1);
});

test("a folder that cannot be made, or written to later, is an error that says why", async (t) => {
  const path = folder(t);
  const cache = await openAnswerFiles(path);
  rmSync(path, { recursive: true });
  writeFileSync(path, "a file");
  for (const act of [() => openAnswerFiles(path), () => cache.put("a", ANSWER)]) {
    await assert.rejects(
      act,
      (error) =>
        error instanceof PaydirtError &&
        error.code === "cannot-write" &&
        error.message.startsWith(`Cannot keep answers in ${path}: `),
    );
  }
  assert.equal(await cache.get("a"), null);
});

test("answers are kept in the platform's cache folder", (t) => {
  const before = process.env["XDG_CACHE_HOME"];
  t.after(() => {
    if (before === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = before;
  });
  process.env["XDG_CACHE_HOME"] = "/var/cache/me";
  assert.equal(answerFolder(), "/var/cache/me/paydirt/chain");
  process.env["XDG_CACHE_HOME"] = "relative";
  assert.match(answerFolder(), /\.cache[\\/]paydirt[\\/]chain$/);
});
