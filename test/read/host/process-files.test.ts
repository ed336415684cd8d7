import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

const STATUS = "Name:\tkthreadadd64\nUmask:\t0022\nState:\tR (running)\nPid:\t11\nPPid:\t1\n";
const STAT = "11 (a) (b c) R 1 0 0 0 -1 4194560 421 99 7 0 582 1 0 0 20 0 1 0 321745 1019904 163";

test("a copied /proc: parentheses in a name, arguments apart by NULs, start after the host's", async () => {
  const records = await collectionRecords({
    "etc/hostname": "copy\n",
    "proc/11/cmdline": "/tmp/x\0-o\0pool.example.net:3333\0-p\0x\0",
    "proc/11/stat": STAT,
    "proc/stat": "cpu  1 2 3\nbtime 1768350000\nprocesses 5\n",
    "proc/uptime": "90000.50 1000.00\n",
  });
  const [found, ...others] = records.filter((one) => one.kind === "process");
  assert.deepEqual(others, []);
  assert.equal(found?.args, "/tmp/x -o pool.example.net:3333 -p x");
  assert.equal(found?.name, "a) (b c");
  assert.equal(found?.ppid, 1);
  assert.equal(found?.startedMicros, (1_768_350_000 + 3217.45) * 1e6);
  assert.equal(found?.clock, "utc");
  assert.equal(found?.atMicros, (1_768_350_000 + 90_000.5) * 1e6);
});

test("UAC's cmdline.txt lacks short arguments: ps is believed before it", async () => {
  const strings = "/tmp/x\npool.example.net:3333\n";
  const alone = await collectionRecords({ "live_response/process/proc/11/cmdline.txt": strings });
  assert.equal(alone[0]?.kind === "process" && alone[0].args, "/tmp/x pool.example.net:3333");
  const both = await collectionRecords({
    "live_response/process/proc/11/cmdline.txt": strings,
    "live_response/process/proc/11/status.txt": STATUS,
    "live_response/process/ps_-ef.txt":
      "UID PID PPID C STIME TTY TIME CMD\nx 11 1 0 03:18 ? 00:00:00 /tmp/x -o pool.example.net:3333\n",
  });
  assert.equal(both[0]?.kind === "process" && both[0].args, "/tmp/x -o pool.example.net:3333");
  assert.equal(both[0]?.kind === "process" && both[0].name, "kthreadadd64");
});

test("an environment with a secret is not told", async () => {
  const records = await collectionRecords({
    "live_response/process/proc/11/status.txt": STATUS,
    "live_response/process/proc/11/environ.txt": "API_TOKEN=nobodys-secret-1\nHOME=/home/deploy\n",
  });
  assert.doesNotMatch(JSON.stringify(records), /nobodys-secret/);
});
