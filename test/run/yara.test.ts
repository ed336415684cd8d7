import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { investigate } from "../../src/run/investigate.ts";
import { tarOf } from "../kit/archives.ts";
import { QUIET } from "../kit/investigated.ts";

/** Whether the optional package has a binary for this system. */
function hasEngine(): boolean {
  try {
    createRequire(import.meta.url)("@litko/yara-x");
    return true;
  } catch {
    return false;
  }
}

const RULE = 'rule names_a_miner { strings: $name = "xmrig" wide ascii condition: $name }';

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-yara-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("rules are run over every file, those in archives too, and a match has its place", (t) =>
  inFolder(async (folder) => {
    if (!hasEngine()) return t.skip("no YARA engine is installed here");
    const [rules, evidence] = [join(folder, "rules.yar"), join(folder, "host.tar")];
    writeFileSync(rules, RULE);
    writeFileSync(
      evidence,
      tarOf([
        { path: "[root]/opt/a", content: "this is xmrig" },
        { path: "[root]/opt/b", content: "this is nothing" },
        { path: "[root]/opt/c", content: Buffer.from("xmrig", "utf16le") },
      ]),
    );
    const { case: made } = await investigate({ ...QUIET, evidence: [evidence], yara: [rules] });
    const found = made.findings.filter(({ detector }) => detector === "yara-match");
    assert.deepEqual(
      found.map(({ summary }) => summary),
      ["The rule names_a_miner matches 2 files: /opt/a and /opt/c"],
    );
    const place = found[0]?.basis[0]?.place;
    assert.deepEqual([place?.atByte, place?.byteLength], [8, 5]);
    assert.equal(made.evidence.find(({ id }) => id === place?.evidence)?.name, "host.tar/[root]/opt/a");
  }));

test("rules that do not compile, and a file that is missing, end the run with the reason", (t) =>
  inFolder(async (folder) => {
    if (!hasEngine()) return t.skip("no YARA engine is installed here");
    const bad = join(folder, "bad.yar");
    writeFileSync(bad, "rule { bad");
    for (const [path, reason] of [
      [bad, /^Cannot use --yara .*bad\.yar: .*syntax error/],
      [join(folder, "none.yar"), /: no such file or folder$/],
    ] as const) {
      await assert.rejects(investigate({ ...QUIET, evidence: [bad], yara: [path] }), (error: unknown) => {
        assert.ok(error instanceof PaydirtError && error.code === "bad-option");
        assert.match(error.message, reason);
        return true;
      });
    }
  }));
