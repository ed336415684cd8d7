import { boundedMicros } from "../../bytes/time.ts";
import type { ProcessRecord } from "../../model/host-record.ts";
import type { Place } from "../../model/place.ts";
import type { Desk } from "../reader.ts";
import { hostLooks, type Moment } from "./looks.ts";

/** Processes kept in one run; a busy server has a few thousand. */
const MAX_PROCESSES = 100_000;
/** Places of one process that are kept; a collection shows each in about fifteen files. */
const MAX_PLACES = 24;
/** Hashes of executables that are kept; a server has a few thousand. */
const MAX_HASHES = 100_000;
/** Ticks of /proc/<pid>/stat in a second: USER_HZ, 100 on every architecture that is still built. */
const TICKS_PER_SECOND = 100;

/** What one source can tell of a process; a field that it does not tell is left out. */
export interface ProcessFacts {
  readonly ppid?: number;
  readonly user?: string;
  readonly name?: string;
  readonly exe?: string;
  readonly isDeleted?: boolean;
  readonly args?: string;
  readonly cwd?: string;
  readonly cpuPercent?: number;
  readonly startedMicros?: number;
  /** Seconds that it had been running when the host was looked at. */
  readonly elapsedSeconds?: number;
  /** Clock ticks from the start of the host to that of the process. */
  readonly startTicks?: number;
  readonly sha256?: string;
}

/** Which of two sources is believed where both tell a thing: the lower. */
export const RANK = {
  /** The kernel's own words: /proc/<pid>/stat, exe and cwd. */
  kernel: 0,
  /** The list that says most: `ps aux`. */
  list: 1,
  /** Other lists with whole command lines: `ps -ef` (whole percents), lstart, etime (whole seconds ago). */
  lesser: 2,
  /** `top` and `ps` without arguments. */
  short: 5,
  /** lsof cuts names at nine characters. */
  files: 6,
  /** UAC's cmdline.txt went through `strings`, which drops every argument of three characters and less. */
  strings: 8,
} as const;

/** One place that tells of a process. */
export interface ProcessSight {
  readonly host: string;
  readonly pid: number;
  readonly rank: number;
  readonly facts: ProcessFacts;
  readonly place: Place;
  readonly excerpt: string;
  /** Clock of `startedMicros`: "local" unless said otherwise. */
  readonly clock?: "utc" | "local";
  /** When it was running, where the source itself tells. */
  readonly seen?: Moment;
}

interface Draft {
  readonly host: string;
  readonly pid: number;
  readonly known: Record<string, unknown>;
  readonly ranks: Record<string, number>;
  readonly places: Place[];
  clock: "utc" | "local";
  seen: Moment | null;
  main: Pick<ProcessSight, "place" | "excerpt">;
  mainRank: number;
}

/** Brings together what many files tell of one process: one record a host and process id.
 *
 *  Limits: a process id that was given to another process while the host was looked at is told as one.
 */
export class ProcessTable {
  readonly #drafts = new Map<string, Draft>();
  /** SHA-256 of executables by host and path. */
  readonly #hashes = new Map<string, string>();

  /** The hash of an executable file, for processes whose own was not taken. */
  noteHash(host: string, path: string, sha256: string): void {
    if (this.#hashes.size < MAX_HASHES) this.#hashes.set(`${host} ${path}`, sha256);
  }

  note(sight: ProcessSight, desk: Desk): void {
    const { host, pid, rank, facts, place, excerpt } = sight;
    const key = `${host} ${pid}`;
    let draft = this.#drafts.get(key);
    if (draft === undefined) {
      if (this.#drafts.size >= MAX_PROCESSES) {
        desk.gap(place, "dropped-details", `More than ${MAX_PROCESSES} processes: the others are left out`);
        return;
      }
      draft = emptyDraft(sight);
      this.#drafts.set(key, draft);
    }
    for (const [name, value] of Object.entries(facts)) {
      if (value === undefined || (draft.ranks[name] ?? Number.POSITIVE_INFINITY) <= rank) continue;
      draft.known[name] = value;
      draft.ranks[name] = rank;
      if (name === "startedMicros") draft.clock = sight.clock ?? "local";
    }
    draft.seen ??= sight.seen ?? null;
    const mainRank = facts.args === undefined ? rank + 100 : rank;
    if (mainRank < draft.mainRank) {
      draft.main = { place, excerpt };
      draft.mainRank = mainRank;
    }
    if (draft.places.length < MAX_PLACES) draft.places.push(place);
  }

  /** Lays down what was brought together, and forgets it. */
  finish(desk: Desk): void {
    for (const draft of this.#drafts.values()) {
      const record = recordOf(draft, desk);
      if (record === null) continue;
      const { host, exe, isDeleted } = record;
      const file = isDeleted ? undefined : this.#hashes.get(`${host} ${exe}`);
      desk.record({ ...record, sha256: record.sha256 ?? file ?? null });
    }
    this.#drafts.clear();
    this.#hashes.clear();
  }
}

function emptyDraft({ host, pid, place, excerpt }: ProcessSight): Draft {
  return {
    host,
    pid,
    known: {},
    ranks: {},
    places: [],
    clock: "local",
    seen: null,
    main: { place, excerpt },
    mainRank: Number.POSITIVE_INFINITY,
  };
}

/** Null for what is only a number: a process that ended before anything but its id was noted. */
function recordOf(draft: Draft, desk: Desk): ProcessRecord | null {
  const { host, pid, places, main } = draft;
  // cast: `known` holds the fields of ProcessFacts as they were noted.
  const known = draft.known as ProcessFacts;
  if (known.args === undefined && known.name === undefined && known.exe === undefined) return null;
  const started = startOf(known, draft, desk);
  const seen = draft.seen ?? hostLooks(desk).of(host, "looked");
  const clock = started?.clock ?? seen?.clock ?? "utc";
  const atMicros = seen !== null && seen.clock === clock ? seen.atMicros : null;
  return {
    kind: "process",
    host,
    hostname: null,
    atMicros,
    atHow: atMicros === null ? null : "seen",
    clock,
    place: main.place,
    excerpt: main.excerpt,
    pid,
    ppid: known.ppid ?? null,
    user: known.user ?? null,
    name: known.name ?? null,
    exe: known.exe ?? null,
    isDeleted: known.isDeleted ?? false,
    args: known.args ?? null,
    cwd: known.cwd ?? null,
    cpuPercent: known.cpuPercent ?? null,
    startedMicros: started?.atMicros ?? null,
    sha256: known.sha256 ?? null,
    places,
  };
}

function startOf(known: ProcessFacts, { host, clock }: Draft, desk: Desk): Moment | null {
  if (known.startedMicros !== undefined) return { atMicros: known.startedMicros, clock };
  const looked = hostLooks(desk).of(host, "looked");
  if (looked !== null && known.elapsedSeconds !== undefined) {
    return { clock: looked.clock, atMicros: looked.atMicros - known.elapsedSeconds * 1e6 };
  }
  const boot = hostLooks(desk).of(host, "started");
  if (boot === null || known.startTicks === undefined) return null;
  const atMicros = boundedMicros(boot.atMicros + (known.startTicks / TICKS_PER_SECOND) * 1e6);
  return atMicros === null ? null : { ...boot, atMicros };
}

/** The processes of this run. */
export function processTable(desk: Desk): ProcessTable {
  return desk.state("processes", () => new ProcessTable());
}

/** Lays down the processes of this run: `Reader.finish` of every reader that notes some. */
export function finishProcesses(desk: Desk): void {
  processTable(desk).finish(desk);
}

/** An executable as the kernel links to it: "/usr/bin/perl", or "/tmp/x (deleted)" when its file is gone. */
export function executableOf(target: string): Pick<ProcessFacts, "exe" | "isDeleted"> {
  const gone = " (deleted)";
  return target.endsWith(gone)
    ? { exe: target.slice(0, -gone.length), isDeleted: true }
    : { exe: target, isDeleted: false };
}
