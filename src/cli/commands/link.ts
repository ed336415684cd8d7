import { caseJson } from "../../report/case-json.ts";
import { renderSummary } from "../../report/summary.ts";
import { link } from "../../run/link.ts";
import { checkOutput } from "../../store/index.ts";
import { has, textOf } from "../parse.ts";
import type { Run } from "../run.ts";
import { loadSaver, save } from "../saving.ts";

const DEFAULT_FOLDER = "paydirt-links";

export const run: Run = async (parsed, terminal) => {
  const started = new Date();
  const isJson = has(parsed, "json");
  const folder = textOf(parsed, "output") ?? (isJson ? null : DEFAULT_FOLDER);
  const force = has(parsed, "force");
  if (folder !== null) await checkOutput({ folder, force, evidence: parsed.arguments });
  const found = await link({
    cases: parsed.arguments,
    caseNumber: textOf(parsed, "case-number"),
    examiner: textOf(parsed, "examiner"),
    signal: terminal.signal,
  });
  const saved =
    folder === null ? null : await save(found, { folder, force, started, saver: loadSaver() }, terminal);
  const elapsedSeconds = (Date.now() - started.getTime()) / 1000;
  if (isJson) await terminal.out(caseJson(found.case));
  else if (!has(parsed, "quiet")) {
    const { color, columns: width } = terminal;
    const reportPath = saved?.report ?? null;
    await terminal.out(renderSummary(found.case, { color, width, reportPath, elapsedSeconds }));
  }
  return 0;
};
