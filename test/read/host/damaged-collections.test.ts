import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Gap } from "../../../src/model/gap.ts";
import type { AnyHostRecord } from "../../../src/model/host-facts.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { collectionRecords } from "../../kit/host-records.ts";
import { random } from "../../kit/random.ts";

/** Files of each reader of collections and of /proc, small and whole. */
const FILES: Readonly<Record<string, string>> = {
  "uac.log":
    "2026-11-22 17:43:17 +0000 INF Unix-like Artifacts Collector 3.3.0\n" +
    "2026-11-22 17:43:17 +0000 INF Hostname: web01\n",
  "uac-web01.log":
    "Created by UAC (Unix-like Artifacts Collector) 3.3.0\n\nFile: x.tar.gz\n" +
    `SHA256 checksum: ${"a".repeat(64)}\n`,
  "hash_executables/hash_executables.sha256": `${"b".repeat(64)}  /usr/bin/x\n`,
  "live_response/process/hash_running_processes.sha256": `${"b".repeat(64)}  /proc/11/exe\n`,
  "live_response/process/ps_auxwww.txt":
    "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n" +
    "deploy        11 88.8  0.0    996   692 ?        R    17:43   0:03 ./x -o pool.example.net:3333\n",
  "live_response/process/ps_-axo_pid_user_lstart_args.txt":
    "    PID USER                      STARTED COMMAND\n     11 deploy   Sun Nov 22 17:43:14 2026 ./x\n",
  "live_response/process/running_processes_full_paths.txt":
    "lrwxrwxrwx 1 deploy deploy 0 Nov 22 17:43 /proc/11/exe -> /tmp/x (deleted)\n",
  "live_response/process/hidden_pids_for_ps_command.txt": "5424\n",
  "live_response/process/lsof_-nPl.txt":
    "COMMAND    PID     USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME\n" +
    "x           11     1000    3u  IPv4 293848      0t0     TCP 10.20.0.5:57701->203.0.113.10:3333\n",
  "live_response/process/proc/11/status.txt": "Name:\tx\nPid:\t11\nPPid:\t1\n",
  "live_response/process/proc/11/stat.txt":
    "11 (x) R 1 0 0 0 -1 4194560 421 99 7 0 582 1 0 0 20 0 1 0 321745 1\n",
  "live_response/process/proc/11/cmdline.txt": "./x\npool.example.net:3333\n",
  "live_response/network/ss_-tanp.txt":
    "State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n" +
    'ESTAB  0      0          10.20.0.5:57701 203.0.113.10:3333  users:(("x",pid=11,fd=3))\n',
  "live_response/network/proc_net_tcp.txt":
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n" +
    "   1: 0500140A:E165 0A7100CB:0D05 01 00000000:00000000 00:00000000 00000000  1000        0 293848 1 0\n",
  "live_response/network/ip_addr_show.txt":
    "2: eth0: <UP> mtu 1500\n    inet 10.20.0.5/24 scope global eth0\n",
  "live_response/system/date.txt": "Sun Nov 22 17:43:27 UTC 2026\n",
  "processes.jsonl":
    '{"collector":"live","bootSeconds":1768350000,"uptimeSeconds":90000.5}\n' +
    '{"pid":11,"stat":"11 (x) R 1 0","args":["./x"],"exe":"/tmp/x","user":"a","sockets":[293848]}\n',
  "collection_context.json": '{"session_id":"F.X","start_time":1669082757000000000}\n',
  "client_info.json": '{"Hostname":"web01","OS":"linux"}\n',
  "results/Linux.Sys.Pslist.json": '{"Pid":11,"Ppid":1,"Name":"x","CommandLine":"./x","Exe":"/tmp/x"}\n',
  "results/Linux.Ssh.AuthorizedKeys.json":
    `{"User":"a","Key":"AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}"}\n` +
    `{"User":"a","Key":"AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}"}\n`,
  "[root]/etc/hostname": "web01\n",
  "[root]/etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
};
const ROUNDS = 60;

/** A record that no reader may make: a number that is none, or a text where there is nothing. */
function assertSound(records: readonly AnyHostRecord[]): void {
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      if (typeof value === "number") assert.ok(Number.isFinite(value), `${record.kind}.${name} is ${value}`);
      assert.notEqual(value, undefined, `${record.kind}.${name}`);
    }
    if (record.kind === "connection") assert.ok(record.remote.port > 0 && record.remote.port <= 65_535);
  }
}

test("each file by itself is read as something", async () => {
  for (const [path, text] of Object.entries(FILES)) {
    const gaps: Gap[] = [];
    const records = await collectionRecords({ [path]: text, "[root]/x": "", "uploads/x": "" }, gaps);
    const needsOthers = /hash_|lsof|date\.txt|stat\.txt/.test(path);
    assert.ok(records.length > 0 || needsOthers, `${path} tells nothing`);
    assert.deepEqual(gaps, [], path);
  }
});

test("truncated and bit-flipped collections: whatever is left is read, and nothing throws", async () => {
  const by = random(20261122);
  for (let round = 0; round < ROUNDS; round += 1) {
    const damaged = Object.entries(FILES).map(([path, text]) => {
      const bytes = Buffer.from(text);
      return [path, round % 2 === 0 ? cut(bytes, by) : flipped(bytes, 1 + by.below(6), by)] as const;
    });
    assertSound(await collectionRecords(Object.fromEntries(damaged)));
  }
});

test("UAC's own files, truncated and bit-flipped", async (t) => {
  const folder = dataPath("host/uac");
  if (folder === null) return t.skip("needs ../shared/data/host/uac");
  const name = readdirSync(folder).find((one) => /^uac-web01.*\.tar\.gz$/.test(one)) ?? "";
  const tar = gunzipSync(readFileSync(`${folder}/${name}`));
  const by = random(20261122);
  const whole = await collectionRecords({ "a.tar": tar });
  assert.ok(whole.length > 40);
  for (let round = 0; round < 4; round += 1) {
    assertSound(
      await collectionRecords({ "a.tar": round % 2 === 0 ? cut(tar, by) : flipped(tar, 2_000, by) }),
    );
  }
});

test("a file of random bytes under each name is read without an error", async () => {
  const by = random(7);
  const noise = (): Uint8Array => by.bytes(by.below(400));
  for (let round = 0; round < 20; round += 1) {
    const files = Object.fromEntries(Object.keys(FILES).map((path) => [path, noise()]));
    assertSound(await collectionRecords(files));
  }
});
