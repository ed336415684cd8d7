import { join } from "node:path";
import { redactText } from "../bytes/secrets.ts";
import type { Case } from "../model/case.ts";
import type { Manifest } from "../model/manifest.ts";
import { isFollowed } from "../report/figures.ts";
import {
  caseJson,
  loadLibrary,
  ownersCsv,
  renderHtml,
  sessionsCsv,
  sharesCsv,
  sliceJson,
  tagsCsv,
  timelineJsonl,
  traceEdgesCsv,
  tracesCsv,
  walletsCsv,
} from "../report/index.ts";
import { CaseWriter } from "../store/write.ts";
import { mergedTimeline } from "./follow/timeline.ts";
import type { Investigation } from "./investigate.ts";
import { VERSION } from "./version.ts";

export interface SaveOptions {
  readonly folder: string;
  readonly force: boolean;
  readonly commandLine: readonly string[];
  /** When the run began; the manifest is the only file that carries a clock. */
  readonly started: Date;
  readonly signal: AbortSignal | null;
}

/** Loads ahead what writing a case needs, so that it costs nothing where a run waits for something else. */
export function prepareToSave(): Promise<void> {
  return loadLibrary();
}

/** Writes the whole case into its folder, or nothing.
 *
 *  Errors: `PaydirtError` "output-exists" and "cannot-write", as the store gives them.
 */
export async function saveCase(
  investigation: Investigation,
  options: SaveOptions,
): Promise<{ report: string }> {
  const { case: made, custody } = investigation;
  const { folder, force, signal } = options;
  const html = await renderHtml(made);
  const evidence = custody.map(({ path }) => path);
  const writer = await CaseWriter.open({ folder, force, evidence, signal });
  try {
    await writeFiles(writer, { investigation, html, options });
    return { report: join(await writer.commit(), "report.html") };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

interface Contents {
  readonly investigation: Investigation;
  readonly html: string;
  readonly options: SaveOptions;
}

/** Tables of followed money, only in a case that holds some: elsewhere they would be empty. */
async function writeFollowed(writer: CaseWriter, made: Case): Promise<void> {
  if (made.traces.length > 0) {
    await writer.write("traces.csv", tracesCsv(made));
    await writer.write("trace-edges.csv", traceEdgesCsv(made));
  }
  if (made.owners.length > 0) await writer.write("owners.csv", ownersCsv(made));
  if (made.tags.length > 0) await writer.write("tags.csv", tagsCsv(made));
}

function earlierRuns({ earlier, tool, commandLine, started }: Manifest): Manifest["earlier"] {
  return [...earlier, { tool, commandLine, started }];
}

async function writeFiles(writer: CaseWriter, { investigation, html, options }: Contents): Promise<void> {
  const { case: made, counted, custody } = investigation;
  const { started } = options;
  await writer.write("case.json", caseJson(made));
  await writer.write("report.html", html);
  const timeline = timelineJsonl(made, counted);
  const { older, slice } = investigation;
  await writer.write(
    "timeline.jsonl",
    older === undefined ? timeline : mergedTimeline(join(older.folder, "timeline.jsonl"), timeline),
  );
  // Of a case in which money was followed and nothing else, the tables of miners would be empty.
  if (!isFollowed(made) || made.sessions.length > 0 || made.wallets.length > 0) {
    await writer.write("sessions.csv", sessionsCsv(made));
    if (older === undefined) await writer.write("shares.csv", sharesCsv(counted));
    else await writer.keep("shares.csv");
    await writer.write("wallets.csv", walletsCsv(made));
  }
  await writeFollowed(writer, made);
  if (slice !== undefined) await writer.write("chain-slice.json", sliceJson(slice));
  const manifest: Manifest = {
    schema: 1,
    tool: { name: "paydirt", version: VERSION, node: process.version },
    commandLine: options.commandLine.map(redactText),
    earlier: older === undefined ? [] : earlierRuns(older.manifest),
    caseNumber: made.about.caseNumber,
    examiner: made.about.examiner,
    started: started.toISOString(),
    elapsedSeconds: (Date.now() - started.getTime()) / 1000,
    evidence: custody,
    tables: made.tables,
    files: writer.files,
  };
  await writer.write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
}
