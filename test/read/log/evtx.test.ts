import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "../../kit/read-one.ts";

test("a binary event log is one gap that names the tool to run first", async () => {
  const found = await readOne(Buffer.concat([Buffer.from("ElfFile\0"), Buffer.alloc(4096)]), "Security.evtx");
  assert.equal(found.reader, "evtx");
  assert.deepEqual(
    found.gaps.map(({ code, says }) => `${code} ${says}`),
    [
      "unrecognised Cannot read events in Security.evtx: make JSON of it first with evtx_dump -o jsonl; " +
        "it was searched for addresses only",
    ],
  );
});
