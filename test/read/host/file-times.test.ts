import assert from "node:assert/strict";
import { test } from "node:test";
import { tarOf } from "../../kit/archives.ts";
import { collectionRecords } from "../../kit/host-records.ts";
import { investigatedFiles } from "../../kit/investigated.ts";

const WRITTEN = 1_718_000_000;
const COPIED = 1_718_900_000;
const UNIT = "/etc/systemd/system/agent.service";
const UNIT_TEXT = "[Service]\nExecStart=/opt/agent\n";

const line = (path: string, at = WRITTEN): string =>
  `0|${path}|131|-rw-r--r--|0|0|30|${at}|${at}|${at}|${at}\n`;

/** Times in microseconds of what starts by itself, from a tarball of these files in this order. */
async function startsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const entries = Object.entries(files).map(([path, content]) => ({
    path,
    content,
    modifiedSeconds: COPIED,
  }));
  const { timeline } = await investigatedFiles({ "collection.tar": tarOf(entries) });
  return timeline.filter(({ what }) => what === "autostart").map(({ at }) => at.slice(0, 19));
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);

const COLLECTION = {
  "uac.log": "2024-06-20 16:13:20 +0000 INF UAC (Unix-like Artifacts Collector) 3.3.0\n",
  "live_response/system/hostname.txt": "web07\n",
};

test("a copied file is as old as the body file of its collection says", async () => {
  const listed = { ...COLLECTION, "bodyfile/bodyfile.txt": line("/etc/passwd") + line(UNIT) };
  assert.deepEqual(await startsOf({ ...listed, [`[root]${UNIT}`]: UNIT_TEXT }), [iso(WRITTEN)]);
});

test("one that the body file does not list, or without a time, is as old as its copy", async () => {
  for (const text of [line("/etc/passwd"), line("/etc/passwd") + line(UNIT, 0)]) {
    const listed = { ...COLLECTION, "bodyfile/bodyfile.txt": text };
    assert.deepEqual(await startsOf({ ...listed, [`[root]${UNIT}`]: UNIT_TEXT }), [iso(COPIED)]);
  }
});

test("a body file among the host's own files is believed for nothing", async () => {
  const listed = { ...COLLECTION, "[root]/etc/a.body": line("/etc/passwd") + line(UNIT) };
  assert.deepEqual(await startsOf({ ...listed, [`[root]${UNIT}`]: UNIT_TEXT }), [iso(COPIED)]);
});

test("of an unpacked collection the body file is read first", async () => {
  const records = await collectionRecords({
    ...COLLECTION,
    "bodyfile/bodyfile.txt": line("/etc/passwd") + line(UNIT),
    [`[root]${UNIT}`]: UNIT_TEXT,
  });
  const starts = records.filter(({ kind }) => kind === "autostart");
  assert.deepEqual(
    starts.map(({ atMicros }) => atMicros),
    [WRITTEN * 1e6],
  );
});
