import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PaydirtError } from "../../../src/model/error.ts";
import { type ListedFile, readListed } from "../../../src/read/chain/listed-file.ts";
import { chainContext, madeFile } from "../../kit/chain/context.ts";

async function length({ window }: ListedFile): Promise<number> {
  let bytes = 0;
  do {
    bytes += window.end - window.at;
    window.at = window.end;
  } while (await window.more());
  return bytes;
}

// Larger files are read by a thread of their own.
for (const bytes of [0, 1_000, 9 << 20]) {
  test(`a file of ${bytes} bytes is read whole, known with its hash, and its bytes are told`, async (t) => {
    const content = Buffer.alloc(bytes, "x");
    let told = 0;
    let sha256: string | null = null;
    const context = {
      ...chainContext(),
      progress: (read: number) => {
        told += read;
      },
      evidence: (made: { readonly sha256: string | null }) => {
        sha256 = made.sha256;
        return "e1";
      },
    };
    assert.equal(
      await readListed({ path: madeFile(t, "list", content), kind: "tags" }, context, length),
      bytes,
    );
    assert.equal(sha256, createHash("sha256").update(content).digest("hex"));
    assert.ok(told <= 2 * bytes);
  });
}

test("a compressed file is read as what it unpacks to", async (t) => {
  const path = madeFile(t, "list.gz", gzipSync(Buffer.alloc(5_000_000, "x")));
  assert.equal(await readListed({ path, kind: "tags" }, chainContext(), length), 5_000_000);
});

test("a file that changes while it is read is said to have", async (t) => {
  const path = madeFile(t, "list", "one");
  const context = chainContext();
  await readListed({ path, kind: "tags" }, context, async (file) => {
    appendFileSync(path, "two");
    return length(file);
  });
  assert.deepEqual(
    context.gaps().map(({ code }) => code),
    ["changed"],
  );
});

for (const bytes of [10, 9 << 20]) {
  test(`an interrupt ends the reading of ${bytes} bytes`, async (t) => {
    const stop = new AbortController();
    const context = { ...chainContext(), signal: stop.signal };
    const reading = readListed(
      { path: madeFile(t, "list", Buffer.alloc(bytes)), kind: "tags" },
      context,
      (file) => {
        stop.abort();
        return length(file);
      },
    );
    await assert.rejects(reading, (error) => error instanceof PaydirtError && error.code === "interrupted");
  });
}
