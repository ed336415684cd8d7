/** Processes as Paydirt itself saw them under /proc: a line of JSON about the look, then one a process.
 *
 *  {"collector":"live","bootSeconds":1768350000,"uptimeSeconds":90000.5}
 *  {"pid":11,"stat":"11 (x) R 1 …","args":["./x","-o"],"exe":"/tmp/x (deleted)","cwd":"/tmp","user":"deploy",
 *   "sockets":[293848]}
 *
 *  Made by `processLines`, so that what was seen of a running host is evidence with a hash and with lines.
 */
import { detached } from "../../bytes/text.ts";
import { boundedMicros } from "../../bytes/time.ts";
import { MAX_EXCERPT_CHARS } from "../../model/place.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { NOTHING_SUMMED } from "../reader.ts";
import { eachLine, factAt, type TextLine } from "../text.ts";
import { connectionTable, finishConnections } from "./connections.ts";
import { finishIdentities, identityTable } from "./identities.ts";
import { hostLooks } from "./looks.ts";
import {
  accountsOf,
  clockOf,
  lookAtProcess,
  type ProcProcess,
  processIds,
  type Unseen,
} from "./proc-processes.ts";
import { statFacts } from "./process-files.ts";
import { executableOf, finishProcesses, processTable, RANK } from "./processes.ts";

/** Path of the list that `processLines` makes. */
export const PROCESS_LINES_PATH = "processes.jsonl";
const FIRST = /^\{"collector":"(live|tree)"/;
const TICKS_PER_SECOND = 100;

export const liveProcesses: Reader = {
  id: "live-processes",
  title: "processes as Paydirt saw them under /proc",
  sniff: (head, { path }) =>
    path === PROCESS_LINES_PATH && FIRST.test(Buffer.from(head.subarray(0, 100)).toString("latin1")),
  firstMicros: () => null,
  read,
  finish(desk) {
    finishProcesses(desk);
    finishConnections(desk);
    finishIdentities(desk);
  },
};

/** Whose processes: a /proc, the passwd file beside it, and how it was come by. */
export interface Look {
  readonly proc: string;
  readonly passwd: string;
  readonly collector: "live" | "tree";
}

/** What a look found: lines for the reader, and what it could not see. */
export interface Looked {
  readonly lines: readonly string[];
  readonly processes: readonly ProcProcess[];
  readonly unseen: Unseen;
}

/** Looks at every process of a /proc. Errors: none. */
export function processLines({ proc, passwd, collector }: Look): Looked {
  const unseen: Unseen = { exe: 0, sockets: 0 };
  const { names } = accountsOf(passwd);
  const lines = [JSON.stringify({ collector, ...clockOf(proc) })];
  const processes: ProcProcess[] = [];
  for (const pid of processIds(proc)) {
    const one = lookAtProcess(proc, pid, unseen);
    if (one === null) continue;
    processes.push(one);
    const { uid, ...told } = one;
    lines.push(
      JSON.stringify({ ...told, user: names.get(uid ?? -1) ?? (uid === null ? null : String(uid)) }),
    );
  }
  return { lines, processes, unseen };
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  let uptimeSeconds: number | null = null;
  await eachLine(source, desk, (line) => {
    const told = objectIn(line.text);
    if (told === null) return;
    if ("collector" in told) uptimeSeconds = noteLook(source, { line, told }, desk);
    else noteProcess(source, { line, told, uptimeSeconds }, desk);
  });
  return NOTHING_SUMMED;
}

type Told = Readonly<Record<string, unknown>>;

function objectIn(text: string): Told | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Told) : null;
  } catch {
    return null;
  }
}

interface ToldLine {
  readonly line: TextLine;
  readonly told: Told;
}

function noteLook(source: Source, { line, told }: ToldLine, desk: Desk): number | null {
  const { collector, bootSeconds, uptimeSeconds } = told;
  const { host } = source;
  const { place, excerpt } = factAt(source, line);
  const facts = { collector: String(collector) };
  const started = typeof bootSeconds === "number" ? boundedMicros(bootSeconds * 1e6) : null;
  const now =
    started !== null && typeof uptimeSeconds === "number"
      ? boundedMicros(Math.round(started + uptimeSeconds * 1e6))
      : null;
  if (started === null || now === null || typeof uptimeSeconds !== "number") {
    identityTable(desk).note({ host, rank: 5, facts, place, excerpt });
    return null;
  }
  hostLooks(desk).note(host, "started", { atMicros: started, clock: "utc", rank: 0 });
  hostLooks(desk).note(host, "looked", { atMicros: now, clock: "utc", rank: 0 });
  const span = collector === "live" ? { collectedFirstMicros: now, collectedLastMicros: now } : {};
  identityTable(desk).note({ host, rank: 5, facts: { ...facts, ...span }, place, excerpt });
  return uptimeSeconds;
}

interface ToldProcess extends ToldLine {
  readonly uptimeSeconds: number | null;
}

function noteProcess(source: Source, { line, told, uptimeSeconds }: ToldProcess, desk: Desk): void {
  const { pid, stat, args, exe, cwd, user, sockets } = told;
  if (typeof pid !== "number" || typeof stat !== "string") return;
  const { host } = source;
  const { ticks, ...kernel } = statFacts(stat);
  const seconds = uptimeSeconds === null ? 0 : uptimeSeconds - (kernel.startTicks ?? 0) / TICKS_PER_SECOND;
  const command = Array.isArray(args) ? args.join(" ").trim() : "";
  const facts = {
    ...kernel,
    ...(command === "" ? {} : { args: command }),
    ...(typeof exe === "string" ? executableOf(exe) : {}),
    ...(typeof cwd === "string" ? { cwd } : {}),
    ...(typeof user === "string" ? { user } : {}),
    // As ps counts it: over the whole life of the process.
    ...(ticks === undefined || seconds < 1 ? {} : { cpuPercent: Math.round((ticks / seconds) * 10) / 10 }),
  };
  const { place } = factAt(source, line);
  const excerpt = detached(line.text, MAX_EXCERPT_CHARS);
  processTable(desk).note({ host, pid, rank: RANK.kernel, facts, place, excerpt }, desk);
  for (const inode of Array.isArray(sockets) ? sockets : []) {
    if (typeof inode === "number") {
      connectionTable(desk).noteSocket(host, inode, { pid, process: kernel.name ?? null });
    }
  }
}
