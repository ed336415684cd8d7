import assert from "node:assert/strict";
import { test } from "node:test";
import type { Gap } from "../../../src/model/gap.ts";
import { dataPath } from "../../kit/data.ts";
import { collectionRecords, hostRecords } from "../../kit/host-records.ts";

const OLD = "host/velociraptor/unencrypted_collector.zip";
const NEW = "host/velociraptor/Collection-WIN-E5K9RC5GU23-2021-11-21T18_05_56-08_00.zip";
const SHA256 = "a5edacb45085030db193f571560562a16f4407cee1ea411d0e87aaba7b61b42b";

const lines = (...rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join("\n");

test("a collection of the old layout: host and accounts", async (t) => {
  const path = dataPath(OLD);
  if (path === null) return t.skip(`needs ../shared/data/${OLD}`);
  const records = await hostRecords([path]);
  const host = records.find((one) => one.kind === "host");
  assert.ok(host?.kind === "host");
  assert.equal(host.name, "DESKTOP-SU8FH31.lan");
  assert.equal(host.os, "Microsoft Windows 11 Enterprise Evaluation");
  assert.deepEqual(host.addresses, ["192.168.1.202"]);
  assert.equal(host.collector, "velociraptor");
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "account" ? [one.user] : [])),
    ["SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "test"],
  );
});

test("the new layout: the host stands in the name of the archive, the time in the context", async (t) => {
  const path = dataPath(NEW);
  if (path === null) return t.skip(`needs ../shared/data/${NEW}`);
  const [host] = (await hostRecords([path])).filter((one) => one.kind === "host");
  assert.equal(host?.name, "WIN-E5K9RC5GU23");
  assert.equal(host?.collectedFirstMicros, 1_669_082_757_032_005);
  assert.equal(host?.collectedLastMicros, 1_669_082_762_301_157);
});

test("processes and connections, by the names of their columns", async () => {
  const records = await collectionRecords({
    "collection_context.json": '{"session_id":"F.X","create_time":1669082757000000000}',
    "client_info.json": lines({ os_info: { system: "linux", hostname: "web01", fqdn: "web01.example.org" } }),
    "uploads/auto/etc/hostname": "web01\n",
    "results/Linux.Sys.Pslist.json": lines({
      Pid: 11,
      Ppid: 1,
      Name: "x",
      CommandLine: "./x -o pool.example.net:3333",
      Exe: "/tmp/x (deleted)",
      Hash: { MD5: "0", SHA256: SHA256.toUpperCase() },
      Username: "deploy",
      CreatedTime: "2022-11-22T02:05:00.5Z",
    }),
    "results/Linux.Network.NetstatEnriched%2FNetstat.json": lines(
      { Pid: 11, Name: "x", Status: "ESTABLISHED", "Laddr.IP": "10.20.0.5", "Laddr.Port": 57701, Raddr: {} },
      {
        Pid: 11,
        Name: "x",
        Status: "ESTABLISHED",
        "Laddr.IP": "10.20.0.5",
        "Laddr.Port": 57701,
        "Raddr.IP": "203.0.113.10",
        "Raddr.Port": 3333,
      },
      { Pid: 7, Name: "sshd", Status: "LISTEN", "Raddr.IP": "0.0.0.0", "Raddr.Port": 0 },
    ),
  });
  const host = records.find((one) => one.kind === "host");
  assert.equal(host?.kind === "host" && host.name, "web01.example.org");
  const { place, places, excerpt, ...found } = records.find((one) => one.kind === "process") ?? assert.fail();
  assert.deepEqual(found, {
    kind: "process",
    host: "e1",
    hostname: null,
    atMicros: 1_669_082_757_000_000,
    atHow: "seen",
    clock: "utc",
    pid: 11,
    ppid: 1,
    user: "deploy",
    name: "x",
    exe: "/tmp/x",
    isDeleted: true,
    args: "./x -o pool.example.net:3333",
    cwd: null,
    cpuPercent: null,
    startedMicros: Date.UTC(2022, 10, 22, 2, 5, 0, 500) * 1000,
    sha256: SHA256,
  });
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "connection" ? [[one.pid, one.process, one.remote]] : [])),
    [[11, "x", { ip: "203.0.113.10", port: 3333 }]],
  );
});

test("keys, cron entries and accounts, in the old layout too", async () => {
  const key = `AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(42)}g`;
  const records = await collectionRecords({
    "collection_context.json": '{"session_id":"F.X"}',
    "uploads/auto/etc/hostname": "web01\n",
    "Linux.Ssh.AuthorizedKeys.json": lines({
      Uid: 1000,
      User: "deploy",
      OSPath: "/home/deploy/.ssh/authorized_keys",
      Key: key,
      Comment: "mdr\n",
    }),
    "Linux.Sys.Crontab/CronTabs.json": lines(
      { OSPath: "/var/spool/cron/deploy", Event: "@reboot", Command: "/tmp/x" },
      {
        OSPath: "/etc/crontab",
        Minute: "*/5",
        Hour: "*",
        DayOfMonth: "*",
        Month: "*",
        DayOfWeek: "1",
        Command: "y",
      },
    ),
    "Linux.Sys.Users.json": lines({ User: "deploy", Uid: 1000, Homedir: "/home/deploy", Shell: "/bin/bash" }),
  });
  assert.deepEqual(
    records.flatMap((one) =>
      one.kind === "autostart" ? [[one.mechanism, one.user, one.schedule, one.command.slice(0, 19)]] : [],
    ),
    [
      ["authorized-key", "deploy", null, "ssh-ed25519 SHA256:"],
      ["cron", null, "@reboot", "/tmp/x"],
      ["cron", null, "*/5 * * * 1", "y"],
    ],
  );
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "account" ? [[one.user, one.uid, one.home]] : [])),
    [["deploy", 1000, "/home/deploy"]],
  );
});

test("an encrypted collection is a gap that says what to do", async () => {
  const gaps: Gap[] = [];
  const metadata = '[{"EncryptedPass":"YWJj","Scheme":"X509","PublicKey":"none"}]';
  assert.deepEqual(await collectionRecords({ "metadata.json": metadata }, gaps), []);
  assert.equal(gaps[0]?.code, "encrypted-archive");
  assert.match(gaps[0]?.says ?? "", /encrypted this collection \(X509\); unpack it with `velociraptor/);
});
