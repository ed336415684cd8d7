import assert from "node:assert/strict";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Case } from "../../src/model/case.ts";
import type { Manifest } from "../../src/model/manifest.ts";
import { CASE_FILES, FOLLOW_FILES } from "../../src/store/index.ts";
import { checkoutRoot } from "../kit/data.ts";
import { scratch } from "../store/scratch.ts";
import { miningCapture, quietCapture, WALLET } from "./evidence.ts";
import { paydirt, STACK_TRACE, start } from "./paydirt.ts";

const MINING = miningCapture();
const FOLLOWED: ReadonlySet<string> = new Set(FOLLOW_FILES);
/** What a case holds in which no money was followed. */
const MADE = CASE_FILES.filter((name) => !FOLLOWED.has(name)).sort();

function folderWith(t: TestContext, files: Readonly<Record<string, Uint8Array>>): string {
  const folder = scratch(t);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

test("evidence in, a whole case out, and a verdict on the screen", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  const { status, out, err } = paydirt(["investigate", "a.pcap", "-o", "case"], { cwd });
  assert.equal(status, 0, err);
  assert.equal(err, "", "no progress where standard error is no terminal");
  assert.match(out, /report\.html/);
  assert.ok(!out.includes("\u001b"), "no colours where standard output is no terminal");
  assert.deepEqual(readdirSync(join(cwd, "case")).sort(), MADE);
  const made: Case = JSON.parse(readFileSync(join(cwd, "case", "case.json"), "utf8"));
  const schema: object = JSON.parse(readFileSync(join(checkoutRoot(), "docs", "case.schema.json"), "utf8"));
  const validate = new Ajv2020({ allowUnionTypes: true, allErrors: true }).compile(schema);
  validate(made);
  assert.deepEqual(validate.errors ?? [], []);
  assert.equal(made.sessions[0]?.wallet, WALLET);
  assert.equal(made.sessions[0]?.shares.accepted, MINING.accepted);
  assert.ok(made.findings.length > 0);
});

test("the same evidence gives the same bytes, in whatever order and time zone", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes, "b.pcap": quietCapture() });
  paydirt(["investigate", "a.pcap", "b.pcap", "-o", "one"], { cwd });
  paydirt(["investigate", "b.pcap", "a.pcap", "-o", "two"], {
    cwd,
    env: { TZ: "America/St_Johns", LANG: "tr_TR" },
  });
  for (const name of MADE.filter((one) => one !== "manifest.json")) {
    assert.ok(readFileSync(join(cwd, "one", name)).equals(readFileSync(join(cwd, "two", name))), name);
  }
});

test("--json prints the case and writes no folder, unless -o asks for it too", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  const only = paydirt(["investigate", "a.pcap", "--json"], { cwd });
  assert.equal(JSON.parse(only.out).schema, 1);
  assert.deepEqual(readdirSync(cwd), ["a.pcap"]);
  const both = paydirt(["investigate", "a.pcap", "--json", "-o", "case"], { cwd });
  assert.equal(both.out, readFileSync(join(cwd, "case", "case.json"), "utf8"));
  assert.equal(both.out, only.out);
});

test("standard input is evidence too", (t) => {
  const { out, status } = paydirt(["investigate", "-", "--json"], { cwd: scratch(t), input: MINING.bytes });
  assert.equal(status, 0);
  assert.equal(JSON.parse(out).sessions[0].shares.accepted, MINING.accepted);
});

test("--fail-on: 1 at the severity of the finding and below it, 0 above and without it", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes, "b.pcap": quietCapture() });
  const made: Case = JSON.parse(paydirt(["investigate", "a.pcap", "--json"], { cwd }).out);
  const all = ["info", "low", "medium", "high", "critical"];
  const worst = Math.max(...made.findings.map(({ severity }) => all.indexOf(severity)));
  assert.ok(worst >= 0);
  for (const [rank, severity] of all.entries()) {
    const { status } = paydirt(["investigate", "a.pcap", "--json", "--fail-on", severity], { cwd });
    assert.equal(status, rank <= worst ? 1 : 0, severity);
  }
  assert.equal(paydirt(["investigate", "b.pcap", "--json", "--fail-on", "info"], { cwd }).status, 0);
});

test("--quiet says nothing, particulars reach the manifest, --no-hash hashes no evidence", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  const flags = ["--quiet", "--case-number", "2017-041", "--examiner", "A. Doe", "--no-hash"];
  const { status, out, err } = paydirt(["investigate", "a.pcap", ...flags], { cwd });
  assert.deepEqual([status, out, err], [0, "", ""]);
  const manifest: Manifest = JSON.parse(readFileSync(join(cwd, "paydirt-case", "manifest.json"), "utf8"));
  assert.equal(manifest.caseNumber, "2017-041");
  assert.equal(manifest.examiner, "A. Doe");
  assert.deepEqual(manifest.commandLine, ["paydirt", "investigate", "a.pcap", ...flags]);
  assert.deepEqual(
    manifest.evidence.map(({ sha256 }) => sha256),
    [null],
  );
  assert.equal(paydirt(["verify", "paydirt-case"], { cwd }).status, 0);
});

test("a second run into the same folder is refused before it reads, and --force replaces", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  assert.equal(paydirt(["investigate", "a.pcap", "-q"], { cwd }).status, 0);
  writeFileSync(join(cwd, "paydirt-case", "notes.txt"), "mine");
  const again = paydirt(["investigate", "a.pcap"], { cwd });
  assert.equal(again.status, 2);
  assert.match(again.err, /paydirt-case: the folder is not empty .*--force/);
  assert.equal(paydirt(["investigate", "a.pcap", "-q", "--force"], { cwd }).status, 0);
  assert.equal(readFileSync(join(cwd, "paydirt-case", "notes.txt"), "utf8"), "mine");
});

test("a threshold can be set, and a wrong name lists the right ones", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  const listed = JSON.parse(paydirt(["detectors", "--json"]).out);
  const name = listed[0].limits[0].name;
  const set: Case = JSON.parse(
    paydirt(["investigate", "a.pcap", "--json", "--set", `${name}=7`], { cwd }).out,
  );
  const used = set.limits.find((limit) => `${limit.detector}.${limit.name}` === name);
  assert.deepEqual([used?.value, used?.changed], [7, true]);
  assert.ok(set.limits.some(({ changed }) => !changed));
  const wrong = paydirt(["investigate", "a.pcap", "--set", "astrology.sign=7"], { cwd });
  assert.equal(wrong.status, 2);
  assert.ok(wrong.err.includes("astrology.sign") && wrong.err.includes(name), wrong.err);
});

test("explain tells the trail, verify tells what changed", (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  paydirt(["investigate", "a.pcap", "-q", "-o", "case"], { cwd });
  const list = paydirt(["explain", "case"], { cwd });
  assert.match(list.out, /f1/);
  const trail = paydirt(["explain", "case", "f1"], { cwd });
  assert.equal(trail.status, 0, trail.err);
  assert.match(trail.out, /packet \d+/);
  const [wallet = ""] = /\b4\w{94}\b/.exec(list.out.replace(/\n +/g, "")) ?? [];
  const short = `${wallet.slice(0, 6)}…${wallet.slice(-4)}`;
  assert.equal(
    paydirt(["explain", "case", short], { cwd }).out,
    paydirt(["explain", "case", wallet], { cwd }).out,
  );
  assert.equal(paydirt(["explain", "case", "…"], { cwd }).status, 2);
  assert.equal(paydirt(["explain", "case", "4zzzzz…zzzz"], { cwd }).status, 2);
  const none = paydirt(["explain", "case", "f99"], { cwd });
  assert.equal(none.status, 2);
  assert.match(none.err, /no such id/);
  assert.equal(paydirt(["verify", "case"], { cwd }).status, 0);
  appendFileSync(join(cwd, "a.pcap"), "!");
  const changed = paydirt(["verify", "case"], { cwd });
  assert.equal(changed.status, 1);
  assert.match(changed.out, /changed +evidence +\S*a\.pcap: .* bytes then/);
  assert.equal(paydirt(["verify", "."], { cwd }).status, 2);
});

test("Ctrl-C: exit 130, one line, and no half case", async (t) => {
  const cwd = folderWith(t, {});
  const child = start(["investigate", "-", "-o", "case"], cwd);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdin.on("error", () => {});
  // Standard input stays open, so the program is still reading when the signal comes.
  child.stdin.write(MINING.bytes);
  await new Promise((done) => setTimeout(done, 1000));
  child.kill("SIGINT");
  const killer = setTimeout(() => child.kill("SIGINT"), 5000);
  const [status, signal] = await once(child, "exit");
  clearTimeout(killer);
  assert.deepEqual([status, signal], [130, null], err);
  assert.doesNotMatch(err, STACK_TRACE);
  assert.deepEqual(readdirSync(cwd), []);
});

test("a reader that closes standard output early is no error", async (t) => {
  const cwd = folderWith(t, { "a.pcap": MINING.bytes });
  const child = start(["investigate", "a.pcap", "--json"], cwd);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdout.destroy();
  const [status] = await once(child, "exit");
  assert.equal(status, 0, err);
  assert.equal(err, "");
});

test("evidence is not written to, nor a case among it", (t) => {
  const cwd = folderWith(t, {});
  mkdirSync(join(cwd, "evidence"));
  writeFileSync(join(cwd, "evidence", "a.pcap"), MINING.bytes);
  const inside = paydirt(["investigate", "."], { cwd: join(cwd, "evidence") });
  assert.equal(inside.status, 2);
  assert.match(inside.err, /lies inside the evidence .*--output/);
  assert.deepEqual(readdirSync(join(cwd, "evidence")), ["a.pcap"]);
  assert.ok(readFileSync(join(cwd, "evidence", "a.pcap")).equals(MINING.bytes));
  assert.ok(!existsSync(join(cwd, "paydirt-case")));
});
