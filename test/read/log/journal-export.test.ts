import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { dataPath } from "../../kit/data.ts";
import { investigatedFiles } from "../../kit/investigated.ts";
import { ofKind, type ReadOne, readOne } from "../../kit/read-one.ts";

const AT = 1_768_360_447_250_000;
const ACCEPTED = "Accepted password for deploy from 192.0.2.7 port 40022 ssh2";

type Fields = Readonly<Record<string, string | Uint8Array>>;

/** Entries in export format; bytes are written in the binary form. */
function exported(entries: readonly Fields[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    for (const [name, value] of Object.entries(entry)) {
      if (typeof value === "string") parts.push(Buffer.from(`${name}=${value}\n`));
      else {
        const length = Buffer.alloc(8);
        length.writeBigUInt64LE(BigInt(value.length));
        parts.push(Buffer.from(`${name}\n`), length, value, Buffer.from("\n"));
      }
    }
    parts.push(Buffer.from("\n"));
  }
  return Buffer.concat(parts);
}

const entry = (program: string, message: string | Uint8Array, at = AT): Fields => ({
  __CURSOR: "s=1;i=1",
  __REALTIME_TIMESTAMP: String(at),
  _HOSTNAME: "web01",
  SYSLOG_IDENTIFIER: program,
  _PID: "71",
  MESSAGE: message,
});

const logins = (record: ReadOne) =>
  ofKind(record, "login").map(({ hostname, atMicros, outcome, user, from, times }) =>
    [hostname, isoMicros(atMicros ?? 0), outcome, user, from, times].join(" "),
  );

test("export format: text, binary fields with line ends inside, and what is not read", async () => {
  const bytes = exported([
    entry("sshd", ACCEPTED),
    { ...entry("other", "x"), COREDUMP: Buffer.alloc(300_000, 0x0a) },
    entry("sshd", Buffer.from(`${ACCEPTED}\n`), AT + 1_000_000),
    {
      ...entry("sudo", "deploy : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id"),
      NOTE: Buffer.from("a\nb=c\n\n"),
    },
  ]);
  const record = await readOne(bytes);
  assert.equal(record.reader, "journal-export");
  assert.deepEqual(record.gaps, []);
  assert.deepEqual(logins(record), [
    "web01 2026-01-14T03:14:07.250000Z accepted deploy 192.0.2.7 1",
    "web01 2026-01-14T03:14:08.250000Z accepted deploy 192.0.2.7 1",
  ]);
  assert.equal(ofKind(record, "command")[0]?.text, "/usr/bin/id");
  const [second] = ofKind(record, "login").slice(1);
  assert.ok(Buffer.from(bytes).subarray(second?.place.atByte).toString().startsWith("__CURSOR"));
});

test("export format: lengths that lie and lines that are no fields are counted", async () => {
  const good = exported([entry("sshd", ACCEPTED)]);
  const lie = Buffer.concat([Buffer.from("MESSAGE\n"), Buffer.alloc(8, 0xff), Buffer.from("x\n\n")]);
  const record = await readOne(Buffer.concat([good, lie, Buffer.from("no field\n\n"), good]));
  assert.equal(logins(record).length, 2);
  assert.deepEqual([...new Set(record.gaps.map(({ code }) => code))], ["malformed-line"]);
});

test("entries of the audit transport are joined to events", async () => {
  const audit = (type: string, rest: string): Fields => ({
    __REALTIME_TIMESTAMP: String(AT),
    _SOURCE_REALTIME_TIMESTAMP: String(AT - 250_000),
    _HOSTNAME: "web01",
    _TRANSPORT: "audit",
    SYSLOG_IDENTIFIER: "audit",
    _AUDIT_TYPE_NAME: type,
    _AUDIT_ID: "428",
    MESSAGE: `${type} ${rest}`,
  });
  const record = await readOne(
    exported([
      audit(
        "SYSCALL",
        'arch=c000003e syscall=59 success=yes ppid=1 pid=2 auid=0 uid=0 ses=1 exe="/usr/bin/id"',
      ),
      audit("EXECVE", 'argc=2 a0="id" a1="-u"'),
    ]),
  );
  const [command] = ofKind(record, "command");
  assert.equal([command?.text, command?.exe, command?.pid].join(" "), "id -u /usr/bin/id 2");
  assert.equal(isoMicros(command?.atMicros ?? 0), "2026-01-14T03:14:07.000000Z");
});

test("what the journal and the syslog written from it tell is one fact", async () => {
  const syslog = [
    "2026-01-14T03:14:06Z web01 sshd[71]: Failed password for deploy from 192.0.2.7 port 40022 ssh2",
    `2026-01-14T03:14:07Z web01 sshd[71]: ${ACCEPTED}`,
    "",
  ].join("\n");
  const journal = exported([
    entry("sshd", "Failed password for deploy from 192.0.2.7 port 40022 ssh2", AT - 1_000_000),
    entry("sshd", ACCEPTED),
  ]);
  const found = await investigatedFiles({ "auth.log": Buffer.from(syslog), "web01.export": journal });
  assert.deepEqual(
    found.hosts.map(({ name, counts }) => [name, counts["login"]]),
    [["web01", 2]],
  );
});

test("the samples of Velociraptor are read", async (t) => {
  const folder = dataPath("host/journald");
  if (folder === null) return t.skip("needs ../shared/data/host/journald beside the checkout");
  for (const name of ["velociraptor_2004", "velociraptor_2404"]) {
    for (const ending of ["export", "json"]) {
      const record = await readOne(readFileSync(`${folder}/${name}.${ending}`));
      assert.equal(record.reader, ending === "json" ? "journal-json" : "journal-export");
      assert.deepEqual(record.gaps, []);
      assert.deepEqual(
        ofKind(record, "event").map(({ what, subject }) => `${what} ${subject}`),
        ["service-started journald"],
      );
    }
  }
});
