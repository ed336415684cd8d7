import type { Case } from "../../model/case.ts";
import { PaydirtError } from "../../model/error.ts";
import { SEVERITIES } from "../../model/finding.ts";
import { nearest } from "../../model/nearest.ts";
import { listDetectors } from "../../run/detectors.ts";
import { investigate } from "../../run/investigate.ts";
import type { Progress } from "../../run/options.ts";
import { checkOutput } from "../../store/index.ts";
import { limitOf, percentOf } from "../kinds.ts";
import { has, type Parsed, textOf, textsOf } from "../parse.ts";
import { startProgress } from "../progress.ts";
import type { Run } from "../run.ts";
import { loadSaver, save } from "../saving.ts";
import { tell } from "../tell.ts";

const DEFAULT_FOLDER = "paydirt-case";

const DOING: Readonly<Record<Progress["stage"], string>> = {
  open: "Opening",
  read: "Reading",
  find: "Looking",
  count: "Counting",
  report: "Reporting",
  save: "Saving",
};

export const run: Run = async (parsed, terminal) => {
  const started = new Date();
  const folder = textOf(parsed, "output") ?? (has(parsed, "json") ? null : DEFAULT_FOLDER);
  const output = folder === null ? null : { folder, force: has(parsed, "force") };
  const limits = limitsOf(parsed);
  // Asked before a gigabyte is read, and again by the writer.
  if (output !== null) await checkOutput({ ...output, evidence: parsed.arguments });
  const draws = terminal.drawsProgress && !has(parsed, "quiet");
  const progress = draws ? startProgress(terminal.err, terminal.progressColumns) : null;
  const onProgress = progress && ((step: Progress): void => progress.show(stepOf(step)));
  const saving = output === null ? null : { ...output, started, saver: loadSaver() };
  try {
    const found = await investigate({ ...optionsOf(parsed), limits, signal: terminal.signal, onProgress });
    const saved = saving === null ? null : await save(found, saving, terminal);
    progress?.end();
    await tell(found.case, { parsed, terminal, started, reportPath: saved?.report ?? null });
    return isAtOrAbove(found.case, textOf(parsed, "fail-on")) ? 1 : 0;
  } finally {
    progress?.end();
  }
};

/** The thresholds of --set, each checked to be one that a detector has. */
function limitsOf(parsed: Parsed): ReadonlyMap<string, number> {
  const limits = new Map(
    textsOf(parsed, "set").flatMap((text) => {
      const limit = limitOf(text);
      return limit === null ? [] : [[limit.name, limit.value] as const];
    }),
  );
  const known =
    limits.size === 0 ? [] : listDetectors().flatMap((detector) => detector.limits.map(({ name }) => name));
  for (const name of limits.keys()) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const meant = near === null ? "" : `; did you mean ${near}?`;
    throw new PaydirtError("bad-option", `--set knows no ${name}${meant}\nKnown are ${known.join(", ")}`);
  }
  return limits;
}

function optionsOf(parsed: Parsed) {
  return {
    evidence: parsed.arguments,
    asOf: textOf(parsed, "as-of"),
    poolFee: percentOf(textOf(parsed, "pool-fee") ?? "0") ?? 0,
    hash: !has(parsed, "no-hash"),
    caseNumber: textOf(parsed, "case-number"),
    examiner: textOf(parsed, "examiner"),
    dataFolder: textOf(parsed, "data"),
    root: textOf(parsed, "root"),
    showSecrets: has(parsed, "show-secrets"),
    ioc: textsOf(parsed, "ioc"),
    yara: textsOf(parsed, "yara"),
  };
}

function stepOf({ stage, bytesRead, bytesTotal, file }: Progress) {
  return { doing: DOING[stage], bytesDone: bytesRead, bytesTotal, file };
}

/** Whether a finding is as severe as --fail-on says. */
function isAtOrAbove({ findings }: Case, severity: string | null): boolean {
  const least = SEVERITIES.map(String).indexOf(severity ?? "");
  return least !== -1 && findings.some((finding) => SEVERITIES.indexOf(finding.severity) >= least);
}
