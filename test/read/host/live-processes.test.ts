import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { processLines } from "../../../src/read/host/live-processes.ts";
import { collectionRecords } from "../../kit/host-records.ts";

const LOOK = [
  { collector: "live", bootSeconds: 1_768_350_000, uptimeSeconds: 90_000.5 },
  {
    pid: 11,
    stat: "11 (x) R 1 0 0 0 -1 4194560 421 99 7 0 582000 1000 0 0 20 0 1 0 3000000 0",
    args: ["./x", "-o", "y"],
    exe: "/tmp/x (deleted)",
    cwd: "/tmp",
    user: "deploy",
    sockets: [77],
  },
  { pid: 12, stat: "nonsense", args: [""], exe: null, cwd: null, user: null, sockets: [] },
  { pid: "13" },
];
const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   1: 0500140A:E165 0A7100CB:0D05 01 00000000:00000000 00:00000000 00000000  1000        0 77 1 0
`;

test("a look at a running host: processes, their part of a processor, whose a connection is", async () => {
  const lines = [...LOOK.map((line) => JSON.stringify(line)), "not json"].join("\n");
  const files = { "processes.jsonl": lines, "live_response/network/proc_net_tcp.txt": TCP };
  const records = await collectionRecords(files);
  const now = 1_768_440_000.5e6;
  const [found] = records.filter((one) => one.kind === "process" && one.pid === 11);
  assert.ok(found?.kind === "process");
  assert.equal(found.args, "./x -o y");
  assert.equal(found.exe, "/tmp/x");
  assert.equal(found.isDeleted, true);
  assert.equal(found.cwd, "/tmp");
  assert.equal(found.user, "deploy");
  assert.equal(found.startedMicros, 1_768_380_000e6);
  assert.equal(found.cpuPercent, 9.7);
  assert.equal(found.atMicros, now);
  assert.equal(found.clock, "utc");
  assert.equal(found.place.line, 2);
  const connection = records.find((one) => one.kind === "connection");
  assert.ok(connection?.kind === "connection");
  assert.deepEqual([connection.pid, connection.process], [11, "x"]);
  assert.deepEqual(connection.remote, { ip: "203.0.113.10", port: 3333 });
  const host = records.find((one) => one.kind === "host");
  assert.ok(host?.kind === "host");
  assert.equal(host.collector, "live");
  assert.equal(host.collectedFirstMicros, now);
});

test("processes that come and go while they are looked at are no error", async (t) => {
  if (process.platform !== "linux") return t.skip("needs /proc");
  const children = Array.from({ length: 40 }, () => spawn("true"));
  const looks = Array.from({ length: 20 }, () =>
    processLines({ proc: "/proc", passwd: "/etc/passwd", collector: "live" }),
  );
  for (const child of children) child.kill();
  for (const { lines, processes } of looks) {
    assert.equal(lines.length, processes.length + 1);
    assert.ok(processes.some(({ pid }) => pid === process.pid));
    for (const line of lines) assert.doesNotThrow(() => JSON.parse(line));
    assert.ok(lines.every((line) => Buffer.byteLength(line) < 1 << 16));
  }
});
