import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Frame, framesOf } from "../../bench/frames.ts";
import { exampleFiles } from "../../examples/making/make.ts";
import { parseWallet } from "../../src/bytes/wallet.ts";
import { checkoutRoot } from "../kit/data.ts";
import { byteGaps, counted, investigated } from "../kit/investigated.ts";

const FOLDER = join(checkoutRoot(), "examples", "seized-server");
const digest = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const captures = (): string[] => readdirSync(FOLDER).filter((name) => name.endsWith(".pcap"));
const collections = (): string[] => readdirSync(FOLDER).filter((name) => name.endsWith(".tar"));
const MAKING = join(checkoutRoot(), "examples", "making");
const text = (name: string): string => readFileSync(join(MAKING, name), "utf8");

/** RFC 5737 and RFC 3849, as hexadecimal digits. */
const DOCUMENTATION = /^(c00002|c63364|cb0071)..$|^20010db8/;

/** Both addresses of a frame; every one of the example is Ethernet and IP. */
function addressesOf({ bytes }: Frame): string[] {
  const [at, size] = bytes[12] === 0x08 ? [26, 4] : [22, 16];
  return [at, at + size].map((from) => Buffer.from(bytes.subarray(from, from + size)).toString("hex"));
}

test("the example's files are what its script makes", () => {
  const made = exampleFiles();
  assert.deepEqual([...made.keys()].sort(), [...captures(), ...collections(), "expected.json"].sort());
  for (const [name, content] of made) {
    const folder = name === "expected.json" ? MAKING : FOLDER;
    assert.equal(digest(readFileSync(join(folder, name))), digest(content), `${name} is not up to date`);
  }
});

test("the example is small and carries only addresses for documentation", () => {
  const bytes = captures().reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  assert.ok(bytes < 3_000_000, `${bytes} bytes`);
  const ends = captures().flatMap((name) => framesOf(readFileSync(join(FOLDER, name))).flatMap(addressesOf));
  assert.deepEqual(
    [...new Set(ends)].filter((address) => !DOCUMENTATION.test(address)),
    [],
  );
  assert.ok(ends.length > 10_000);
  assert.equal(parseWallet(JSON.parse(text("expected.json")).wallet)?.coin, "xmr");
});

test("the example yields the facts of expected.json", async () => {
  const expected = JSON.parse(text("expected.json"));
  const files = [...captures(), ...collections()];
  const found = (await investigated(files.map((name) => join(FOLDER, name)))).case;
  const [session, ...others] = counted(found);
  assert.ok(session !== undefined, "no session");
  assert.equal(others.length, 0);
  for (const name of ["dialect", "coin", "wallet", "worker", "agent", "jobs"] as const) {
    assert.equal(session[name], expected[name], name);
  }
  assert.deepEqual(session.shares, expected.shares);
  assert.equal(session.client.ip, expected.client);
  assert.equal(`${session.server.ip}:${session.server.port}`, expected.server);
  assert.equal(session.serverName?.name, expected.serverName);
  assert.ok(Math.abs((session.work?.hashes ?? 0) / expected.hashes - 1) < 1e-5);
  assert.ok((session.hashrateHps?.low ?? 0) < 480 && (session.hashrateHps?.high ?? 0) > 480);
  assert.equal(
    found.evidence.reduce((sum, { packets }) => sum + (packets ?? 0), 0),
    expected.packets,
  );
  assert.ok(found.findings.some((finding) => finding.detector === "mining"));
  assert.deepEqual(byteGaps(found), []);
  const [host, ...more] = found.hosts;
  assert.deepEqual(more, [], "the capture's host is the collection's");
  assert.equal(host?.name, expected.host);
  const told = host?.story.filter(({ findings }) => findings.length > 0).map(({ stage }) => stage);
  assert.deepEqual(told, expected.stages);
  assert.ok((host?.dwell?.seconds ?? 0) > 2 * 86_400);
  assert.ok((host?.dwell?.extrapolated?.usd?.estimate ?? 0) > 0);
});
