import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { investigated } from "../../kit/investigated.ts";
import { random } from "../../kit/random.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

const AT = 1_768_360_447_250_000;
const HEADER_BYTES = 256;

interface Made {
  readonly isCompact?: boolean;
  /** Flags of the data of MESSAGE: 4 is zstd. */
  readonly flags?: number;
}

/** A journal whose entries share what they have in common, as journald writes it. */
function journal(
  entries: readonly Readonly<Record<string, string>>[],
  { isCompact = false, flags = 0 }: Made = {},
) {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("LPKSHHRH");
  header.writeUInt32LE(isCompact ? 16 : 0, 12);
  header.writeBigUInt64LE(BigInt(HEADER_BYTES), 88);
  const parts = [header];
  let end = HEADER_BYTES;
  const object = (type: number, body: Uint8Array, flag = 0): number => {
    const size = 16 + body.length;
    const out = Buffer.alloc(Math.ceil(size / 8) * 8);
    out.writeUInt8(type, 0);
    out.writeUInt8(flag, 1);
    out.writeBigUInt64LE(BigInt(size), 8);
    out.set(body, 16);
    parts.push(out);
    end += out.length;
    return end - out.length;
  };
  object(4, Buffer.alloc(900_000));
  const known = new Map<string, number>();
  entries.forEach((entry, index) => {
    const offsets = Object.entries(entry).map(([name, value]) => {
      const text = `${name}=${value}`;
      const body = Buffer.concat([Buffer.alloc(isCompact ? 56 : 48), Buffer.from(text)]);
      const at = known.get(text) ?? object(1, body, name === "MESSAGE" ? flags : 0);
      known.set(text, at);
      return at;
    });
    const step = isCompact ? 4 : 16;
    const body = Buffer.alloc(48 + step * offsets.length);
    body.writeBigUInt64LE(BigInt(AT + index * 1_000_000), 8);
    offsets.forEach((at, item) => {
      if (isCompact) body.writeUInt32LE(at, 48 + item * step);
      else body.writeBigUInt64LE(BigInt(at), 48 + item * step);
    });
    object(3, body);
  });
  parts.push(Buffer.alloc(4096));
  return Buffer.concat(parts);
}

const entry = (program: string, message: string) => ({
  SYSLOG_IDENTIFIER: program,
  _HOSTNAME: "web01",
  _PID: "71",
  CODE_LINE: "9",
  MESSAGE: message,
});
const ENTRIES = [
  entry("sshd", "Accepted password for deploy from 192.0.2.7 port 40022 ssh2"),
  entry("other", "nothing"),
  entry("sudo", "deploy : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id"),
];

test("entries are put together from their data, in either layout", async () => {
  for (const isCompact of [false, true]) {
    const record = await readOne(journal(ENTRIES, { isCompact }));
    assert.equal(record.reader, "journal-file");
    assert.deepEqual(record.gaps, []);
    const [login] = ofKind(record, "login");
    assert.deepEqual(
      [
        login?.hostname,
        login?.user,
        login?.from,
        isoMicros(login?.atMicros ?? 0),
        login?.excerpt.slice(0, 17),
      ],
      ["web01", "deploy", "192.0.2.7", "2026-01-14T03:14:07.250000Z", "sshd[71]: Accepte"],
    );
    assert.equal(ofKind(record, "command")[0]?.text, "/usr/bin/id");
    assert.equal(isoMicros(record.summary?.lastMicros ?? 0), "2026-01-14T03:14:09.250000Z");
  }
});

test("values that are compressed are counted and not read", async () => {
  const record = await readOne(journal(ENTRIES, { flags: 4 }));
  assert.deepEqual(record.records, []);
  assert.deepEqual(
    record.gaps.map(({ code, count }) => [code, count]),
    [["dropped-details", 3]],
  );
});

test("a journal cut or changed anywhere ends well", async () => {
  const whole = journal(ENTRIES);
  const by = random(8);
  const tail = whole.length - 6000;
  for (let left = 60; left > 0; left -= 1) {
    await readOne(cut(whole, by));
    await readOne(whole.subarray(0, tail + by.below(6000)));
    const changed = Uint8Array.from(whole);
    changed.set(flipped(whole.subarray(tail), 5, by), tail);
    await readOne(changed);
    const header = Uint8Array.from(whole);
    header.set(flipped(whole.subarray(0, 272), 3, by), 0);
    await readOne(header);
  }
});

test("the samples of Velociraptor, two of them cut short, are read", async (t) => {
  const path = dataPath("host/velociraptor/system.journal.zip");
  if (path === null) return t.skip("needs ../shared/data/host/velociraptor beside the checkout");
  const { case: found } = await investigated([path]);
  const files = found.evidence.filter(({ within }) => within !== null);
  assert.deepEqual([...new Set(files.map(({ kind }) => kind))], ["journal-file"]);
  assert.equal(files.length, 4);
  assert.deepEqual(found.gaps.map(({ code }) => code).sort(), [
    "dropped-details",
    "dropped-details",
    "truncated-file",
    "truncated-file",
  ]);
  assert.deepEqual(
    found.hosts.map(({ name }) => name),
    ["9f5c084797a0", "dd19d3f1f1a9"],
  );
  const exported = dataPath("host/journald/velociraptor_2404.export");
  assert.ok(exported !== null);
  const same = ofKind(await readOne(readFileSync(exported)), "event").map(({ says }) => says);
  assert.ok(found.timeline.some(({ says }) => same.includes(says)));
});
