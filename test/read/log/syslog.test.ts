import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros, parseIso } from "../../../src/bytes/time.ts";
import { dataPath } from "../../kit/data.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { ofKind, type ReadOne, readOne } from "../../kit/read-one.ts";

const WRITTEN = parseIso("2026-01-20T00:00:00Z");
const at = (micros: number | null) => (micros === null ? null : isoMicros(micros).slice(0, 19));
const read = (lines: readonly string[], modified = WRITTEN): Promise<ReadOne> =>
  readOne(`${lines.join("\n")}\n`, "/var/log/syslog", modified);

test("every form of a line gives host, program and time", async () => {
  const text = "Accepted password for deploy from 192.0.2.7 port 40022 ssh2";
  const { reader, records, gaps } = await read([
    `Jan 14 03:05:09 web01 sshd[71]: ${text}`,
    `<38>Jan  4 03:05:09 web01 sshd[71]: ${text}`,
    `Jan 14 03:05:09.123 web01 /usr/sbin/sshd[71]:  ${text}`,
    `Jan 14 03:05:10 web01 auth.info sshd[71]: ${text}`,
    `2026-01-14T03:05:11.123456+01:00 web01 sshd[71]: ${text}`,
    `2026-01-14T03:05:11+0100 web01 sshd: ${text}`,
    `2026-01-14T03:05:12 web01 sshd[71]: ${text}`,
    `<38>1 2026-01-14T03:05:13.5Z web01 sshd 71 - - ${text}`,
    `<38>1 2026-01-14T03:05:14Z web01 sshd 71 ID47 [a@1 b="x]\\"]"][c@2] \uFEFF${text}`,
    `\0\0\0Jan 14 03:05:15 web01 sshd[71]: ${text}`,
    "-- Boot 0123456789abcdef --",
  ]);
  assert.equal(reader, "syslog");
  assert.deepEqual(
    gaps.map(({ code, count }) => [code, count]),
    [["clock-order", 2]],
  );
  assert.deepEqual(
    records.map((one) => [one.hostname, at(one.atMicros), one.atHow, one.clock]),
    [
      ["web01", "2026-01-14T03:05:09", "inferred", "local"],
      ["web01", "2026-01-04T03:05:09", "inferred", "local"],
      ["web01", "2026-01-14T03:05:09", "inferred", "local"],
      ["web01", "2026-01-14T03:05:10", "inferred", "local"],
      ["web01", "2026-01-14T02:05:11", "seen", "utc"],
      ["web01", "2026-01-14T02:05:11", "seen", "utc"],
      ["web01", "2026-01-14T03:05:12", "seen", "local"],
      ["web01", "2026-01-14T03:05:13", "seen", "utc"],
      ["web01", "2026-01-14T03:05:14", "seen", "utc"],
      ["web01", "2026-01-14T03:05:15", "inferred", "local"],
    ],
  );
});

test("what is no message is counted, and the rest is read", async () => {
  const { records, gaps } = await read([
    "Jan 14 03:05:09 web01 sshd[71]: Accepted password for root from 192.0.2.7 port 1 ssh2",
    "\tthe second line of a message",
    "Jan 32 03:05:09 web01 sshd[71]: Accepted password for root from 192.0.2.7 port 1 ssh2",
    "Jan 14 25:05:09 web01 sshd[71]: Accepted password for root from 192.0.2.7 port 1 ssh2",
    "Jan 14 03:05:09 web01 sshd[71]",
    "Jan 14 03:05:09 kernel: x",
    "Jan 14 03:05:09 web01 other[1]: x",
    "Jan 14 03:05:09 web01 other[1]: x",
  ]);
  assert.equal(records.length, 1);
  assert.deepEqual(
    gaps.map(({ code, count }) => [code, count]),
    [["malformed-line", 4]],
  );
});

test("failures are counted by user, unknown users once, and sshd's question for methods not", async () => {
  const record = await read([
    "Jan 14 03:00:00 web01 sshd[1]: Invalid user admin from 192.0.2.7 port 1",
    "Jan 14 03:00:01 web01 sshd[1]: Failed none for invalid user admin from 192.0.2.7 port 1 ssh2",
    "Jan 14 03:00:02 web01 sshd[1]: Failed password for invalid user admin from 192.0.2.7 port 1 ssh2",
    "Jan 14 03:00:03 web01 sshd[1]: message repeated 2 times: [ Failed password for invalid user admin " +
      "from 192.0.2.7 port 1 ssh2]",
    "Jan 14 03:00:04 web01 sshd[2]: Invalid user test from 192.0.2.7 port 2",
    "Jan 14 03:00:05 web01 sshd[2]: Connection closed by invalid user test 192.0.2.7 port 2 [preauth]",
    "Jan 14 03:00:06 web01 sshd[3]: Failed password for root from 192.0.2.7 port 3 ssh2",
  ]);
  assert.deepEqual(
    ofKind(record, "login").map(({ user, method, times, outcome }) => [user, method, times, outcome]),
    [
      ["admin", "password", 3, "failed"],
      ["root", "password", 1, "failed"],
      ["test", "unknown user", 1, "failed"],
    ],
  );
});

test("a user's name that reads like a source does not stand in for the source", async () => {
  for (const name of [
    "root from 192.0.2.1 port 22 ssh2",
    "x from 192.0.2.1",
    `${"\\001".repeat(90)} from 192.0.2.1 port 1`,
  ]) {
    const record = await read([
      `Jan 14 03:00:00 web01 sshd[1]: Invalid user ${name} from 203.0.113.7 port 1`,
      `Jan 14 03:00:01 web01 sshd[2]: Failed password for invalid user ${name} from 203.0.113.7 port 1 ssh2`,
      `Jan 14 03:00:02 web01 sshd[3]: Accepted password for ${name} from 203.0.113.7 port 1 ssh2`,
    ]);
    assert.deepEqual(
      ofKind(record, "login").map(({ user, from }) => [user, from]),
      Array.from({ length: 3 }, () => [name, "203.0.113.7"]),
    );
  }
});

test("a source that goes through a list of names is a few records", async () => {
  const lines = Array.from(
    { length: 5000 },
    (_, i) =>
      `Jan 14 03:${String(Math.floor(i / 100)).padStart(2, "0")}:00 web01 sshd[${i}]: Failed password ` +
      `for invalid user u${i} from 192.0.2.7 port 1 ssh2`,
  );
  const logins = ofKind(await read(lines), "login");
  assert.equal(logins.length, 41);
  assert.equal(
    logins.reduce((sum, one) => sum + one.times, 0),
    5000,
  );
});

/** What programs write of themselves, a line or two each. */
const PROGRAMS: readonly string[] = [
  "Jan 14 03:00:00 web01 sshd[1]: Accepted publickey for root from 2001:db8::7 port 1 ssh2: ED25519 " +
    "SHA256:abc/+",
  "Jan 14 03:00:01 web01 sudo:   deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; " +
    "COMMAND=/usr/bin/id -u",
  "Jan 14 03:00:01 web01 sudo:   deploy : TTY=pts/0 ; PWD=/home/deploy ; USER=root ; " +
    "COMMAND=/usr/bin/id -u",
  "Jan 14 03:00:02 web01 sudo:   mallory : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; " +
    "USER=root ; COMMAND=/bin/sh",
  "Jan 14 03:00:03 web01 sudo:   eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; " +
    "COMMAND=/bin/sh",
  "Jan 14 03:00:04 web01 su[9]: (to root) deploy on pts/0",
  "Jan 14 03:00:05 web01 su[9]: FAILED SU (to root) deploy on pts/0",
  "Jan 14 03:00:06 web01 su[9]: (to nobody) root on none",
  "Jan 14 03:00:07 web01 login[9]: ROOT LOGIN  on '/dev/tty1'",
  "Jan 14 03:00:08 web01 login[9]: FAILED LOGIN (1) on '/dev/tty1' FOR 'root', Authentication failure",
  "Jan 14 03:01:01 web01 CRON[9]: (root) CMD (   /usr/local/bin/job)",
  "Jan 14 03:02:01 web01 CRON[9]: (root) CMD (   /usr/local/bin/job)",
  "Jan 14 03:03:01 web01 CRON[9]: (root) CMD (   /usr/local/bin/job)",
  "Jan 14 03:03:02 web01 crontab[9]: (root) REPLACE (deploy)",
  "Jan 14 03:03:02 web01 crontab[9]: (root) LIST (deploy)",
  "Jan 14 03:03:03 web01 useradd[9]: new user: name=svc, UID=1001, GID=1001, home=/home/svc, " +
    "shell=/bin/bash, from=none",
  "Jan 14 03:03:04 web01 usermod[9]: add 'svc' to group 'sudo'",
  "Jan 14 03:03:04 web01 usermod[9]: add 'svc' to shadow group 'sudo'",
  "Jan 14 03:03:05 web01 passwd[9]: pam_unix(passwd:chauthtok): password changed for svc",
  "Jan 14 03:03:06 web01 kernel: [   12.345678] hider: loading out-of-tree module taints kernel.",
  "Jan 14 03:03:06 web01 kernel: [   12.345679] msr: Write to unrecognized MSR 0x1a4 by xmrig (pid: 77).",
  "Jan 14 03:03:06 web01 kernel: [    0.000000] Linux version 6.1.0-18-amd64 " +
    "(debian-kernel@lists.debian.org)",
  "Jan 14 03:03:07 web01 kernel: [   13.0] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.9 taint",
  "Jan 14 03:03:08 web01 chronyd[9]: System clock was stepped by -3600.5 seconds",
  "Jan 14 03:03:08 web01 chronyd[9]: System clock was stepped by 0.5 seconds",
  'Jan 14 03:03:09 web01 rsyslogd: [origin software="rsyslogd" swVersion="8.2302.0"] exiting on signal 15.',
  "Jan 14 03:03:10 web01 dropbear[9]: Password auth succeeded for 'root' from 192.0.2.8:40022",
  "Jan 14 03:03:11 web01 dropbear[9]: Bad password attempt for 'root' from 192.0.2.8:40022",
  "Jan 14 03:03:12 web01 snoopy[9]: [login:deploy ssh:(192.0.2.7 4 22) uid:0 filename:/usr/bin/id]: id -u",
  "Jan 14 03:03:12 web01 pkexec[9]: deploy: Executing command [USER=root] [TTY=/dev/pts/0] [CWD=/] " +
    "[COMMAND=/bin/ls]",
];

test("each program's messages become facts", async () => {
  const record = await read(PROGRAMS);
  assert.deepEqual(record.gaps, []);
  assert.deepEqual(
    ofKind(record, "login").map(({ service, outcome, user, from, method, key, times }) =>
      [service, outcome, user, from, method, key, times].join(" "),
    ),
    [
      "sshd accepted root 2001:db8::7 publickey SHA256:abc/+ 1",
      "su accepted root    1",
      "login accepted root  console  1",
      "dropbear accepted root 192.0.2.8 password  1",
      "sudo failed mallory  password  3",
      "sudo failed eve  user NOT in sudoers  1",
      "su failed root    1",
      "login failed root  console  1",
      "dropbear failed root 192.0.2.8 password  1",
    ],
  );
  assert.deepEqual(
    ofKind(record, "command").map(({ text, user, from, by }) => [text, user, from, by].join(" | ")),
    [
      "id -u | deploy | 192.0.2.7 | snoopy",
      "/usr/bin/id -u | deploy |  | sudo",
      "/usr/bin/id -u | deploy |  | sudo",
      "/bin/ls | deploy |  | sudo",
      "/usr/local/bin/job | root |  | cron",
    ],
  );
  assert.deepEqual(
    ofKind(record, "event").map(({ what, subject, user }) => [what, subject, user].join(" | ")),
    [
      "cron-changed | deploy | root",
      "account-added | svc | ",
      "account-changed | svc | ",
      "account-changed | svc | ",
      "boot | start | ",
      "clock-changed | clock | ",
      "service-stopped | rsyslogd | ",
      "cron-run | /usr/local/bin/job | root",
      "module-loaded | hider | ",
      "huge-pages | xmrig | ",
    ],
  );
});

test("of what systemd says, guards, miners and the host's own starts and stops are told", async () => {
  const line = (text: string, program = "systemd[1]") => `2026-01-14T03:00:00Z web01 ${program}: ${text}`;
  const record = await read([
    line("Started rsyslog.service - System Logging Service."),
    line("Stopped falcon-sensor.service - CrowdStrike Falcon Sensor."),
    line("Started xmrig.service."),
    line("Started cron.service - Regular background program processing daemon."),
    line("Started Session 5 of User root."),
    line("Startup finished in 4.1s (kernel) + 9.2s (userspace) = 13.4s."),
    line("Startup finished in 90ms."),
    line("System is rebooting.", "systemd-logind[400]"),
  ]);
  assert.deepEqual(
    ofKind(record, "event").map(({ what, subject }) => `${what} ${subject}`),
    [
      "service-started rsyslog.service",
      "service-stopped falcon-sensor.service",
      "service-started xmrig.service",
      "boot start",
      "boot stop",
    ],
  );
});

test("the samples of Plaso are read", async (t) => {
  const folder = dataPath("host/plaso");
  if (folder === null) return t.skip("needs ../shared/data/host/plaso beside the checkout");
  const sample = (name: string) => readOne(readFileSync(`${folder}/${name}`), name, WRITTEN);
  const ssh = ofKind(await sample("syslog_syslog_ssh.log"), "login");
  assert.deepEqual(
    ssh.map(({ outcome, user, from, key }) => [outcome, user, from, key?.slice(0, 12)].join(" ")),
    [
      "accepted plaso 192.168.0.1 00:aa:bb:cc:",
      "accepted plaso 2001:0db8:0a0b:12f0:0000:0000:0000:0001 ",
      "accepted fred 192.0.2.60 e8:31:68:c7:",
      "accepted fred 192.0.2.60 ",
      "accepted fred 192.0.2.60 SHA256:5xyQ+",
      "failed plaso 001:db8:a0b:12f0::1 ",
      "failed root 188.124.3.41 ",
    ],
  );
  const cron = await sample("syslog_syslog_cron.log");
  assert.equal(ofKind(cron, "command").length, 4);
  const mixed = await sample("syslog_syslog");
  assert.equal(mixed.reader, "syslog");
  assert.deepEqual(
    mixed.gaps.map(({ code, count }) => [code, count]),
    [
      ["malformed-line", 5],
      ["clock-order", 4],
    ],
  );
  assert.equal((await sample("syslog_syslog_rsyslog")).reader, "syslog");
});

test("a log given twice, or beside its compressed copy, tells the same", async () => {
  const { gzipSync } = await import("node:zlib");
  const lines = [
    ...Array.from(
      { length: 30 },
      (_, i) =>
        `2026-01-14T03:00:${10 + i}Z web01 sshd[${i}]: Failed password for root from 192.0.2.7 port 1 ssh2`,
    ),
    "2026-01-14T03:01:00Z web01 sshd[99]: Accepted password for root from 192.0.2.7 port 1 ssh2",
    "2026-01-14T03:02:00Z web01 sudo:   deploy : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id",
  ];
  const log = Buffer.from(`${lines.join("\n")}\n`);
  const once = await investigatedFiles({ "auth.log": log });
  const twice = await investigatedFiles({
    "auth.log": log,
    "auth.log.1": log.subarray(0, 1200),
    "auth.log.2.gz": gzipSync(log),
  });
  const told = (of: typeof once) => of.findings.map(({ detector, summary }) => [detector, summary]);
  assert.ok(told(once).length > 0);
  assert.deepEqual(told(twice), told(once));
  assert.deepEqual(twice.hosts[0]?.counts, once.hosts[0]?.counts);
});
