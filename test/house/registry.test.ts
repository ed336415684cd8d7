import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DETECTORS } from "../../src/find/index.ts";
import { CHANGE_RULES } from "../../src/follow/bitcoin/change/index.ts";
import { COINJOINS } from "../../src/follow/bitcoin/coinjoin/index.ts";
import { READERS } from "../../src/read/index.ts";
import { DIALECTS } from "../../src/tables/dialects.ts";
import { checkoutRoot } from "../kit/data.ts";
import { sourcesIn } from "./sources.ts";

const REGISTRIES = { CHANGE_RULES, COINJOINS, DETECTORS, DIALECTS, READERS } as const;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What stands in a folder of the checkout; nothing when it does not exist. */
function entries(folder: string): string[] {
  const path = join(checkoutRoot(), folder);
  return existsSync(path) ? readdirSync(path) : [];
}

for (const [name, rows] of Object.entries(REGISTRIES)) {
  test(`${name} has rows whose ids are unique and kebab-case`, () => {
    const ids = rows.map(({ id }) => id);
    assert.ok(ids.length > 0, "it is empty");
    assert.deepEqual(ids, [...new Set(ids)]);
    assert.deepEqual(
      ids.filter((id) => !KEBAB.test(id)),
      [],
    );
  });
}

test("a detector is the file src/find/<id>.ts, and each such file that makes one is registered", () => {
  const files = sourcesIn("src/find").filter(({ text }) => /\bexport const [\w$]+: Detector = \{/.test(text));
  const names = files.map(({ path }) => path.replace(/^src\/find\/(.*)\.ts$/, "$1"));
  assert.deepEqual(names.sort(), DETECTORS.map(({ id }) => id).sort());
});

const FOLLOW_RULES = [
  ["coinjoin", "CoinJoinRow", COINJOINS],
  ["change", "ChangeRule", CHANGE_RULES],
] as const;

for (const [folder, type, rows] of FOLLOW_RULES) {
  test(`each ${type} is the file src/follow/bitcoin/${folder}/<id>.ts and is registered`, () => {
    const names = sourcesIn(`src/follow/bitcoin/${folder}`)
      .filter(({ text }) => new RegExp(`\\bexport const [\\w$]+: ${type} = \\{`).test(text))
      .map(({ path }) => path.replace(/^.*\/(.*)\.ts$/, "$1"));
    assert.deepEqual(names.sort(), rows.map(({ id }) => id).sort());
  });

  test(`each ${type} stands in docs/methods.md`, () => {
    const methods = readFileSync(join(checkoutRoot(), "docs/methods.md"), "utf8");
    for (const { id } of rows) assert.ok(methods.includes(`| \`${id}\` | `), `no row for ${id}`);
  });
}

test("a reader is the file <id>.ts in a folder of src/read/", () => {
  const names = sourcesIn("src/read").map(({ path }) => path.split("/").at(-1));
  for (const { id } of READERS) assert.ok(names.includes(`${id}.ts`), `no src/read/…/${id}.ts`);
});

for (const detector of DETECTORS) {
  test(`detector ${detector.id} names its sources, its blind spots and a reason for each limit`, () => {
    assert.ok(detector.title.length > 0, "title");
    assert.ok(detector.reads.length > 0, "reads");
    assert.ok(detector.blindTo.length >= 20, `blindTo says only "${detector.blindTo}"`);
    assert.ok(
      detector.sources.length > 0 && detector.sources.every((source) => source.length >= 10),
      "sources",
    );
    for (const id of detector.attack) assert.match(id, /^T\d{4}(?:\.\d{3})?$/);
    for (const [name, { value, unit, why }] of Object.entries(detector.limits)) {
      assert.match(name, /^[a-z][A-Za-z0-9-]*$/);
      assert.ok(Number.isFinite(value), `${name} has no value`);
      assert.ok(unit.length > 0 && why.length >= 20, `${name} needs a unit and a reason`);
    }
  });

  test(`detector ${detector.id} has a case that fires and one that stays silent`, () => {
    const cases = entries(`test/find/${detector.id}`);
    const tested = entries("test/find").includes(`${detector.id}.test.ts`);
    const twins = ["fires-", "silent-"].every((prefix) => cases.some((name) => name.startsWith(prefix)));
    assert.ok(
      tested || twins,
      `neither ${detector.id}.test.ts nor {fires,silent}-* in test/find/${detector.id}`,
    );
  });
}

for (const { id, source, messages } of DIALECTS) {
  test(`dialect ${id} names its source and has messages`, () => {
    assert.ok(source.length >= 5, `its source is "${source}"`);
    assert.ok(messages.length > 0 || id === "stratum-v2", "only what is encrypted may have no messages");
  });

  test(`dialect ${id} has conversations in test/read/capture/stratum/${id}/`, () => {
    assert.notDeepEqual(entries(`test/read/capture/stratum/${id}`), []);
  });
}

for (const { id } of READERS) {
  test(`reader ${id} has a test or fixture folder of its own, or a test that writes its format`, () => {
    const tests = sourcesIn("test/read").filter(({ path }) => path.endsWith(".test.ts"));
    const own = tests.some(({ path }) => path.endsWith(`/${id}.test.ts`) || path.includes(`/${id}/`));
    const written = tests.some(({ code }) => new RegExp(`\\b${id}\\(`).test(code));
    assert.ok(own || written, `no test of ${id}`);
  });
}
