import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { openCase } from "../../src/store/read.ts";
import { CASE_TEXT, MANIFEST_TEXT, scratch } from "./scratch.ts";

/** What `openCase` answers to these two files; null stands for a missing one. */
async function opening(folder: string, document: string | null, manifest: string | null): Promise<string> {
  mkdirSync(folder, { recursive: true });
  if (document !== null) writeFileSync(join(folder, "case.json"), document);
  if (manifest !== null) writeFileSync(join(folder, "manifest.json"), manifest);
  try {
    return `schema ${(await openCase(folder)).case.schema}`;
  } catch (error) {
    assert.ok(error instanceof PaydirtError, String(error));
    assert.equal(error.code, "bad-case");
    return error.message.slice(error.message.indexOf("as a case: ") + 11);
  }
}

test("a case opens by its folder and by its files", async (t) => {
  const folder = scratch(t);
  assert.equal(await opening(folder, CASE_TEXT, MANIFEST_TEXT), "schema 1");
  for (const name of ["case.json", "manifest.json"]) {
    assert.equal((await openCase(join(folder, name))).folder, folder);
  }
});

test("what is no case is told why", async (t) => {
  const home = scratch(t);
  const rows: readonly (readonly [string | null, string | null, RegExp])[] = [
    [CASE_TEXT, null, /^manifest\.json: there is no such file$/],
    [null, MANIFEST_TEXT, /^case\.json: there is no such file$/],
    ["{", MANIFEST_TEXT, /^case\.json: .*JSON/],
    ["", MANIFEST_TEXT, /^case\.json: .*JSON/],
    ["[]", MANIFEST_TEXT, /^case\.json: it has schema none, and this version reads 1$/],
    ["null", MANIFEST_TEXT, /^case\.json: it is no JSON object$/],
    [CASE_TEXT.replace('"schema":1', '"schema":2'), MANIFEST_TEXT, /^case\.json: it has schema 2, and this/],
    [CASE_TEXT.replace('"gaps":[]', '"gaps":{}'), MANIFEST_TEXT, /^case\.json: its "gaps" is no array$/],
    [
      CASE_TEXT.replace('"verdict":', '"judgement":'),
      MANIFEST_TEXT,
      /^case\.json: its "verdict" is no object$/,
    ],
    [
      CASE_TEXT,
      MANIFEST_TEXT.replace('"files":[]', '"files":null'),
      /^manifest\.json: its "files" is no array$/,
    ],
  ];
  for (const [at, [document, manifest, says]] of rows.entries()) {
    assert.match(await opening(join(home, String(at)), document, manifest), says);
  }
});
