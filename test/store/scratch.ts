import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A folder that is gone when the test is. */
export function scratch(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "paydirt-test-")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The least that is a manifest of this schema. */
export const MANIFEST_TEXT = JSON.stringify({
  schema: 1,
  tool: { name: "paydirt", version: "0", node: "0" },
  commandLine: [],
  earlier: [],
  evidence: [],
  tables: [],
  files: [],
});

/** The least that is a case of this schema. */
export const CASE_TEXT = JSON.stringify({
  schema: 1,
  tool: { name: "paydirt", version: "0" },
  about: { caseNumber: null, examiner: null },
  options: { asOf: null, poolFee: 0, hashed: true },
  tables: [],
  limits: [],
  verdict: { severity: "info", headline: "", says: [], wouldChange: [] },
  evidence: [],
  sessions: [],
  sums: [],
  contacts: [],
  findings: [],
  valuations: [],
  series: [],
  gaps: [],
});
