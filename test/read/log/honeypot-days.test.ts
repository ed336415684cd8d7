import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

test("summaries of two files are three sensors, each a honeypot with the commands of its days", async (t) => {
  const names = ["245.133", "253.142"].map((end) => `deroux_cowrie_104.248.${end}_reduced.json`);
  const files: Record<string, Uint8Array> = {};
  for (const name of names) {
    const path = dataPath(`host/honeypot/${name}`);
    if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
    files[name] = readFileSync(path);
  }
  const found = await investigatedFiles(files);
  const sensors = found.hosts.filter(({ name }) => name !== null);
  assert.deepEqual(
    sensors.map(({ name, collector, counts }) => `${name?.slice(-7)} ${collector} ${counts["command"]}`),
    // Two droplets had the third name at first: what both files say of one day is one fact.
    ["fra1-02 honeypot 1162", "fra1-03 honeypot 797", "fra1-01 honeypot 65"],
  );
  assert.deepEqual(found.gaps, []);
});

test("a command that is counted twice in one day is one, and null lists are none", async () => {
  const day = { date: "2021-06-16", sensor: "pot-1.example", commands: [{ input: "id", count: 3 }] };
  const days = [
    { ...day, pre_disconnect_command: null },
    { ...day, pre_disconnect_command: [{ input: "w" }, { input: "w" }, { count: 1 }, 7] },
  ];
  const found = await readOne(JSON.stringify(days, null, 2));
  assert.equal(found.reader, "honeypot-days");
  assert.deepEqual(
    ofKind(found, "command").map(({ text, atMicros }) => `${text} ${atMicros}`),
    ["id 1623801600000000", "id 1623801600000000", "w 1623801600000000"],
  );
});
