import assert from "node:assert/strict";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { ofKind, type ReadOne, readOne } from "../../kit/read-one.ts";

const AT = 1_768_360_447_250_000;
const ACCEPTED = "Accepted password for deploy from 192.0.2.7 port 40022 ssh2";

const logins = (record: ReadOne) =>
  ofKind(record, "login").map(({ hostname, atMicros, outcome, user, from, times }) =>
    [hostname, isoMicros(atMicros ?? 0), outcome, user, from, times].join(" "),
  );

test("JSON lines: text, bytes, several values, null, and what Azure exports", async () => {
  const base = { __REALTIME_TIMESTAMP: String(AT), _HOSTNAME: "web01", SYSLOG_IDENTIFIER: "sshd" };
  const lines = [
    JSON.stringify({ ...base, MESSAGE: ACCEPTED }),
    JSON.stringify({ ...base, MESSAGE: [...Buffer.from(ACCEPTED)] }),
    `\x1e${JSON.stringify({ ...base, MESSAGE: [ACCEPTED, "second"] })}`,
    `data: ${JSON.stringify({ ...base, MESSAGE: null })}`,
    JSON.stringify({ ...base, SYSLOG_IDENTIFIER: "other", MESSAGE: ACCEPTED }),
    JSON.stringify({
      SyslogMessage: ACCEPTED,
      ProcessName: "sshd",
      HostName: "web02",
      EventTime: "2026-01-14T03:14:07Z",
    }),
    '{"broken": ',
  ];
  const record = await readOne(lines.join("\n"));
  assert.equal(record.reader, "journal-json");
  assert.deepEqual(logins(record), [
    ...Array.from({ length: 3 }, () => "web01 2026-01-14T03:14:07.250000Z accepted deploy 192.0.2.7 1"),
    "web02 2026-01-14T03:14:07.000000Z accepted deploy 192.0.2.7 1",
  ]);
  assert.deepEqual(
    record.gaps.map(({ code, count }) => [code, count]),
    [["malformed-line", 1]],
  );
});
