import type { Case } from "../model/case.ts";
import { caseJson } from "../report/case-json.ts";
import { renderSummary } from "../report/summary.ts";
import { has, type Parsed } from "./parse.ts";
import type { Terminal } from "./terminal.ts";

interface Telling {
  readonly parsed: Parsed;
  readonly terminal: Terminal;
  readonly started: Date;
  /** null: nothing was written. */
  readonly reportPath: string | null;
}

/** Says what a run found: the case with --json, nothing with --quiet, else the closing table. */
export async function tell(made: Case, { parsed, terminal, started, reportPath }: Telling): Promise<void> {
  const elapsedSeconds = (Date.now() - started.getTime()) / 1000;
  if (has(parsed, "json")) await terminal.out(caseJson(made));
  else if (!has(parsed, "quiet")) {
    const { color, columns: width } = terminal;
    await terminal.out(renderSummary(made, { color, width, reportPath, elapsedSeconds }));
  }
}
