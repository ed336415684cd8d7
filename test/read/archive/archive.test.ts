import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Case } from "../../../src/model/case.ts";
import { type Entry, tarHeader, tarOf, zipOf } from "../../kit/archives.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { random } from "../../kit/random.ts";

const LINES = [
  "Jan 14 03:14:07 web01 sshd[1]: Accepted password for deploy from 203.0.113.9 port 40188 ssh2",
  "",
].join("\n");

const LOG: Entry = { path: "var/log/auth.log", content: LINES, modifiedSeconds: 1_768_400_000 };

/** Logins that were read, as the hosts count them. */
const logins = ({ hosts }: Case): number => hosts.reduce((sum, host) => sum + (host.counts["login"] ?? 0), 0);
const codes = ({ gaps }: Case): string[] => [...new Set(gaps.map(({ code }) => code))].sort();

const FORMS: Readonly<Record<string, Uint8Array>> = {
  tar: tarOf([LOG]),
  "tar.gz": gzipSync(tarOf([LOG])),
  zip: zipOf([LOG]),
  "zip, stored": zipOf([LOG], { stored: true }),
  "gzip in gzip": gzipSync(gzipSync(LINES)),
  "tar in zip in tar.gz": gzipSync(
    tarOf([{ path: "inner.zip", content: zipOf([{ path: "inner.tar", content: tarOf([LOG]) }]) }]),
  ),
  "gzip in tar": tarOf([{ ...LOG, path: "var/log/auth.log.2.gz", content: gzipSync(LINES) }]),
  "a path of 300 characters": tarOf([{ ...LOG, path: `${"deep/".repeat(60)}auth.log` }]),
  "foreign files beside it": tarOf([
    { path: "a.bin", content: new Uint8Array(5000) },
    LOG,
    { path: "b.txt", content: "hello" },
  ]),
};

for (const [name, bytes] of Object.entries(FORMS)) {
  test(`a log is read from ${name}`, async () => {
    const found = await investigatedFiles({ evidence: bytes });
    assert.equal(logins(found), 1);
    assert.deepEqual(
      codes(found).filter((code) => code !== "unknown-year"),
      [],
    );
  });
}

test("a member is evidence of its own, within its archive, and found at its bytes", async () => {
  const found = await investigatedFiles({ "e.tar": tarOf([{ path: "x/none", content: "?" }, LOG]) });
  const [archive, member, ...more] = found.evidence;
  assert.deepEqual(more, []);
  assert.equal(archive?.kind, "tar");
  assert.deepEqual([archive?.files, archive?.filesRead], [2, 1]);
  assert.equal(member?.within, archive?.id);
  assert.equal(member?.name, "e.tar/var/log/auth.log");
  assert.equal(member?.bytes, LINES.length);
  const place = found.timeline.find(({ what }) => what === "login")?.place;
  assert.equal(place?.evidence, member?.id);
  assert.deepEqual([place?.atByte, place?.line], [0, 1]);
});

test("a path that leads out of its archive is read, told, and written nowhere", async () => {
  for (const path of ["../../etc/auth.log", "/etc/auth.log", "C:\\auth.log"]) {
    for (const archive of [tarOf([{ ...LOG, path }]), zipOf([{ path, content: "?" }, LOG])]) {
      const found = await investigatedFiles({ archive });
      assert.equal(logins(found), 1, path);
      assert.ok(codes(found).includes("unsafe-path"), path);
    }
  }
});

test("links in an archive are passed over", async () => {
  const link = tarHeader({ path: "var/log/link", content: "", type: "2" }, 0);
  const found = await investigatedFiles({ "e.tar": Buffer.concat([link, tarOf([LOG])]) });
  assert.equal(found.evidence[0]?.files, 1);
  assert.equal(logins(found), 1);
});

test("a damaged header costs its member; the others are still read", async () => {
  const bytes = Uint8Array.from(tarOf([{ path: "one", content: "1" }, LOG]));
  bytes[10] = 0xff;
  const padded = Buffer.concat([tarHeader({ path: "first", content: "" }, 0), bytes]);
  const found = await investigatedFiles({ "e.tar": padded });
  assert.equal(logins(found), 1);
  assert.deepEqual(codes(found), ["malformed-archive"]);
});

test("a size that reaches beyond the archive is a gap with both numbers", async () => {
  const found = await investigatedFiles({ "e.tar": tarHeader(LOG, 2 ** 33) });
  assert.deepEqual(codes(found), ["truncated-file"]);
  assert.match(found.gaps[0]?.says ?? "", /8589934592 bytes, 0 are there/);
});

test("encrypted files of a zip are a gap that says what to do, the others are read", async () => {
  const found = await investigatedFiles({ "e.zip": zipOf([LOG], { flags: 1 }) });
  assert.equal(logins(found), 0);
  assert.deepEqual(codes(found), ["encrypted-archive"]);
  assert.match(found.gaps[0]?.says ?? "", /decrypted/);
});

test("archives that lie too deep, as those that hold themselves do, are not opened", async () => {
  let bytes: Uint8Array = tarOf([LOG]);
  for (let depth = 0; depth < 9; depth += 1) bytes = tarOf([{ path: `${depth}.tar`, content: bytes }]);
  const found = await investigatedFiles({ "e.tar": bytes });
  assert.deepEqual(codes(found), ["nesting-limit"]);
  assert.equal(logins(found), 0);
});

/** 4 GiB of zeros, compressed twice: zeros shrink to a thousandth, and that shrinks again. */
function bomb(): Buffer {
  const piece = gzipSync(new Uint8Array(64 << 20));
  return gzipSync(Buffer.concat(Array.from({ length: 64 }, () => piece)));
}

test("an archive of a few kilobytes that unpacks to 4 GiB is stopped at the limit", async () => {
  const packed = bomb();
  assert.ok(packed.length < 42_000, `${packed.length} bytes`);
  assert.ok(gunzipSync(packed).length < 5e6);
  const started = Date.now();
  const found = await investigatedFiles({ "e.tar": tarOf([{ path: "bomb.gz", content: packed }, LOG]) });
  assert.deepEqual(codes(found), ["unpack-limit"]);
  assert.match(found.gaps[0]?.says ?? "", /268435456/);
  assert.equal(logins(found), 1, "the rest is still read");
  assert.ok(Date.now() - started < 20_000);
});

test("archives cut and with changed bytes end well", async () => {
  const by = random(5);
  for (const bytes of Object.values(FORMS)) {
    for (let left = 12; left > 0; left -= 1) {
      await investigatedFiles({ evidence: cut(bytes, by) }).catch(expected);
      await investigatedFiles({ evidence: flipped(bytes, 1 + left, by) }).catch(expected);
    }
  }
});

/** A file cut to nothing is no evidence. */
function expected(error: unknown): void {
  assert.match(String(error), /PaydirtError.*0 bytes/);
}
