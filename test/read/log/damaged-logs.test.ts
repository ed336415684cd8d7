import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { random } from "../../kit/random.ts";
import { type ReadOne, readOne } from "../../kit/read-one.ts";

const WRITTEN = 1_768_900_000_000_000;

const SYSLOG = Buffer.from(
  [
    "Jan 14 03:05:09 web01 sshd[71]: Failed password for invalid user a from 192.0.2.7 port 40022 ssh2",
    '<38>1 2026-01-14T03:05:13.5Z web01 sudo 71 ID [a@1 b="x"] deploy : TTY=pts/0 ; USER=root ; ' +
      "COMMAND=/bin/id",
    "2026-01-14T03:05:14.5+01:00 web01 CRON[9]: (root) CMD (/usr/local/bin/job)",
    "Jan 14 03:05:15 web01 kernel: [  1.5] hider: loading out-of-tree module taints kernel.",
    "",
  ].join("\n"),
);
const AUDIT = Buffer.from(
  [
    "type=SYSCALL msg=audit(1768360690.004:428): arch=c000003e syscall=59 success=yes pid=2 ses=1 " +
      'exe="/bin/sh"',
    'type=EXECVE msg=audit(1768360690.004:428): argc=3 a0="sh" a1_len=9 a1[0]=2D63 a1[1]=2D63 a2=6964202D75',
    "type=SOCKADDR msg=audit(1768360690.004:429): saddr=02000D05CB00710A0000000000000000",
    'type=USER_LOGIN msg=audit(1768360690.1:430): pid=1 ses=1 msg=\'op=login acct="a" addr=192.0.2.7 ' +
      "res=failed'",
    "",
  ].join("\n"),
);
const JOURNAL = Buffer.concat([
  Buffer.from("__CURSOR=s\n__REALTIME_TIMESTAMP=1768360690004000\nSYSLOG_IDENTIFIER=sshd\nMESSAGE\n"),
  Buffer.from([9, 0, 0, 0, 0, 0, 0, 0]),
  Buffer.from("a\nb\n\n=x\ny\n_HOSTNAME=web01\n\n"),
]);
const JSON_LINES = Buffer.from(
  `${JSON.stringify({
    __REALTIME_TIMESTAMP: "1768360690004000",
    SYSLOG_IDENTIFIER: "sshd",
    MESSAGE: [65, 66],
    _HOSTNAME: ["a", "b"],
  })}\n`,
);
const LAST = Buffer.from(
  "deploy   pts/0        Wed Jan 14 03:14:07 2026 - Wed Jan 14 03:22:51 2026  (00:08)     192.0.2.7\n",
);

function wtmp(): Uint8Array {
  const out = Buffer.alloc(3 * 384);
  for (let at = 0; at < out.length; at += 384) {
    out.writeInt16LE(7, at);
    out.write("pts/0", at + 8);
    out.write("deploy", at + 44);
    out.write("192.0.2.7", at + 76);
    out.writeInt32LE(1_768_360_447, at + 340);
  }
  return out;
}

const FILES: Readonly<Record<string, Uint8Array>> = {
  "auth.log": SYSLOG,
  "audit.log": AUDIT,
  "journal.export": JOURNAL,
  "journal.json": JSON_LINES,
  "last_-F.txt": LAST,
  "lastb_-F.txt": LAST,
  wtmp: wtmp(),
  btmp: wtmp(),
};

/** Whatever is made of it makes sense. */
function sound({ records, summary }: ReadOne): void {
  for (const record of records) {
    assert.ok(record.atMicros === null || Number.isSafeInteger(record.atMicros));
    assert.ok(record.place.atByte >= 0 && record.place.byteLength >= 0);
  }
  assert.ok(summary === null || summary.firstMicros === null || Number.isSafeInteger(summary.firstMicros));
}

for (const [name, whole] of Object.entries(FILES)) {
  test(`${name} cut at each of its bytes, or with some of them changed, ends well`, async () => {
    assert.ok((await readOne(whole, name, WRITTEN)).reader !== null);
    const by = random(5);
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 400)) {
      sound(await readOne(whole.subarray(0, at), name, WRITTEN));
    }
    for (const count of [1, 3, 20]) {
      for (let left = 100; left > 0; left -= 1)
        sound(await readOne(flipped(whole, count, by), name, WRITTEN));
    }
  });
}

test("samples cut and changed end well", async (t) => {
  const folder = dataPath("host");
  if (folder === null) return t.skip("needs ../shared/data/host beside the checkout");
  const by = random(6);
  const names = [
    "plaso/audit_enriched.log",
    "plaso/selinux.log",
    "plaso/syslog_syslog",
    "plaso/utmp_utmp",
    "plaso/utmp_wtmp.1",
    "velociraptor/wtmp.1",
    "journald/velociraptor_2404.export",
    "journald/velociraptor_2004.json",
  ];
  for (const name of names) {
    const whole = readFileSync(`${folder}/${name}`);
    for (let left = 15; left > 0; left -= 1) {
      sound(await readOne(cut(whole, by), name, WRITTEN));
      sound(await readOne(flipped(whole, 1 + by.below(30), by), name, WRITTEN));
    }
  }
});

test("invalid UTF-8, zeros and a line longer than the limit leave the other lines", async () => {
  const good = "2026-01-14T03:05:09Z web01 sshd[71]: Accepted password for root from 192.0.2.7 port 1 ssh2\n";
  const bytes = Buffer.concat([
    Buffer.from(good),
    Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x0a]),
    Buffer.from(
      "2026-01-14T03:05:09Z web01 sshd[71]: Accepted password for r\xff\xfe from 192.0.2.7 port 1 ssh2\n",
      "latin1",
    ),
    Buffer.alloc(200_000, 0x41),
    Buffer.from("\n"),
    Buffer.alloc(4096),
    Buffer.from(good),
  ]);
  const record = await readOne(bytes, "auth.log");
  assert.equal(record.records.length, 3);
  assert.deepEqual(record.gaps.map(({ code }) => code).sort(), ["malformed-line", "oversized-line"]);
});
