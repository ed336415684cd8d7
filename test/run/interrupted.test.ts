import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { investigate } from "../../src/run/investigate.ts";
import { QUIET } from "../kit/investigated.ts";

test("a run can be stopped in the midst of one large file of a host", async () => {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    for (const part of ["etc", "root"]) mkdirSync(join(folder, part));
    writeFileSync(join(folder, "etc/hostname"), "web01\n");
    writeFileSync(join(folder, "root/large.bin"), new Uint8Array(32 << 20));
    const stop = new AbortController();
    let told = 0;
    const onProgress = ({ stage }: { readonly stage: string }): void => {
      if (stage === "read") told += 1;
      if (told === 12) stop.abort();
    };
    await assert.rejects(
      investigate({ ...QUIET, evidence: [folder], signal: stop.signal, onProgress }),
      (error) => error instanceof PaydirtError && error.code === "interrupted",
    );
    assert.equal(told, 12);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
