import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { addressFor } from "../../examples/making/esplora.ts";
import type { Case } from "../../src/model/case.ts";
import type { Manifest } from "../../src/model/manifest.ts";
import { checkoutRoot } from "../kit/data.ts";
import { scratch } from "../store/scratch.ts";
import { paydirt, type Ran } from "./paydirt.ts";

const EXAMPLE = join(checkoutRoot(), "examples", "followed-theft");
const SOURCE = ["--chain", `slice:${join(EXAMPLE, "slice.json")}`];
const LISTS = ["--tags", join(EXAMPLE, "tags.csv"), "--swaps", join(EXAMPLE, "swap.json")];

interface Scene {
  readonly cwd: string;
  run(...words: readonly string[]): Ran;
  /** Name and hash of every file of the case. */
  files(): readonly string[];
  found(): Case;
}

/** A case that was made of what an extortioner wrote; `asks`: with a bitcoin address in it. */
function scene(t: TestContext, asks = true): Scene {
  const cwd = scratch(t);
  const where = asks ? ` Send 250 BTC to ${addressFor("thief")}.` : "";
  mkdirSync(join(cwd, "evidence"));
  const text = `All your files are encrypted.${where} Pay within 3 days or they are lost for ever.\n`;
  writeFileSync(join(cwd, "evidence", "README_DECRYPT.txt"), text);
  const run = (...words: readonly string[]): Ran => paydirt(words, { cwd });
  assert.equal(run("investigate", "evidence", "-o", "case").status, 0);
  const folder = join(cwd, "case");
  const hash = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  return {
    cwd,
    run,
    files: () => readdirSync(folder).map((name) => `${name} ${hash(name)}`),
    found: () => JSON.parse(readFileSync(join(folder, "case.json"), "utf8")),
  };
}

test("a trace is added to a case, whose address it begins at; once more changes nothing", (t) => {
  const { run, files, found } = scene(t);
  const before = found();
  const first = run("follow", "--into", "case", ...SOURCE, ...LISTS);
  assert.equal(first.status, 0, first.err);
  const after = found();
  for (const part of ["findings", "hosts", "wallets"] as const) {
    assert.equal(after[part].length, before[part].length, part);
  }
  assert.deepEqual(
    after.traces.map(({ seeds }) => seeds.map(({ address, valueSats }) => [address, valueSats])),
    [[[addressFor("thief"), "25000000000"]]],
  );
  assert.equal(run("verify", "case").status, 0);
  const withoutManifest = (): string[] => files().filter((name) => !name.startsWith("manifest.json"));
  const written = withoutManifest();
  assert.equal(run("follow", "--into", "case", ...SOURCE, ...LISTS).status, 0);
  assert.deepEqual(withoutManifest(), written);
});

test("two sources or policies stand side by side in a case", (t) => {
  const { run, found } = scene(t);
  for (const policy of ["fifo", "lifo,haircut"]) {
    const { status, err } = run("follow", "--into", "case", ...SOURCE, "--policy", policy);
    assert.equal(status, 0, err);
  }
  const { traces, paths } = found();
  assert.deepEqual(traces.map(({ policy }) => policy).toSorted(), ["fifo", "haircut", "lifo"]);
  const ids = new Set(traces.map(({ id }) => id));
  assert.equal(ids.size, 3);
  assert.ok(paths.every(({ trace }) => ids.has(trace)));
});

const FAILING: readonly (readonly [words: readonly string[], says: RegExp])[] = [
  [["--chain", "rpc:http://127.0.0.1:1"], /127\.0\.0\.1:1/],
  [["--chain", "slice:missing.json"], /missing\.json/],
  [[...SOURCE, "--tags", "missing.csv"], /missing\.csv/],
  [[...SOURCE, "-o", "other"], /either --into, or --output/],
];

for (const [words, says] of FAILING) {
  test(`a case stays as it is where ${words.join(" ").slice(-25)} fails`, (t) => {
    const { cwd, run, files } = scene(t);
    const before = files();
    const { status, err } = run("follow", "--into", "case", ...words);
    assert.match(err, says);
    assert.equal(status, 2);
    assert.deepEqual(files(), before);
    assert.deepEqual(readdirSync(cwd).toSorted(), ["case", "evidence"]);
  });
}

test("a case without a bitcoin address has nothing to begin at", (t) => {
  const { run, files } = scene(t, false);
  const before = files();
  const { status, err } = run("follow", "--into", "case", ...SOURCE);
  assert.match(err, /it holds no btc address; name a seed/);
  assert.equal(status, 2);
  assert.deepEqual(files(), before);
});

test("an equal question keeps the trace's id; the verdict tells of the newer answer alone", (t) => {
  const { cwd, run, found } = scene(t);
  run("follow", "--into", "case", ...SOURCE, "--policy", "fifo,haircut");
  const before = found();
  const replaced = before.verdict.says.filter((sentence) => /^250\.00 BTC/.test(sentence));
  assert.ok(replaced.length > 0);
  const { status, err } = run("follow", "--into", "case", ...SOURCE, ...LISTS, "--policy", "fifo");
  assert.equal(status, 0, err);
  const after = found();
  assert.deepEqual(
    after.traces.map(({ id, policy }) => [id, policy]),
    before.traces.map(({ id, policy }) => [id, policy]),
  );
  assert.ok(
    after.paths.some(({ id, trace, service }) => trace === "t1" && id === "t1.p1" && service !== null),
  );
  assert.equal(after.verdict.headline, before.verdict.headline);
  const told = after.verdict.says.filter((sentence) => /^250\.00 BTC/.test(sentence));
  assert.equal(told.length, 1);
  assert.ok(replaced.every((sentence) => !after.verdict.says.includes(sentence)));
  const manifest: Manifest = JSON.parse(readFileSync(join(cwd, "case", "manifest.json"), "utf8"));
  assert.deepEqual(
    manifest.earlier.map(({ commandLine }) => commandLine.slice(1, 3)),
    [
      ["investigate", "evidence"],
      ["follow", "--into"],
    ],
  );
});

test("a case of followed money alone tells it anew; lists that are read again stand once", (t) => {
  const { run, cwd } = scene(t);
  const seed = `btc:${addressFor("thief")}`;
  const foundAt = (): Case => JSON.parse(readFileSync(join(cwd, "own", "case.json"), "utf8"));
  assert.equal(run("follow", seed, ...SOURCE, "-o", "own").status, 0);
  assert.equal(run("follow", seed, ...SOURCE, ...LISTS, "--into", "own").status, 0);
  const first = foundAt();
  assert.equal(run("follow", seed, ...SOURCE, ...LISTS, "--into", "own", "--policy", "lifo").status, 0);
  const second = foundAt();
  assert.equal(second.tags.length, first.tags.length);
  assert.equal(second.swaps.length, first.swaps.length);
  assert.equal(first.traces.length, 1);
  assert.match(first.verdict.headline, /went to/);
  assert.equal(second.verdict.headline, first.verdict.headline);
});
