import { PaydirtError } from "../../model/error.ts";
import { count } from "../../report/numbers.ts";
import { follow } from "../../run/follow/follow.ts";
import type { FollowOptions, FollowProgress } from "../../run/follow/options.ts";
import { checkOutput, type OpenedCase, openCase } from "../../store/index.ts";
import { hopOf, policiesOf, untilOf } from "../kinds.ts";
import { has, type Parsed, textOf, textsOf } from "../parse.ts";
import { startProgress } from "../progress.ts";
import type { Run } from "../run.ts";
import { loadSaver, save } from "../saving.ts";
import { tell } from "../tell.ts";
import type { Terminal } from "../terminal.ts";

const DEFAULT_FOLDER = "paydirt-case";

/** Below this many satoshi an output is dust: it costs more to spend than it is worth.
 *  Source: Bitcoin Core, policy.cpp, GetDustThreshold for P2PKH at 3,000 satoshi a kvB. */
const DUST_SATS = "546";

export const run: Run = async (parsed, terminal) => {
  const started = new Date();
  const into = await caseOf(parsed);
  const options = optionsOf(parsed, into, terminal);
  const output = outputOf(parsed, into);
  if (output !== null) await checkOutput({ ...output, evidence: filesOf(options) });
  const saving = output === null ? null : { ...output, started, saver: loadSaver() };
  const draws = terminal.drawsProgress && !has(parsed, "quiet");
  const progress = draws ? startProgress(terminal.err, terminal.progressColumns) : null;
  const onProgress =
    progress &&
    (({ bytesRead, bytesTotal }: FollowProgress): void =>
      progress.show({ doing: "Following", bytesDone: bytesRead, bytesTotal, file: null }));
  try {
    const found = await follow({ ...options, onProgress });
    const saved = saving === null ? null : await save(found, saving, terminal);
    progress?.end();
    if (found.wentOnFrom !== undefined && !has(parsed, "quiet")) {
      terminal.err(`Went on from block ${count(found.wentOnFrom)}, where the trace of the case had ended\n`);
    }
    await tell(found.case, { parsed, terminal, started, reportPath: saved?.report ?? null });
    return 0;
  } finally {
    progress?.end();
  }
};

async function caseOf(parsed: Parsed): Promise<OpenedCase | null> {
  const path = textOf(parsed, "into");
  if (path === null) return null;
  if (has(parsed, "output")) {
    throw new PaydirtError("bad-option", "follow takes either --into, or --output for a case of its own");
  }
  return openCase(path);
}

/** With --into that case is replaced; else the folder of --output. With --json alone nothing is written. */
function outputOf(parsed: Parsed, into: OpenedCase | null): { folder: string; force: boolean } | null {
  if (into !== null) return { folder: into.folder, force: true };
  const folder = textOf(parsed, "output") ?? (has(parsed, "json") ? null : DEFAULT_FOLDER);
  return folder === null ? null : { folder, force: has(parsed, "force") };
}

/** The files that are read: the case is never written among them. */
function filesOf({ chain, tags, swaps }: FollowOptions): readonly string[] {
  const [, scheme, where = ""] = /^(\w+):(.*)$/s.exec(chain) ?? [];
  return [...(scheme === "blocks" || scheme === "slice" ? [where] : []), ...tags, ...swaps];
}

function optionsOf(parsed: Parsed, into: OpenedCase | null, { signal }: Terminal): FollowOptions {
  const chain = textOf(parsed, "chain");
  if (chain === null) {
    throw new PaydirtError(
      "bad-option",
      "follow needs a source: --chain blocks:PATH, rpc:URL, esplora:URL or slice:FILE",
    );
  }
  const hops = textsOf(parsed, "hop").flatMap((text) => hopOf(text) ?? []);
  return {
    seeds: parsed.arguments,
    chain,
    policies: policiesOf(textOf(parsed, "policy") ?? "fifo") ?? [],
    direction: has(parsed, "backward") ? "backward" : "forward",
    followFees: !has(parsed, "no-fees"),
    until: cutOff(textOf(parsed, "until")),
    minDirtySats: BigInt(textOf(parsed, "min-sats") ?? DUST_SATS),
    chosen: new Map(hops.map(({ txid, vout }) => [txid, vout])),
    tags: textsOf(parsed, "tags"),
    byCluster: has(parsed, "cluster"),
    swaps: textsOf(parsed, "swaps"),
    demands: textsOf(parsed, "demand"),
    asOf: textOf(parsed, "as-of"),
    into,
    caseNumber: textOf(parsed, "case-number"),
    examiner: textOf(parsed, "examiner"),
    dataFolder: textOf(parsed, "data"),
    cacheFolder: textOf(parsed, "cache"),
    signal,
    onProgress: null,
  };
}

function cutOff(asked: string | null): FollowOptions["until"] {
  const until = asked === null ? null : untilOf(asked);
  return {
    height: until !== null && "height" in until ? until.height : null,
    micros: until !== null && "micros" in until ? until.micros : null,
    asked,
  };
}
