import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case, CaseSession } from "../../src/model/case.ts";
import type { Gap } from "../../src/model/gap.ts";
import { type Investigation, investigate } from "../../src/run/investigate.ts";
import { DEFAULTS, type InvestigateOptions } from "../../src/run/options.ts";

/** An investigation without hashing, progress or tables of the user's. */
export const QUIET: Omit<InvestigateOptions, "evidence"> = { ...DEFAULTS, hash: false };

export function investigated(paths: readonly string[]): Promise<Investigation> {
  return investigate({ ...QUIET, evidence: paths });
}

/** Investigates captures that exist only in the test: laid down in a folder of the system's for its time. */
export async function investigatedFiles(files: Readonly<Record<string, Uint8Array>>): Promise<Case> {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-test-"));
  try {
    const paths = Object.entries(files).map(([name, bytes]) => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    });
    return (await investigated(paths)).case;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The sessions that count, and those gaps that are about bytes of the evidence and not about missing
 *  tables. */
export const counted = (of: Case): CaseSession[] => of.sessions.filter((one) => one.duplicateOf === null);
const TABLE_GAPS: readonly string[] = ["no-price", "no-difficulty", "unknown-coin"];
export const byteGaps = (of: Case): Gap[] => of.gaps.filter((gap) => !TABLE_GAPS.includes(gap.code));

/** Whether the case says that somebody mined. */
export function minedThere(of: Case): boolean {
  return of.sessions.length > 0 || of.findings.some((finding) => finding.detector.includes("mining"));
}
