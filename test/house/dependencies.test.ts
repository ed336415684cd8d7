import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkoutRoot } from "../kit/data.ts";
import { PACKAGES } from "./layers.ts";
import { none } from "./none.ts";

function read(path: string): string {
  return readFileSync(join(checkoutRoot(), path), "utf8");
}

type Pins = Readonly<Record<string, string>>;
type Groups = Readonly<Record<"dependencies" | "optionalDependencies" | "devDependencies", Pins>>;
const manifest: Groups = JSON.parse(read("package.json"));
const pins = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };

/** The packages in the first column of the tables under a heading of docs/dependencies.md, with their
 *  reason.
 */
function documented(heading: string): Map<string, string> {
  const section =
    read("docs/dependencies.md")
      .split(/^## /m)
      .find((part) => part.startsWith(heading)) ?? "";
  const rows = [...section.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)];
  return new Map(rows.map((row) => [row[1] ?? "", row[2] ?? ""]));
}

for (const [heading, group] of [
  ["At run time", manifest.dependencies],
  ["Where it is wanted", manifest.optionalDependencies],
  ["For development", manifest.devDependencies],
] as const) {
  test(`docs/dependencies.md gives a reason for each package: ${heading}`, () => {
    const rows = documented(heading);
    assert.deepEqual([...rows.keys()].sort(), Object.keys(group).sort());
    for (const [name, reason] of rows) assert.ok(reason.length > 40, `${name} has no reason`);
  });
}

test("every version is pinned exactly", () => {
  for (const [name, version] of Object.entries(pins)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

test("the import table knows each package of the running program, and no other", () => {
  const running = { ...manifest.dependencies, ...manifest.optionalDependencies };
  assert.deepEqual(Object.keys(PACKAGES).sort(), Object.keys(running).sort());
});

test("the lock file holds the pinned versions, hashes for all, and the host of no registry", () => {
  const text = read("package-lock.json");
  const lock = JSON.parse(text) as {
    packages: Record<string, { version?: string; integrity?: string; optional?: boolean }>;
  };
  for (const [name, version] of Object.entries(pins)) {
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
  }
  // Optional packages of other systems may lack it: not every registry lists them (lock-platforms.mjs).
  const unhashed = Object.entries(lock.packages).filter(
    ([path, { integrity, optional }]) => path !== "" && integrity === undefined && optional !== true,
  );
  assert.deepEqual(unhashed, []);
  assert.doesNotMatch(text, /"resolved"/);
});

test("the lock file holds every platform's optional packages, without which npm ci refuses it", () => {
  type Needs = Readonly<Record<"dependencies" | "optionalDependencies", Pins | undefined>>;
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Needs> };
  const held = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, "")));
  const missing = Object.values(lock.packages)
    .flatMap(({ dependencies, optionalDependencies }) =>
      Object.keys({ ...dependencies, ...optionalDependencies }),
    )
    .filter((name) => !held.has(name));
  none([...new Set(missing)]);
});

test("no package of the running program builds or downloads anything when it is installed", () => {
  const lock = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
  };
  const scripted = Object.entries(lock.packages).filter(
    ([, { hasInstallScript }]) => hasInstallScript === true,
  );
  assert.deepEqual(scripted, []);
});

test("the node of the tests is pinned, with hashes and no registry; installing it builds nothing", () => {
  const { dependencies }: { readonly dependencies: Pins } = JSON.parse(read("test/regtest/package.json"));
  for (const [name, version] of Object.entries(dependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
  const text = read("test/regtest/package-lock.json");
  const lock: { readonly packages: Record<string, { integrity?: string }> } = JSON.parse(text);
  const unhashed = Object.entries(lock.packages).filter(([path, { integrity }]) => path !== "" && !integrity);
  assert.deepEqual(unhashed, []);
  assert.doesNotMatch(text, /"resolved"/);
  assert.match(read("test/regtest/.npmrc"), /^ignore-scripts=true$/m);
});
