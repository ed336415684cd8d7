import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Case } from "../../src/model/case.ts";
import { investigate } from "../../src/run/investigate.ts";
import { dataPath } from "../kit/data.ts";
import { QUIET } from "../kit/investigated.ts";

const WEB01 = "host/uac/uac-web01-linux-20261122174317.tar.gz";
const MINUTE_OF_AUTH = gzipSync("Jan 14 03:05:09 web01 sshd[311]: Server listening on 0.0.0.0 port 22.\n");

function hex(algorithm: string, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest("hex");
}

function log(...hashes: readonly string[]): string {
  return `Created by UAC (Unix-like Artifacts Collector) 3.3.0

[Case Information]
Case Number: C-7
Evidence Number:
Examiner: A. Doe

[System Information]
Hostname: web01

[Acquisition Information]
Acquisition Started: Sun Nov 22 17:43:18 2026 +0000
Acquisition Finished: Sun Nov 22 18:44:45 2026 +0100

[Output Information]
File: uac-web01.tar.gz
Format: tar

[Computed Hashes]
${hashes.join("\n")}
`;
}

interface Laid {
  readonly log: string;
  readonly named?: readonly string[];
  readonly hash?: boolean;
}

/** The case of an archive and the log beside it. */
async function caseOf({ log: text, named = ["uac-web01.tar.gz"], hash = true }: Laid): Promise<Case> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    writeFileSync(join(folder, "uac-web01.tar.gz"), MINUTE_OF_AUTH);
    writeFileSync(join(folder, "uac-web01.log"), text);
    const evidence = named.map((name) => join(folder, name));
    return (await investigate({ ...QUIET, hash, evidence })).case;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function custodyIn(of: Case) {
  return of.evidence.find(({ name }) => name === "uac-web01.tar.gz")?.custody ?? null;
}

const SHA256 = `SHA256 checksum: ${hex("sha256", MINUTE_OF_AUTH)}`;

test("the log beside an archive is read with it, and its hash agrees", async () => {
  const found = await caseOf({ log: log(`MD5 checksum: ${"0".repeat(32)}`, SHA256) });
  const logId = found.evidence.find(({ kind }) => kind === "uac-acquisition")?.id;
  assert.ok(logId !== undefined, "the log is listed as evidence");
  const { place, ...custody } = custodyIn(found) ?? assert.fail("no custody");
  assert.equal(place.evidence, logId);
  assert.deepEqual(custody, {
    tool: "UAC 3.3.0",
    caseNumber: "C-7",
    evidenceNumber: null,
    examiner: "A. Doe",
    started: "2026-11-22T17:43:18.000000Z",
    finished: "2026-11-22T17:44:45.000000Z",
    algorithm: "sha256",
    hash: hex("sha256", MINUTE_OF_AUTH),
    agrees: true,
  });
  assert.ok(!found.gaps.some(({ code }) => code === "custody-mismatch"));
});

test("whoever names both gets the log once", async () => {
  const found = await caseOf({ log: log(SHA256), named: ["uac-web01.tar.gz", "uac-web01.log"] });
  assert.equal(found.evidence.length, 2);
  assert.equal(custodyIn(found)?.agrees, true);
});

test("a hash that does not agree is a gap of the archive", async () => {
  const found = await caseOf({ log: log(`SHA256 checksum: ${"a".repeat(64)}`) });
  assert.equal(custodyIn(found)?.agrees, false);
  const gap = found.gaps.find(({ code }) => code === "custody-mismatch");
  assert.equal(gap?.place.evidence, found.evidence.find(({ name }) => name === "uac-web01.tar.gz")?.id);
  assert.match(gap?.says ?? "", /aaaa/);
});

test("a weaker hash counts only where the log has no better one", async () => {
  const good = await caseOf({ log: log(`MD5 checksum: ${hex("md5", MINUTE_OF_AUTH).toUpperCase()}`) });
  assert.equal(custodyIn(good)?.algorithm, "md5");
  assert.equal(custodyIn(good)?.agrees, true);
  const bad = await caseOf({ log: log(`SHA1 checksum: ${"b".repeat(40)}`) });
  assert.equal(custodyIn(bad)?.algorithm, "sha1");
  assert.equal(custodyIn(bad)?.agrees, false);
});

test("without hashing, or without a hash, nothing is said of agreement", async () => {
  const unhashed = await caseOf({ log: log(SHA256), hash: false });
  assert.equal(custodyIn(unhashed)?.agrees, null);
  const none = await caseOf({ log: log() });
  assert.equal(custodyIn(none)?.agrees, null);
  assert.equal(custodyIn(none)?.algorithm, null);
});

test("a log of another tool beside an archive is left alone", async () => {
  const found = await caseOf({ log: "Jan 14 03:05:09 web01 cron[1]: hello\n" });
  assert.equal(found.evidence.length, 1);
  assert.equal(custodyIn(found), null);
});

test("web01's acquisition log agrees with its archive", async (t) => {
  const path = dataPath(WEB01);
  if (path === null) return t.skip(`needs ../shared/data/${WEB01}`);
  const found = (await investigate({ ...QUIET, hash: true, evidence: [path] })).case;
  const archive = found.evidence.find(({ kind }) => kind === "tar");
  assert.equal(archive?.custody?.agrees, true);
  assert.equal(archive?.custody?.hash, "cb2192687b21e9bd743a621b26fb7ccc68bf9bb233562d6b7811e0a1f9620a63");
  assert.equal(found.hosts.length, 1);
});
