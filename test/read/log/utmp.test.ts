import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { dataPath } from "../../kit/data.ts";
import { ofKind, type ReadOne, readOne } from "../../kit/read-one.ts";

const AT = 1_768_360_447;

interface Entry {
  readonly type: number;
  readonly line?: string;
  readonly user?: string;
  readonly host?: string;
  readonly address?: readonly number[];
  readonly seconds?: number;
}

/** Records as the host of a layout writes them. */
function records(entries: readonly Entry[], { isWide = false, isLittle = true } = {}): Uint8Array {
  const size = isWide ? 400 : 384;
  const out = Buffer.alloc(size * entries.length);
  entries.forEach(({ type, line = "pts/0", user = "", host = "", address = [], seconds = AT }, index) => {
    const one = out.subarray(index * size, (index + 1) * size);
    const view = new DataView(one.buffer, one.byteOffset, size);
    view.setInt16(0, type, isLittle);
    one.write(line, 8);
    one.write(user, 44);
    one.write(host, 76);
    if (isWide) view.setBigInt64(344, BigInt(seconds), isLittle);
    else view.setInt32(340, seconds, isLittle);
    if (isWide) view.setBigInt64(352, 250_000n, isLittle);
    else view.setInt32(344, 250_000, isLittle);
    one.set(address, isWide ? 360 : 348);
  });
  return out;
}

const told = (record: ReadOne) =>
  record.records.map((one) =>
    one.kind === "login"
      ? [one.outcome, one.service, one.user, one.from, one.method, one.times].join(" ")
      : one.kind === "event"
        ? [one.what, one.subject, one.says].join(" | ")
        : one.kind,
  );

const HISTORY: readonly Entry[] = [
  { type: 2, line: "~", user: "reboot", host: "6.1.0-18-amd64", seconds: AT - 100 },
  { type: 6, line: "tty1", user: "LOGIN", seconds: AT - 90 },
  { type: 7, user: "deploy", host: "host.example", address: [192, 0, 2, 7] },
  { type: 8, user: "" },
  { type: 7, line: "tty1", user: "root" },
  {
    type: 7,
    user: "root",
    host: "2001:db8::7",
    address: [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7],
  },
  { type: 7, line: "pts/3", user: "deploy", host: "tmux(71).%0" },
  { type: 4, line: "|", user: "date", seconds: AT },
  { type: 3, line: "{", user: "date", seconds: AT - 3600 },
  { type: 1, line: "~", user: "shutdown", host: "6.1.0-18-amd64", seconds: AT + 9 },
];

test("logins, boots and set clocks are read in every layout", async () => {
  for (const isWide of [false, true]) {
    for (const isLittle of [true, false]) {
      const record = await readOne(records(HISTORY, { isWide, isLittle }), "/var/log/wtmp");
      assert.equal(record.reader, "utmp");
      assert.deepEqual(record.gaps, []);
      assert.deepEqual(told(record), [
        "boot | start | The host started with the kernel 6.1.0-18-amd64",
        "accepted login (wtmp) deploy 192.0.2.7  1",
        "accepted login (wtmp) root  console 1",
        "accepted login (wtmp) root 2001:db8::7  1",
        "clock-changed | clock | The clock was set by -3600 seconds",
        "boot | stop | The host went down",
      ]);
      const [login] = ofKind(record, "login");
      assert.equal(isoMicros(login?.atMicros ?? 0), "2026-01-14T03:14:07.250000Z");
    }
  }
});

test("btmp holds failures, which are counted", async () => {
  const failure = { type: 6, line: "ssh:notty", user: "root", host: "192.0.2.7", address: [192, 0, 2, 7] };
  const many = Array.from({ length: 30 }, (_, i) => ({ ...failure, seconds: AT + i }));
  const console = { type: 7, line: "tty1", user: "root" };
  assert.deepEqual(told(await readOne(records([...many, console]), "/var/log/btmp.1")), [
    "failed sshd (btmp) root 192.0.2.7  30",
    "failed login (btmp) root  console 1",
  ]);
});

test("zeros in place of a login, a record cut short, and nonsense are told", async () => {
  const login = { type: 7, user: "deploy", host: "192.0.2.7" };
  const whole = Buffer.from(records([login, login, login, ...Array.from({ length: 9 }, () => login)]));
  whole.fill(0, 384, 768);
  whole.writeInt16LE(99, 384 * 10);
  const record = await readOne(whole.subarray(0, -100), "/var/log/wtmp");
  assert.equal(ofKind(record, "event")[0]?.what, "log-cleared");
  assert.equal(ofKind(record, "login").length, 9);
  assert.deepEqual(record.gaps.map(({ code }) => code).sort(), ["malformed-record", "truncated-file"]);
  assert.equal((await readOne(new Uint8Array(3840), "/var/log/wtmp")).reader, null);
});

test("the samples of Plaso and Velociraptor are read", async (t) => {
  const folder = dataPath("host");
  if (folder === null) return t.skip("needs ../shared/data/host beside the checkout");
  const sample = (name: string) =>
    readOne(readFileSync(`${folder}/${name}`), name.replace(/^.*_/, "/var/log/"));
  assert.deepEqual(told(await sample("plaso/utmp_wtmp.1")), [
    "accepted login (wtmp) userA 10.10.122.1  1",
    "log-cleared | /var/log/wtmp.1 | A record of zeros stands among logins: tools that remove traces " +
      "leave such",
  ]);
  const utmp = await sample("plaso/utmp_utmp");
  assert.deepEqual(
    ofKind(utmp, "login").map(({ user, method }) => `${user} ${method}`),
    ["moxilo console"],
  );
  assert.equal(ofKind(utmp, "event").filter(({ what }) => what === "boot").length, 1);
  const modern = await sample("plaso/utmp_utmp_x86_64");
  assert.deepEqual(told(modern), [
    "boot | start | The host started with the kernel 0.0.0.0",
    "boot | stop | The host went down",
    "clock-changed | clock | The clock was set by 300 seconds",
  ]);
  const wtmp = await sample("velociraptor/wtmp.1");
  assert.deepEqual(told(wtmp), ["accepted login (wtmp) mic 192.168.1.2  1"]);
  assert.deepEqual(
    wtmp.gaps.map(({ code }) => code),
    ["truncated-file"],
  );
});

test("what last and lastlog print is read when it has whole times", async () => {
  const printed = [
    "deploy   pts/0        Wed Jan 14 03:14:07 2026 - Wed Jan 14 03:22:51 2026  (00:08)     192.0.2.7",
    "root     tty1         Wed Jan 14 03:10:07 2026   still logged in                       ",
    "reboot   system boot  Wed Jan 14 03:00:00 2026   still running                         6.1.0-18-amd64",
    "",
    "wtmp begins Sun Jan 11 17:34:11 2026",
    "",
  ].join("\n");
  const record = await readOne(printed, "live_response/system/last_-a_-F.txt");
  assert.equal(record.reader, "last");
  assert.deepEqual(told(record), [
    "boot | start | The host started with the kernel 6.1.0-18-amd64",
    "accepted login (wtmp) root  console 1",
    "accepted login (wtmp) deploy 192.0.2.7  1",
  ]);
  assert.equal(record.records[0]?.clock, "local");
  const plain = "deploy   pts/0        192.0.2.7        Wed Jan 14 03:14:07 2026 - crash";
  assert.deepEqual(told(await readOne(plain, "last_-F.txt")), ["accepted login (wtmp) deploy 192.0.2.7  1"]);
  const failures =
    "root     ssh:notty    Wed Jan 14 03:05:09 2026 - Wed Jan 14 03:05:09 2026  (00:00)     192.0.2.7";
  assert.deepEqual(told(await readOne(failures, "live_response/system/lastb_-a_-F.txt")), [
    "failed sshd (btmp) root 192.0.2.7  1",
  ]);
  const lastlog = [
    "Username         Port     From                                       Latest",
    "root                                                                **Never logged in**",
    "deploy           pts/0    192.0.2.7                                 Wed Jan 14 03:14:07 +0100 2026",
  ].join("\n");
  const logged = await readOne(lastlog, "live_response/system/lastlog.txt");
  assert.deepEqual(told(logged), ["accepted login (lastlog) deploy 192.0.2.7  1"]);
  assert.equal(isoMicros(logged.records[0]?.atMicros ?? 0), "2026-01-14T02:14:07.000000Z");
});
