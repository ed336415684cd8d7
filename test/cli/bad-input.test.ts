import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { scratch } from "../store/scratch.ts";
import { smallDisk } from "../store/small-disk.ts";
import { miningCapture, quietCapture } from "./evidence.ts";
import { paydirt, type Ran, STACK_TRACE } from "./paydirt.ts";

const GOOD = miningCapture();
/** Where the file's header names the link type, and where the first record begins. */
const LINK_TYPE_AT = 20;
const PACKET_AT = 24;

/** A pcap file header with this link type, and one record that claims this length. */
function record(linkType: number, claims: number, holds: number): Uint8Array {
  const bytes = new Uint8Array(PACKET_AT + 16 + holds);
  const view = new DataView(bytes.buffer);
  const words = [0xa1b2c3d4, 0x0004_0002, 0, 0, 262_144, linkType, 1_500_000_000, 0, claims, claims];
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
  return bytes;
}

interface Bad {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What its gap says, besides its name. */
  readonly code: string;
  readonly says: RegExp;
  readonly atByte: number;
  /** Whether the file is evidence when it is alone: nothing could be read of it. */
  readonly alone: 0 | 2;
}

const text = new TextEncoder().encode("Dear Sir, the server is slow of late.\n".repeat(50));

const BAD: readonly Bad[] = [
  { name: "empty.pcap", bytes: new Uint8Array(0), code: "empty", says: /0 bytes/, atByte: 0, alone: 2 },
  { name: "letter.txt", bytes: text, code: "unrecognised", says: /offset 0/, atByte: 0, alone: 0 },
  {
    name: "header.pcap",
    bytes: record(1, 0, 0).subarray(0, 13),
    code: "truncated-file",
    says: /13/,
    atByte: 0,
    alone: 0,
  },
  {
    name: "huge.pcap",
    bytes: record(1, 0xffff_fff0, 60),
    code: "malformed-record",
    says: /4,?294,?967,?280/,
    atByte: PACKET_AT,
    alone: 0,
  },
  {
    name: "link.pcap",
    bytes: record(147, 60, 60),
    code: "unsupported-link-type",
    says: /147/,
    atByte: LINK_TYPE_AT,
    alone: 0,
  },
  {
    name: "cut.pcap",
    bytes: quietCapture().subarray(0, -7),
    code: "truncated-file",
    says: /7|bytes/,
    atByte: -1,
    alone: 0,
  },
];

function investigated(folder: string, words: readonly string[], uid?: number): Ran & { made: Case | null } {
  const ran = paydirt(
    ["investigate", ...words, "--json"],
    uid === undefined ? { cwd: folder } : { cwd: folder, uid },
  );
  assert.doesNotMatch(ran.err, STACK_TRACE);
  assert.doesNotMatch(ran.err, /unexpected error/);
  return { ...ran, made: ran.out === "" ? null : JSON.parse(ran.out) };
}

function assertGoodIsRead(made: Case | null, name: string): void {
  assert.ok(made !== null, `${name}: no case`);
  assert.equal(made.sessions.length, 1, name);
  assert.equal(made.sessions[0]?.shares.accepted, GOOD.accepted, name);
}

for (const { name, bytes, code, says, atByte } of BAD) {
  test(`${name}: a gap that names the file and the offset, and the rest is still read`, (t) => {
    const folder = scratch(t);
    writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, "good.pcap"), GOOD.bytes);
    const { status, made } = investigated(folder, [name, "good.pcap"]);
    assert.equal(status, 0);
    assertGoodIsRead(made, name);
    const evidence = made?.evidence.find((one) => one.name === name);
    assert.equal(evidence?.bytes, bytes.length, "it is listed with its size");
    const gaps = made?.gaps.filter(({ place }) => place.evidence === evidence?.id) ?? [];
    const gap = gaps.find((one) => one.code === code);
    assert.ok(gap !== undefined, `gaps: ${JSON.stringify(gaps)}`);
    assert.match(gap.says, says);
    if (atByte >= 0) assert.equal(gap.place.atByte, atByte);
    else assert.ok(gap.place.atByte > PACKET_AT && gap.place.atByte < bytes.length);
  });
}

for (const { name, bytes, alone } of BAD) {
  test(`${name} alone: exit ${alone}, no stack trace, ${alone === 2 ? "no" : "a"} case`, (t) => {
    const folder = scratch(t);
    writeFileSync(join(folder, name), bytes);
    const { status, err } = paydirt(["investigate", name], { cwd: folder });
    assert.equal(status, alone, err);
    assert.doesNotMatch(err, STACK_TRACE);
    if (alone === 2) assert.match(err, new RegExp(`^paydirt: .*${name.replace(".", "\\.")}`, "m"));
    assert.deepEqual(readdirSync(folder).sort(), alone === 2 ? [name] : [name, "paydirt-case"]);
  });
}

test("a missing file is named at once, and nothing is made", (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, "good.pcap"), GOOD.bytes);
  const { status, err } = paydirt(["investigate", "good.pcap", "gone.pcap"], { cwd: folder });
  assert.equal(status, 2);
  assert.match(err, /gone\.pcap/);
  assert.equal(err.trim().split("\n").length, 1);
  assert.deepEqual(readdirSync(folder), ["good.pcap"]);
});

test("folders without evidence", (t) => {
  const folder = scratch(t);
  mkdirSync(join(folder, "hollow", "deep"), { recursive: true });
  const hollow = paydirt(["investigate", "hollow"], { cwd: folder });
  assert.equal(hollow.status, 2);
  assert.match(hollow.err, /hollow/);
  writeFileSync(join(folder, "hollow", "deep", "letter.txt"), text);
  const letters = paydirt(["investigate", "hollow"], { cwd: folder });
  assert.equal(letters.status, 0, "a file of any kind is searched for addresses");
  assert.match(letters.out, /no mining was seen/i);
});

/** Runs as the user "nobody" when this is root, whom no permission stops. */
function plainUser(): number | undefined {
  return process.getuid?.() === 0 ? 65_534 : undefined;
}

test("a file without permission is a gap, the rest is still read; alone it is exit 2", (t) => {
  if (process.platform === "win32") return t.skip("needs POSIX permissions");
  const folder = scratch(t);
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, "good.pcap"), GOOD.bytes);
  writeFileSync(join(folder, "secret.pcap"), quietCapture());
  chmodSync(join(folder, "secret.pcap"), 0);
  const { made, status } = investigated(folder, ["secret.pcap", "good.pcap"], plainUser());
  assert.equal(status, 0);
  assertGoodIsRead(made, "secret.pcap");
  const gap = made?.gaps.find(({ code }) => code === "unreadable");
  assert.match(gap?.says ?? "", /secret\.pcap.*permission/i);
  const alone = investigated(folder, ["secret.pcap"], plainUser());
  assert.equal(alone.status, 2);
  assert.match(alone.err, /secret\.pcap.*permission/i);
});

test("an output folder without permission is said before anything is read", (t) => {
  if (process.platform === "win32") return t.skip("needs POSIX permissions");
  const folder = scratch(t);
  writeFileSync(join(folder, "good.pcap"), GOOD.bytes);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "good.pcap"), 0o644);
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0o555);
  const ran = paydirt(["investigate", "good.pcap", "-o", "locked/case"], { cwd: folder, ...asUser() });
  assert.equal(ran.status, 2);
  assert.match(ran.err, /^paydirt: Cannot write the case to .*locked\/case: permission denied$/m);
});

function asUser(): { uid?: number } {
  const uid = plainUser();
  return uid === undefined ? {} : { uid };
}

test("a full disk: a clear message, no half case, and an older case as it was", (t: TestContext) => {
  const disk = smallDisk(t);
  if (disk === null) return t.skip("needs the right to mount a tmpfs");
  const folder = scratch(t);
  writeFileSync(join(folder, "good.pcap"), GOOD.bytes);
  writeFileSync(join(disk, "ballast"), new Uint8Array(60 * 1024));
  const ran = paydirt(["investigate", "good.pcap", "-o", join(disk, "case")], { cwd: folder });
  assert.equal(ran.status, 2);
  assert.match(ran.err, /^paydirt: Cannot write .*: no space is left on the disk$/m);
  assert.doesNotMatch(ran.err, STACK_TRACE);
  assert.deepEqual(readdirSync(disk), ["ballast"]);
  mkdirSync(join(disk, "old"));
  const manifest = '{"schema":1,"tool":{"name":"paydirt"}}';
  writeFileSync(join(disk, "old", "manifest.json"), manifest);
  const again = paydirt(["investigate", "good.pcap", "--force", "-o", join(disk, "old")], { cwd: folder });
  assert.equal(again.status, 2);
  assert.equal(readFileSync(join(disk, "old", "manifest.json"), "utf8"), manifest);
  assert.deepEqual(readdirSync(disk).sort(), ["ballast", "old"]);
});

test("a name that would steer the terminal is printed harmlessly", (t) => {
  if (process.platform === "win32") return t.skip("needs file names with control characters");
  const folder = scratch(t);
  const name = "a\u001b[2Jb.pcap";
  writeFileSync(join(folder, name), "");
  const { status, err, out } = paydirt(["investigate", name], { cwd: folder });
  assert.equal(status, 2);
  assert.ok(!err.includes("\u001b") && !out.includes("\u001b"), JSON.stringify(err));
  assert.ok(!existsSync(join(folder, "paydirt-case")));
});
