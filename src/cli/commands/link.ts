import { link } from "../../run/link.ts";
import { checkOutput } from "../../store/index.ts";
import { has, textOf } from "../parse.ts";
import type { Run } from "../run.ts";
import { loadSaver, save } from "../saving.ts";
import { tell } from "../tell.ts";

const DEFAULT_FOLDER = "paydirt-links";

export const run: Run = async (parsed, terminal) => {
  const started = new Date();
  const folder = textOf(parsed, "output") ?? (has(parsed, "json") ? null : DEFAULT_FOLDER);
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
  await tell(found.case, { parsed, terminal, started, reportPath: saved?.report ?? null });
  return 0;
};
