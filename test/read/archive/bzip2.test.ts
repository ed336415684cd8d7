import assert from "node:assert/strict";
import { test } from "node:test";
import { bunzip2 } from "../../../src/read/source/bunzip2.ts";

/** One line of a log, compressed by Python's bz2 with blocks of 100 kB. */
const LINE = Buffer.from(
  "QlpoMTFBWSZTWcSyVEwAABdfgAAQQAF88CAQAAo/R9ygIABIx5T0nqDTHqhp6mgAinqbSPEQBoaaNPUctKeQ7b4gIgAg0ZZw" +
    "W29ESfKWOIjI3mrYPWclatJ05dmrTheQMCtWHyvY8BEwuFAIEtQyc/8XckU4UJDEslRM",
  "base64",
);
/** 64 MiB of zeros. */
const ZEROS = Buffer.from(
  "QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZvAS1wwCidcAAwAAACCAAIKQINjKKiE0qKiE4u5Ip" +
    "woSFALuD6A==",
  "base64",
);

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(bytes: Uint8Array, size: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bunzip2(chunks(bytes, size))) parts.push(part);
  return Buffer.concat(parts).toString();
}

test("one stream and two in a row are unpacked, however they are cut into pieces", async () => {
  const line = await unpacked(LINE, 1 << 16);
  assert.match(line, /^Jan 14 .* ssh2\n$/);
  for (const size of [1, 7, 1 << 16])
    assert.equal(await unpacked(Buffer.concat([LINE, LINE]), size), line + line);
});

test("what ends early is an error", async () => {
  for (const end of [3, 4, 20, LINE.length - 4]) await assert.rejects(unpacked(LINE.subarray(0, end), 16));
});

test("a block of zeros comes in parts, and nothing is unpacked beyond what is taken", async () => {
  let bytes = 0;
  for await (const part of bunzip2(chunks(ZEROS, 1 << 16))) {
    assert.ok(part.length <= 1 << 18);
    bytes += part.length;
    if (bytes >= 1 << 20) break;
  }
  assert.equal(bytes, 1 << 20);
});
