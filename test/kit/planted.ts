// Large evidence with addresses planted in it, half of them damaged in one character: made chunk by chunk,
// the same bytes for the same seed.

import { createCipheriv } from "node:crypto";
import { type Random, random } from "./random.ts";
import { ADDRESS_FORMS, damagedAddress, madeAddresses } from "./wallets.ts";

const CHUNK_BYTES = 1 << 20;

/** What is planted. */
export interface Plants {
  readonly intact: ReadonlyMap<string, readonly string[]>;
  readonly damaged: ReadonlyMap<string, readonly string[]>;
  /** All of them, in the order in which they are planted. */
  readonly all: readonly string[];
}

/** So many addresses of each coin, every second one damaged in one character. */
export function plants(perCoin: number, by: Random): Plants {
  const intact = new Map<string, string[]>();
  const damaged = new Map<string, string[]>();
  for (const coin of Object.keys(ADDRESS_FORMS)) {
    intact.set(coin, madeAddresses(coin, perCoin / 2, by));
    damaged.set(
      coin,
      madeAddresses(coin, perCoin / 2, by).map((address) => damagedAddress(address, by)),
    );
  }
  const all = [...intact.values(), ...damaged.values()].flat();
  for (let i = all.length - 1; i > 0; i--) {
    const j = by.below(i + 1);
    [all[i], all[j]] = [all[j] ?? "", all[i] ?? ""];
  }
  return { intact, damaged, all };
}

/** Pseudo-random bytes (AES in counter mode) with a plant between two zero bytes at regular distances. */
export function* randomImage(bytes: number, { all }: Plants): Generator<Buffer> {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), Buffer.alloc(16));
  const zeros = Buffer.alloc(CHUNK_BYTES);
  const distance = Math.floor(bytes / (all.length + 1));
  let next = 0;
  let carried: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  for (let at = 0; at < bytes; at += CHUNK_BYTES) {
    const chunk = cipher.update(zeros.subarray(0, Math.min(CHUNK_BYTES, bytes - at)));
    carried.copy(chunk);
    carried = Buffer.alloc(0);
    for (; next < all.length && (next + 1) * distance < at + chunk.length; next++) {
      const plant = Buffer.from(`\0${all[next]}\0`);
      const start = (next + 1) * distance - at;
      plant.copy(chunk, start);
      carried = plant.subarray(chunk.length - start);
    }
    yield chunk;
  }
}

const LINES: readonly ((n: number, by: Random) => string)[] = [
  (n, by) =>
    `Nov 25 12:${two(n)}:${two(n >> 3)} web01 sshd[${1000 + by.below(30_000)}]: Failed password for ` +
    `invalid user admin from 203.0.113.${by.below(256)} port ${by.below(65_536)} ssh2`,
  (n, by) =>
    `198.51.100.${by.below(256)} - - [25/Nov/2026:12:${two(n)}:00 +0000] "GET /app.${hex(by, 20)}.js ` +
    `HTTP/1.1" 200 ${by.below(99_999)} "https://www.example.com/index.html" "Mozilla/5.0 (X11; Linux ` +
    `x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"`,
  (_n, by) =>
    `{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDA${hex(by, 16)}","arn":` +
    `"arn:aws:iam::123456789012:user/alice"},"eventTime":"2026-11-25T12:00:00Z","requestID":"${hex(by, 8)}-` +
    `${hex(by, 4)}-${hex(by, 4)}-${hex(by, 12)}"}`,
  (n, by) =>
    `type=EXECVE msg=audit(1768360690.004:${n}): argc=3 a0="/usr/bin/ls" a1="-la" a2="/tmp/${hex(by, 12)}"`,
  (n, by) => `2026-11-25T12:${two(n)}:00.000Z INFO sha256=${hex(by, 64)} file=/var/lib/app/${hex(by, 32)}`,
  (n, by) => `${n} ${hex(by, 32)} the service was asked to read all of its settings again and did so`,
  (_n, by) => `Authorization: ${Buffer.from(by.bytes(48)).toString("base64")}`,
];

const AROUND: readonly ((address: string) => string)[] = [
  (address) => `{"wallet":"${address}","pass":"x"}`,
  (address) => `./miner -o pool.example.net:3333 -u ${address} -p x`,
  (address) => `[2026-11-25 12:00:00] pool said: login ${address}.rig01 is known`,
  (address) => `send to ${address}, then write to us`,
];

/** Lines of several kinds of logs with a line for each plant at regular distances. */
export function* mixedLogs(bytes: number, { all }: Plants): Generator<Buffer> {
  const by = random(11);
  const distance = Math.floor(bytes / (all.length + 1));
  let next = 0;
  let n = 0;
  for (let at = 0; at < bytes; ) {
    let text = "";
    while (text.length < CHUNK_BYTES / 4 && at + text.length < bytes) {
      text += `${by.pick(LINES)(n, by)}\n`;
      n += 1;
      if (next >= all.length || (next + 1) * distance > at + text.length) continue;
      text += `${AROUND[next % AROUND.length]?.(all[next] ?? "")}\n`;
      next += 1;
    }
    at += text.length;
    yield Buffer.from(text, "latin1");
  }
}

function two(n: number): string {
  return String(n % 60).padStart(2, "0");
}

/** Hex digits; a few large draws in place of one for each digit. */
function hex(by: Random, digits: number): string {
  let out = "";
  while (out.length < digits) out += (by.below(2 ** 28) + 2 ** 28).toString(16).slice(1);
  return out.slice(0, digits);
}
