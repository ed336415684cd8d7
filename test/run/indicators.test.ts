import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import { loadIndicators } from "../../src/run/indicators.ts";
import { investigate } from "../../src/run/investigate.ts";
import { QUIET } from "../kit/investigated.ts";

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-ioc-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a file of indicators that cannot be used ends the run, with file and reason", () =>
  inFolder(async (folder) => {
    const bad = join(folder, "bad.json");
    writeFileSync(bad, "{ no json");
    for (const [path, reason] of [
      [bad, /^Cannot use --ioc .*bad\.json: it is no JSON: /],
      [join(folder, "none.txt"), /^Cannot use --ioc .*none\.txt: no such file or folder$/],
      [folder, /: it is a folder$/],
    ] as const) {
      const refused = (error: unknown): boolean => {
        assert.ok(error instanceof PaydirtError && error.code === "bad-option");
        assert.match(error.message, reason);
        return true;
      };
      await assert.rejects(investigate({ ...QUIET, evidence: [bad], ioc: [path] }), refused);
      await assert.rejects(loadIndicators([path]), refused);
    }
  }));

test("indicators of several files are looked for in what was read", () =>
  inFolder(async (folder) => {
    const log = join(folder, "auth.log");
    writeFileSync(
      log,
      "Jan 14 03:14:07 web01 sshd[2188]: Accepted password for deploy from 198.51.100.23 port 40188 ssh2\n",
    );
    const [one, two] = [join(folder, "one.txt"), join(folder, "two.txt")];
    writeFileSync(one, "198.51.100.23 # seen in January\n");
    writeFileSync(two, "198.51.100.24\n");
    const { case: made } = await investigate({ ...QUIET, evidence: [log], ioc: [one, two] });
    const found = made.findings.filter(({ detector }) => detector === "indicator-match");
    assert.deepEqual(
      found.map(({ summary }) => summary),
      ["The network address 198.51.100.23 of one.txt stands in the evidence once"],
    );
  }));

test("a case names the files that were looked through for it, with what was in them", () =>
  inFolder(async (folder) => {
    const log = join(folder, "auth.log");
    const list = join(folder, "list.txt");
    writeFileSync(log, "Jan 14 03:05:09 web01 sshd[1]: Server listening on 0.0.0.0 port 22.\n");
    writeFileSync(list, "203.0.113.9\n203.0.113.10\n");
    const { case: made } = await investigate({ ...QUIET, evidence: [log], ioc: [list] });
    assert.deepEqual(
      made.tables.filter(({ name }) => name === "list.txt"),
      [
        {
          name: "list.txt",
          sha256: createHash("sha256").update("203.0.113.9\n203.0.113.10\n").digest("hex"),
          source: "--ioc: 2 indicators looked for",
        },
      ],
    );
  }));
