import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

const LISTS: Readonly<Record<string, string>> = {
  "ps aux": `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
systemd+     712  0.0  0.1  16000  6000 ?        Ss   Jan10   0:01 /lib/systemd/systemd-networkd
www-data    4321 99.5  1.0 999999 99999 ?        Rl   03:18 812:33 /tmp/x -o pool.example.net:3333 -p x
root          12  0.0  0.0      0     0 ?        S    Jan10   0:00 [kworker/0:1]
`,
  "ps -ef": `UID          PID    PPID  C STIME TTY          TIME CMD
www-data    4321       1 99 03:18 ?        13:32:33 /tmp/x -o pool.example.net:3333 -p x
`,
  "ps auxf": `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
www-data    4321 99,5  1.0 999999 99999 ?        Rl   03:18 812:33  | \\_ /tmp/x -o pool.example.net:3333 -p x
`,
  busybox: `PID   USER     TIME  COMMAND
 4321 www-data  13:32 /tmp/x -o pool.example.net:3333 -p x
`,
};

for (const [name, text] of Object.entries(LISTS)) {
  test(`${name}: user and whole command line`, async () => {
    const records = await collectionRecords({ "live_response/process/list.txt": text });
    const found = records.find((one) => one.kind === "process" && one.pid === 4321);
    assert.ok(found?.kind === "process");
    assert.equal(found.args, "/tmp/x -o pool.example.net:3333 -p x");
    assert.equal(found.user, "www-data");
    if (name === "ps -ef") assert.equal(found.cpuPercent, 99);
    if (name.startsWith("ps aux")) assert.equal(found.cpuPercent, 99.5);
  });
}

test("a name that is cut is not told; a kernel thread keeps its brackets", async () => {
  const records = await collectionRecords({ "live_response/process/list.txt": LISTS["ps aux"] ?? "" });
  const byPid = new Map(records.flatMap((one) => (one.kind === "process" ? [[one.pid, one]] : [])));
  assert.equal(byPid.get(712)?.user, null);
  assert.equal(byPid.get(12)?.args, "[kworker/0:1]");
});

test("start: of lstart, else of etime and the date beside it", async () => {
  const lstart = `    PID USER                      STARTED COMMAND
     11 deploy   Sun Nov  2 17:43:14 2025 ./a
`;
  const etime = `    PID USER         ELAPSED COMMAND
     12 deploy    2-01:00:05 ./b
`;
  const records = await collectionRecords({
    "live_response/process/date_before_ps_-axo_pid_user_etime_args.txt": "Sun Nov  2 17:43:18 CET 2025\n",
    "live_response/process/ps_-axo_pid_user_etime_args.txt": etime,
    "live_response/process/ps_-axo_pid_user_lstart_args.txt": lstart,
    "[root]/etc/timezone": "Europe/Berlin\n",
  });
  const starts = records.flatMap((one) =>
    one.kind === "process" ? [[one.pid, one.startedMicros, one.clock]] : [],
  );
  assert.deepEqual(starts, [
    [12, Date.UTC(2025, 9, 31, 16, 43, 13) * 1000, "local"],
    [11, Date.UTC(2025, 10, 2, 17, 43, 14) * 1000, "local"],
  ]);
});

test("top: short names, unless they are cut", async () => {
  const text = `top - 17:43:19 up 53 min,  0 user,  load average: 0.99, 1.76, 1.74
Tasks:   8 total,   2 running,   6 sleeping,   0 stopped,   0 zombie

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
     11 deploy    20   0     996    692    652 R  80.0   0.0   0:03.70 kthread+
      8 root      20   0    9908   7728   4936 S   0.0   0.0   0:00.03 perl
`;
  const records = await collectionRecords({ "live_response/process/top_-b_-n1.txt": text });
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "process" ? [[one.pid, one.name, one.args]] : [])),
    [[8, "perl", null]],
  );
});

test("a text that speaks of processes is no list of them", async () => {
  const text = "Look at PID and COMMAND with ps aux | grep xmrig\nroot 1 xmrig\n";
  assert.deepEqual(await collectionRecords({ "[root]/home/a/notes.txt": text }), []);
});
