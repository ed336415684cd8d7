import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPath, isHostRoot } from "../../../src/read/host/layout.ts";

const PATHS: readonly (readonly [string, string])[] = [
  ["[root]/etc/passwd", "/etc/passwd"],
  ["uac-web01/[root]/etc/passwd", "/etc/passwd"],
  ["etc/passwd", "/etc/passwd"],
  ["var/log/auth.log.1", "/var/log/auth.log.1"],
  ["proc/1/status", "/proc/1/status"],
  ["etc", "etc"],
  ["etcetera/passwd", "etcetera/passwd"],
  ["live_response/process/ps_-ef.txt", "live_response/process/ps_-ef.txt"],
  ["uploads/file/etc/passwd", "/etc/passwd"],
  ["uploads/auto/C%3A/Users/x.dat", "C:/Users/x.dat"],
  ["uploads/ntfs/%5C%5C.%5CC%3A/$Extend/$UsnJrnl%3A$J", "C:/$Extend/$UsnJrnl:$J"],
  ["uploads/auto/100%/x", "/100%/x"],
  ["capture.pcap", "capture.pcap"],
];

test("a path in a collection is the one on the host", () => {
  for (const [path, expected] of PATHS) assert.equal(hostPath(path), expected, path);
});

test("folders that are the root of a host", () => {
  assert.ok(isHostRoot(new Set(["etc", "var"])));
  assert.ok(isHostRoot(new Set(["[root]"])));
  assert.ok(isHostRoot(new Set(["uploads", "client_info.json"])));
  assert.ok(!isHostRoot(new Set(["etc", "captures"])));
  assert.ok(!isHostRoot(new Set(["uploads"])));
});
