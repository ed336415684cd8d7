import assert from "node:assert/strict";
import { test } from "node:test";
import { carved } from "../../kit/carved.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { mixedLogs, plants } from "../../kit/planted.ts";
import { random } from "../../kit/random.ts";
import { SECRET_FORMS } from "../../kit/wallets.ts";

const BYTES = 2 << 20;
/** Work that grows with the square of a run's length would take hours; a busy machine takes seconds. */
const MOST_CPU_SECONDS = 20;

const PATTERNS: Readonly<Record<string, string>> = {
  zeros: "\0",
  "one letter": "A",
  ones: "1",
  fours: "4",
  "every second byte zero": "A\0",
  "every second byte zero, ones": "1\0",
  "words of one letter": "a ",
  "words that are in the list": "abandon ",
  "words in capitals": "Abandon zoo ",
  colons: ":",
  "host and port": "pool.minexmr.com:4444 ",
  "host without an end": "a.",
  "URL without an end": "stratum+tcp://",
  "URL with many names": "stratum+tcp://a:b",
  slashes: "://",
  "runs of 95": `${"4".repeat(95)} `,
  "runs of 34": `1${"z".repeat(33)} `,
  "runs of 42": `0x${"a".repeat(40)} `,
  "runs of 111": `xprv${"z".repeat(107)} `,
  "PEM labels": "-----BEGIN PRIVATE KEY-----",
  "PEM labels, broken": "PRIVATE KEY----",
  dashes: "-",
  escapes: `\\x0a${"1".repeat(30)}`,
};

for (const [name, pattern] of Object.entries(PATTERNS)) {
  test(`2 MB of ${name} are searched in a time that grows with the length alone`, () => {
    const bytes = Buffer.alloc(BYTES, Buffer.from(pattern, "latin1"));
    const before = process.cpuUsage();
    carved([bytes]);
    const { user } = process.cpuUsage(before);
    assert.ok(user / 1e6 < MOST_CPU_SECONDS, `${(user / 1e6).toFixed(1)} s`);
  });
}

test("evidence that is cut or has flipped bytes is searched to its end, and no secret is shown", () => {
  const by = random(12);
  const secrets = Object.values(SECRET_FORMS).map((make) => make(by));
  const logs = Buffer.concat([...mixedLogs(1 << 14, plants(4, by))]).toString("latin1");
  const text = logs
    .split("\n")
    .map((line, i) => `${line} key ${secrets[i % secrets.length]}\n`)
    .join("");
  const whole = Buffer.concat([Buffer.from(text), Buffer.from(text, "utf16le")]);
  for (let round = 0; round < 150; round += 1) {
    const bytes = round % 2 === 0 ? cut(whole, by) : flipped(whole, 1 + by.below(200), by);
    const { records, addresses } = carved([bytes]);
    for (const { place, times } of addresses) {
      assert.ok(place.atByte + place.byteLength <= bytes.length && times > 0);
    }
    const shown = JSON.stringify(records);
    for (const secret of secrets) assert.ok(!shown.includes(secret), shown);
  }
});
