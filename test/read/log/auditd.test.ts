import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { dataPath } from "../../kit/data.ts";
import { ofKind, type ReadOne, readOne } from "../../kit/read-one.ts";

const AT = 1768360690;
const hex = (text: string) => Buffer.from(text).toString("hex").toUpperCase();
const read = (lines: readonly string[]): Promise<ReadOne> =>
  readOne(`${lines.join("\n")}\n`, "/var/log/audit/audit.log");
const commands = (record: ReadOne) =>
  ofKind(record, "command").map(({ text, user, exe, pid, ppid, from, by }) =>
    [text, user, exe, pid, ppid, from, by].join(" | "),
  );
const process = (serial: number, more = "") =>
  `type=SYSCALL msg=audit(${AT}.004:${serial}): arch=c000003e syscall=59 success=yes exit=0 a0=55d8c1 a1=1 ` +
  `items=2 ppid=2201 pid=${serial} auid=1000 uid=0 ses=17 comm="sh" exe="/usr/bin/dash" key="exec"${more}`;

test("a command line is joined from its records, decoded, and known by its session's address", async () => {
  const record = await read([
    `type=USER_LOGIN msg=audit(${AT - 9}.1:411): pid=2188 uid=0 auid=1000 ses=17 msg='op=login id=1000 ` +
      `exe="/usr/sbin/sshd" hostname=host.example addr=192.0.2.7 terminal=/dev/pts/0 res=success'`,
    process(428),
    process(429),
    `type=EXECVE msg=audit(${AT}.004:428): argc=3 a0="sh" a1="-c" a2=${hex("id -u; true")}`,
    `type=CWD msg=audit(${AT}.004:428): cwd="/"`,
    `type=EXECVE msg=audit(${AT}.004:429): argc=3 a0="sh" a1_len=12 a1[0]=${hex("long")}`,
    `type=EXECVE msg=audit(${AT}.004:429): a1[1]=${hex("er one")} a2=""`,
    `type=PROCTITLE msg=audit(${AT}.004:428): proctitle=7368`,
    `type=PROCTITLE msg=audit(${AT}.004:429): proctitle=7368`,
    process(430),
    `type=PROCTITLE msg=audit(${AT}.004:430): proctitle=${hex("ls\0-l")}`,
  ]);
  assert.equal(record.reader, "auditd");
  assert.deepEqual(record.gaps, []);
  assert.deepEqual(commands(record), [
    "sh -c id -u; true | 1000 | /usr/bin/dash | 428 | 2201 | 192.0.2.7 | auditd",
    "sh longer one  | 1000 | /usr/bin/dash | 429 | 2201 | 192.0.2.7 | auditd",
    "ls -l | 1000 | /usr/bin/dash | 430 | 2201 | 192.0.2.7 | auditd",
  ]);
  const [login] = ofKind(record, "login");
  assert.equal([login?.service, login?.user, login?.from].join(" "), "sshd (audit) 1000 192.0.2.7");
});

test("connections of IPv4 and IPv6 are told once each, loopback and other families not", async () => {
  const to = (serial: number, saddr: string, call = 42) => [
    `type=SYSCALL msg=audit(${AT}.3:${serial}): arch=c000003e syscall=${call} success=no exit=-115 ` +
      'pid=77 auid=4294967295 uid=33 ses=4294967295 comm="x" exe="/tmp/x"',
    `type=SOCKADDR msg=audit(${AT}.3:${serial}): saddr=${saddr}`,
  ];
  const record = await read([
    ...to(1, "02000D05CB00710A0000000000000000"),
    ...to(2, "02000D05CB00710A0000000000000000"),
    ...to(3, "0A0001BB0000000020010DB800000000000000000000000700000000"),
    ...to(4, "0A0001BB0000000000000000000000000000FFFFCB00710B00000000"),
    ...to(5, "020000357F0000350000000000000000"),
    ...to(6, "0100AF"),
    ...to(7, "02000D05CB00710A0000000000000000", 49),
    ...to(8, "0200"),
    ...to(9, "saddr"),
  ]);
  assert.deepEqual(
    ofKind(record, "connection").map(({ remote, process: name, pid, state }) =>
      [remote.ip, remote.port, name, pid, state].join(" "),
    ),
    [
      "203.0.113.10 3333 /tmp/x 77 connect",
      "203.0.113.10 3333 /tmp/x 77 connect",
      "2001:db8::7 443 /tmp/x 77 connect",
      "203.0.113.11 443 /tmp/x 77 connect",
    ],
  );
});

test("accounts, modules, and auditing that is switched off are events", async () => {
  const user = (type: string, rest: string) =>
    `type=${type} msg=audit(${AT}.5:90): pid=9 uid=0 auid=1000 ses=17 msg='${rest} exe="/usr/sbin/x" ` +
    "hostname=? addr=? terminal=? res=success'";
  const record = await read([
    user("ADD_USER", 'op=add-user acct="svc"'),
    user("USER_MGMT", 'op=add-user-to-group grp="sudo" acct="svc"'),
    user("USER_CHAUTHTOK", "op=change password id=1001"),
    user("ADD_USER", 'op=add-user acct="no"').replace("success", "failed"),
    `type=CONFIG_CHANGE msg=audit(${AT}.5:91): audit_enabled=0 old=1 auid=1000 ses=17 res=1`,
    `type=CONFIG_CHANGE msg=audit(${AT}.5:91): audit_enabled=1 old=1 auid=1000 ses=17 res=1`,
    `type=CONFIG_CHANGE msg=audit(${AT}.5:92): auid=1000 ses=17 op=remove_rule key="exec" list=4 res=1`,
    `type=CONFIG_CHANGE msg=audit(${AT}.5:93): auid=4294967295 ses=4294967295 op=remove_rule ` +
      'key="exec" list=4 res=1',
    `type=DAEMON_END msg=audit(${AT}.5:94): op=terminate auid=0 uid=0 ses=1 pid=1 subj=x res=success`,
    `type=SYSCALL msg=audit(${AT}.5:95): arch=c000003e syscall=313 success=yes exit=0 pid=7 auid=1000 ` +
      'uid=0 ses=17 comm="insmod" exe="/usr/bin/kmod"',
    `type=KERN_MODULE msg=audit(${AT}.5:95): name="hider"`,
    `type=USER_CMD msg=audit(${AT}.5:96): pid=9 uid=1000 auid=1000 ses=17 msg='cwd="/root" ` +
      `cmd=${hex("ls -l")} exe="/usr/bin/sudo" terminal=? res=success'`,
  ]);
  assert.deepEqual(
    ofKind(record, "event").map(({ what, subject, user: who }) => [what, subject, who].join(" ")),
    [
      "account-added svc 1000",
      "account-changed svc 1000",
      "account-changed 1001 1000",
      "service-stopped auditd 0",
      "log-cleared audit 1000",
      "log-cleared audit 1000",
      "module-loaded hider 1000",
    ],
  );
  assert.deepEqual(commands(record), ["ls -l | 1000 |  |  |  |  | auditd"]);
});

test("an event waits for its records while others, read and not read, come between", async () => {
  const between = Array.from(
    { length: 300 },
    (_, i) => `type=1400 audit(${AT}.004:${1000 + i}): apparmor="DENIED"`,
  );
  const others = Array.from({ length: 60 }, (_, i) => process(2000 + i));
  const kernel = (text: string) => `2026-01-14T03:18:10Z web01 kernel: audit: ${text}`;
  const inSyslog = await readOne(
    [
      kernel(process(428).replace("type=SYSCALL msg=", "type=1300 ")),
      ...between.map(kernel),
      kernel(`type=1309 audit(${AT}.004:428): argc=1 a0="id"`),
    ].join("\n"),
  );
  assert.deepEqual(commands(inSyslog), ["id | 1000 | /usr/bin/dash | 428 | 2201 |  | auditd"]);
  const execve = `type=EXECVE msg=audit(${AT}.004:428): argc=1 a0="id"`;
  assert.equal(commands(await read([process(428), ...others, execve]))[0], commands(inSyslog)[0]);
});

test("services that guard the host are told of, others not", async () => {
  const service = (type: string, unit: string) =>
    `type=${type} msg=audit(${AT}.5:90): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=${unit} ` +
    `comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'`;
  const record = await read([
    service("SERVICE_STOP", "rsyslog"),
    service("SERVICE_START", "rsyslog"),
    service("SERVICE_STOP", "man-db"),
  ]);
  assert.deepEqual(
    ofKind(record, "event").map(({ what, subject }) => `${what} ${subject}`),
    ["service-stopped rsyslog", "service-started rsyslog"],
  );
});

test("one failure that PAM and sshd each write is one", async () => {
  const failure = (second: number, op: string, pid = 5) =>
    `type=USER_AUTH msg=audit(${AT + second}.5:7${second}): pid=${pid} uid=0 auid=4294967295 ` +
    `ses=4294967295 msg='op=${op} acct="root" exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 ` +
    "terminal=ssh res=failed'";
  const record = await read([
    failure(0, "PAM:authentication"),
    failure(0, "password"),
    failure(3, "PAM:authentication"),
    failure(3, "password"),
    failure(3, "PAM:authentication", 6),
  ]);
  assert.deepEqual(
    ofKind(record, "login").map(({ service, user, from, method, times }) =>
      [service, user, from, method, times].join(" "),
    ),
    ["sshd (audit) root 192.0.2.7 password 3"],
  );
});

test("what ausearch -i put into words is read as well", async () => {
  const stamp = "msg=audit(01/14/2026 03:18:10.004:428) :";
  const record = await read([
    "----",
    `type=PROCTITLE ${stamp} proctitle=/bin/sh -c id -u; true `,
    `type=EXECVE ${stamp} argc=3 a0=/bin/sh a1=-c a2=id -u; true `,
    `type=SYSCALL ${stamp} arch=x86_64 syscall=execve success=yes exit=0 ppid=2176 pid=2221 ` +
      "auid=deploy uid=root ses=8 comm=sh exe=/usr/bin/bash key=x ",
    "----",
    `type=SOCKADDR ${stamp.replace("428", "429")} saddr={ saddr_fam=inet laddr=203.0.113.10 lport=3333 } `,
    `type=SYSCALL ${stamp.replace("428", "429")} arch=x86_64 syscall=connect success=yes pid=7 ` +
      "auid=unset uid=root ses=unset comm=x exe=/tmp/x ",
  ]);
  assert.deepEqual(record.gaps, []);
  assert.deepEqual(commands(record), [
    "/bin/sh -c id -u; true | deploy | /usr/bin/bash | 2221 | 2176 |  | auditd",
  ]);
  const [command] = ofKind(record, "command");
  assert.equal(command?.clock, "local");
  assert.equal(isoMicros(command?.atMicros ?? 0), "2026-01-14T03:18:10.004000Z");
  assert.deepEqual(ofKind(record, "connection")[0]?.remote, { ip: "203.0.113.10", port: 3333 });
});

test("records in syslog are joined all the same", async () => {
  const record = await readOne(
    [
      `2026-01-14T03:18:10Z web01 kernel: [  12.3] audit: type=1300 audit(${AT}.004:428): ` +
        'arch=c000003e syscall=59 success=yes ppid=1 pid=2 auid=0 uid=0 ses=1 comm="id" ' +
        'exe="/usr/bin/id"',
      `2026-01-14T03:18:10Z web01 kernel: [  12.3] audit: type=1309 audit(${AT}.004:428): argc=1 a0="id"`,
      `2026-01-14T03:18:11Z web01 audispd: node=web02 type=EXECVE msg=audit(${AT}.005:429): argc=1 a0="w"`,
      "",
    ].join("\n"),
    "/var/log/syslog",
  );
  assert.deepEqual(
    ofKind(record, "command").map(({ text, hostname }) => `${hostname} ${text}`),
    ["web01 id", "web02 w"],
  );
});

test("the samples of Plaso and OTRF are read", async (t) => {
  const folder = dataPath("host/plaso");
  if (folder === null) return t.skip("needs ../shared/data/host/plaso beside the checkout");
  const enriched = await readOne(readFileSync(`${folder}/audit_enriched.log`), "audit.log");
  assert.deepEqual(enriched.gaps, []);
  assert.deepEqual(commands(enriched), [
    "true | root |  |  |  |  | auditd",
    "id | root | /usr/bin/id | 2219 | 2176 |  | auditd",
    "/bin/sh -c grep -c . /etc/hostname | root | /usr/bin/bash | 2221 | 2176 |  | auditd",
    "/usr/bin/cat /tmp/my report.txt | root | /usr/bin/cat | 2525 | 2485 |  | auditd",
  ]);
  assert.deepEqual(
    ofKind(enriched, "event").map(({ what, subject }) => [what, subject].join(" ")),
    ["account-added specimenuser"],
  );
  assert.deepEqual(
    ofKind(enriched, "login").map(({ outcome, user, from, method }) =>
      [outcome, user, from, method].join(" "),
    ),
    ["failed root 172.23.112.1 publickey"],
  );
  const selinux = await readOne(readFileSync(`${folder}/selinux.log`), "audit.log");
  assert.equal(selinux.reader, "auditd");
  assert.deepEqual(selinux.records, []);
});
