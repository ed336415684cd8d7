import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { addressFor } from "../../examples/making/esplora.ts";
import type { Case } from "../../src/model/case.ts";
import { tarOf } from "../kit/archives.ts";
import { checkoutRoot } from "../kit/data.ts";
import { scratch } from "../store/scratch.ts";
import { paydirt } from "./paydirt.ts";

const WALLET =
  "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";

function host(name: string, machineId: string, more = ""): Uint8Array {
  return tarOf([
    { path: "[root]/etc/hostname", content: `${name}\n` },
    { path: "[root]/etc/machine-id", content: `${machineId}\n` },
    { path: "[root]/root/notes.txt", content: `${more}\n` },
  ]);
}

/** Cases "a", "b" … of these collections, made in a folder of the test's. */
function cases(folder: string, collections: readonly Uint8Array[]): string[] {
  return collections.map((bytes, at) => {
    const name = String.fromCharCode(97 + at);
    writeFileSync(join(folder, `${name}.tar`), bytes);
    const { status, err } = paydirt(["investigate", `${name}.tar`, "-o", name, "-q"], { cwd: folder });
    assert.equal(status, 0, err);
    return name;
  });
}

const read = (folder: string, name: string): Case =>
  JSON.parse(readFileSync(join(folder, name, "case.json"), "utf8"));

test("hosts of two cases that share a wallet are a cluster, and every place leads to its evidence", (t) => {
  const folder = scratch(t);
  const names = cases(folder, [
    host("web01", "1".repeat(32), WALLET),
    host("db01", "2".repeat(32), `pay ${WALLET} now`),
    host("mail", "3".repeat(32)),
  ]);
  const { status, out } = paydirt(["link", ...names, "-o", "links"], { cwd: folder });
  assert.equal(status, 0);
  assert.match(out, /2 hosts of 2 cases belong together/);
  const made = read(folder, "links");
  const [cluster, ...more] = made.clusters;
  assert.deepEqual(more, []);
  assert.deepEqual(
    cluster?.shared.map(({ kind, value }) => [kind, value]),
    [["wallet", WALLET]],
  );
  const nameOf = new Map(made.hosts.map(({ id, name }) => [id, name]));
  assert.deepEqual(cluster?.hosts.map((id) => nameOf.get(id)).sort(), ["db01", "web01"]);
  for (const place of cluster?.shared[0]?.places ?? []) {
    const piece = made.evidence.find(({ id }) => id === place.evidence);
    assert.match(piece?.name ?? "", /notes\.txt$/);
    assert.equal(place.byteLength, WALLET.length);
  }
  assert.equal(made.evidence.filter(({ kind }) => kind === "paydirt-case").length, 3);
  assert.equal(made.hosts.length, 3);
});

test("the order of the cases means nothing", (t) => {
  const folder = scratch(t);
  const names = cases(folder, [host("a1", "1".repeat(32), WALLET), host("b1", "2".repeat(32), WALLET)]);
  for (const [out, given] of [
    ["one", names],
    ["two", [...names].reverse()],
  ] as const) {
    assert.equal(paydirt(["link", ...given, "-o", out, "-q"], { cwd: folder }).status, 0);
  }
  assert.deepEqual(read(folder, "one"), read(folder, "two"));
});

test("one host that two cases know is one host and no cluster", (t) => {
  const folder = scratch(t);
  const one = host("web01", "1".repeat(32), WALLET);
  const again = host("web01", "1".repeat(32), `${WALLET} later`);
  const names = cases(folder, [one, again]);
  assert.equal(paydirt(["link", ...names, "-o", "links", "-q"], { cwd: folder }).status, 0);
  const made = read(folder, "links");
  assert.equal(made.hosts.length, 1);
  assert.deepEqual(made.clusters, []);
  assert.match(made.verdict.headline, /Nothing .* links the 2 cases/);
});

test("a case that was changed is told; what is no case, or one alone, is refused", (t) => {
  const folder = scratch(t);
  const names = cases(folder, [host("a1", "1".repeat(32)), host("b1", "2".repeat(32))]);
  const path = join(folder, "a", "case.json");
  writeFileSync(path, `${readFileSync(path, "utf8")} `);
  assert.equal(paydirt(["link", ...names, "-o", "links", "-q"], { cwd: folder }).status, 0);
  assert.deepEqual(
    read(folder, "links").gaps.map(({ code }) => code),
    ["changed"],
  );
  const alone = paydirt(["link", "a", "a", "-o", "alone"], { cwd: folder });
  assert.equal(alone.status, 2);
  assert.match(alone.err, /two cases or more, 1 different case given/);
  assert.equal(paydirt(["link", "a", "nowhere", "-o", "none"], { cwd: folder }).status, 2);
});

const EXAMPLE = join(checkoutRoot(), "examples", "followed-theft");
const THEFT = [`btc:${addressFor("thief")}`, "--chain", `slice:${join(EXAMPLE, "slice.json")}`];

/** Cases "a" and "b" of the same slice. */
function followed(folder: string, given: readonly (readonly string[])[]): readonly string[] {
  return given.map((words, at) => {
    const name = String.fromCharCode(97 + at);
    const { status, err } = paydirt(["follow", ...words, "-o", name, "-q"], { cwd: folder });
    assert.equal(status, 0, err);
    return name;
  });
}

test("two cases that followed the same theft are linked by it; what both tell alike stands once", (t) => {
  const folder = scratch(t);
  const lists = ["--tags", join(EXAMPLE, "tags.csv")];
  const names = followed(folder, [
    [...THEFT, ...lists],
    [...THEFT, ...lists, "--policy", "haircut"],
  ]);
  const { status, out } = paydirt(["link", ...names, "-o", "links"], { cwd: folder });
  assert.equal(status, 0);
  assert.match(out, /Followed money links 2 cases/);
  assert.doesNotMatch(out, /^\s+Sessions/m);
  const [made, one] = [read(folder, "links"), read(folder, "a")];
  assert.match(made.verdict.says.join("\n"), /[ab] \(k1\) and [ab] \(k2\) share 1 output that both begin at/);
  const [shared] = made.observables;
  assert.deepEqual([shared?.kind, shared?.value, shared?.common], ["wallet", addressFor("thief"), null]);
  assert.deepEqual(
    shared?.places.map(({ evidence }) => evidence.slice(0, 3)),
    ["k1.", "k2."],
  );
  assert.equal(made.tags.length, one.tags.length);
  assert.equal(made.gaps.length, one.gaps.length + read(folder, "b").gaps.length);
  assert.equal(new Set(made.traces.map(({ id }) => id)).size, 2);
});
