import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Detector, Found } from "../../src/find/detector.ts";
import { DETECTORS } from "../../src/find/index.ts";
import { limitReader } from "../../src/find/limits.ts";
import type { Facts } from "../../src/model/facts.ts";
import { type Confidence, SEVERITIES } from "../../src/model/finding.ts";
import { checkoutRoot, dataPath } from "../kit/data.ts";
import { expected } from "../kit/expected.ts";
import { type FactsFixture, factsOf, noFacts, reversed } from "../kit/facts.ts";
import { longNamed } from "../kit/long-names.ts";

const ROOT = join(checkoutRoot(), "test", "find");
const CONFIDENCES: readonly Confidence[] = ["low", "moderate", "high"];

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

function fixture(folder: string): FactsFixture {
  return JSON.parse(readFileSync(join(folder, "facts.json"), "utf8"));
}

function run(detector: Detector, facts: Facts, limits: FactsFixture["limits"]): Found[] {
  const changed = new Map(Object.entries(limits ?? {}));
  return [...detector.find(facts, limitReader(detector, changed))];
}

/** What a reviewer reads: all but the places, of which the number is kept. */
function told(found: readonly Found[]): unknown {
  return found.map(({ basis, next, ...rest }) => ({ ...rest, basis: basis.length, next: next !== null }));
}

for (const detector of DETECTORS) {
  const home = join(ROOT, detector.id);

  for (const name of folders(home)) {
    test(`${detector.id}: ${name}`, () => {
      const { limits, ...rest } = fixture(join(home, name));
      const facts = factsOf(rest);
      const found = run(detector, facts, limits);
      if (name.startsWith("silent-")) {
        assert.deepEqual(told(found), []);
        return;
      }
      assert.ok(name.startsWith("fires-") && found.length > 0, "fires");
      assert.deepEqual(told(found), expected(join(home, name, "expect.json"), told(found)));
      for (const one of found) {
        assert.ok(SEVERITIES.includes(one.severity) && one.severity !== "critical");
        assert.ok(CONFIDENCES.includes(one.confidence));
        assert.ok(one.likelihood === null || (one.likelihood > 0 && one.likelihood < 1));
        assert.ok(one.basis.length > 0, "a claim without a place");
        assert.ok(one.basis.every((step) => (step.excerpt ?? "").length <= 2000));
      }
      assert.deepEqual(run(detector, reversed(facts), limits), found, "the order of the evidence shows");
    });
  }

  test(`${detector.id}: has a twin at every threshold`, () => {
    const names = folders(home);
    assert.ok(names.some((name) => name.startsWith("fires-")));
    assert.ok(names.some((name) => name.startsWith("silent-")));
    for (const limit of Object.keys(detector.limits)) {
      const kebab = limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      for (const side of ["at", "below"]) {
        const twin = [`fires-${kebab}-${side}`, `silent-${kebab}-${side}`];
        assert.ok(
          twin.some((name) => names.includes(name)),
          `${limit} ${side}`,
        );
      }
    }
  });

  test(`${detector.id}: nothing comes of nothing`, () => {
    assert.deepEqual(run(detector, noFacts(), {}), []);
  });
}

test("every fixture folder belongs to a detector, and no id is used twice", () => {
  const ids = DETECTORS.map((detector) => detector.id);
  assert.deepEqual(folders(ROOT), [...ids].sort());
  assert.equal(new Set(ids).size, ids.length);
});

test("a host that mined is told of once: no detector repeats what another has said better", () => {
  const facts = factsOf(fixture(join(ROOT, "mining", "fires-shares-at")));
  const firing = DETECTORS.filter((detector) => run(detector, facts, {}).length > 0);
  assert.deepEqual(
    firing.map((detector) => detector.id),
    ["mining"],
  );
});

test("strings from evidence cannot fill a summary", () => {
  const facts = factsOf(longNamed("A".repeat(100_000)));
  for (const detector of DETECTORS) {
    const found = run(detector, facts, {});
    assert.ok(found.length > 0, detector.id);
    for (const one of found) {
      assert.ok(one.summary.length < 1000, `${detector.id}: ${one.summary.length}`);
      for (const step of one.basis) assert.ok(step.says.length < 1000, detector.id);
    }
  }
});

test("every technique that a detector names is one of ATT&CK's", (t) => {
  const path = dataPath("attack/techniques.tsv");
  if (path === null) return t.skip("the shared data folder is missing");
  const known = new Set(
    readFileSync(path, "utf8")
      .split("\n")
      .map((line) => line.split("\t")[0]),
  );
  for (const { id, attack } of DETECTORS) {
    assert.ok(attack.length > 0, id);
    for (const technique of attack) assert.ok(known.has(technique), `${id}: ${technique}`);
  }
});

test("limits are read as changed, else as declared, and no others are known", () => {
  const detector = DETECTORS.find((one) => one.id === "mining");
  assert.ok(detector);
  const limit = limitReader(detector, new Map([["mining.shares", 7]]));
  assert.equal(limit("shares"), 7);
  assert.equal(limit("manyShares"), 10);
  assert.throws(() => limit("toString"), TypeError);
});
