import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openScratch } from "../../src/store/scratch.ts";

test("what is written to a scratch file is read again in places, and gone afterwards", () => {
  const folder = mkdtempSync(join(tmpdir(), "scratch-test-"));
  try {
    const scratch = openScratch(folder);
    assert.equal(readdirSync(folder).length, 1);
    scratch.append(Uint8Array.of(1, 2, 3));
    scratch.append(Uint8Array.of(4, 5));
    assert.equal(scratch.length, 5);
    const into = new Uint8Array(3);
    scratch.read(2, into);
    assert.deepEqual(into, Uint8Array.of(3, 4, 5));
    assert.throws(() => scratch.read(3, into), /it ends at 5, before 6/);
    scratch.close();
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a folder that is not there is told", () => {
  assert.throws(() => openScratch(join(tmpdir(), "no-such-folder-here")), { code: "cannot-write" });
});
