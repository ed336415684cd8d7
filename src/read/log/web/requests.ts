import { detached } from "../../../bytes/text.ts";
import type { HostFact } from "../../../model/host-fact.ts";
import type { RequestRecord } from "../../../model/log-record.ts";
import type { Desk } from "../../reader.ts";
import { exploitOf, type LoggedRequest } from "./exploits.ts";

/** Open counts; beyond, the oldest is laid down. */
const MAX_OPEN = 20_000;
/** Targets of one client, exploit and status that are told apart: scanners put a number in each. */
const MOST_TARGETS = 20;
/** Alike requests are one record as long as no longer pause lies between two of them: what follows a request
 *  within minutes must not be taken for the answer to one of another day. */
const PAUSE_MICROS = 600e6;
/** Stands for the others. */
const OTHER_TARGETS = "(other targets)";
/** Characters of a target and a user agent that are kept. */
const MOST_CHARS = 1_000;

interface Counting {
  readonly first: RequestRecord;
  atMicros: number | null;
  lastMicros: number | null;
  times: number;
}

/** Counts alike requests, so that a scan of a million is a few records.
 *  Limits: of out-of-order lines some are counted apart that belong together. */
export class WebRequests {
  readonly #open = new Map<string, Counting>();
  readonly #targets = new Map<string, number>();

  /** Takes a request when it is one of `tables/web-exploits.ts`. */
  take(request: LoggedRequest, fact: HostFact, desk: Desk): void {
    const exploit = exploitOf(request);
    if (exploit === null) return;
    const { client, method, status } = request;
    const group = [fact.host, fact.hostname, exploit.id, client, method, status].join("\0");
    const target = this.#toldApart(group, detached(request.target, MOST_CHARS));
    const key = `${group}\0${target}`;
    const known = this.#open.get(key);
    if (known !== undefined && isNear(known, fact.atMicros)) return count(known, fact.atMicros);
    if (known !== undefined) this.#close(key, known, desk);
    if (this.#open.size >= MAX_OPEN) this.#closeOldest(desk);
    const agent = request.agent === null ? null : detached(request.agent, MOST_CHARS);
    const { id } = exploit;
    const said = { client, method, target, status, agent, times: 1, lastMicros: null };
    const first: RequestRecord = { ...fact, kind: "request", exploit: id, ...said };
    this.#open.set(key, { first, atMicros: fact.atMicros, lastMicros: fact.atMicros, times: 1 });
  }

  /** Lays down what is still open. */
  finish(desk: Desk): void {
    while (this.#open.size > 0) this.#closeOldest(desk);
    this.#targets.clear();
  }

  #toldApart(group: string, target: string): string {
    const known = this.#targets.get(group) ?? 0;
    if (this.#open.has(`${group}\0${target}`)) return target;
    if (known >= MOST_TARGETS) return OTHER_TARGETS;
    if (known > 0 || this.#targets.size < MAX_OPEN) this.#targets.set(group, known + 1);
    return target;
  }

  #closeOldest(desk: Desk): void {
    for (const [key, counting] of this.#open) return this.#close(key, counting, desk);
  }

  #close(key: string, { first, ...counted }: Counting, desk: Desk): void {
    this.#open.delete(key);
    desk.record({ ...first, ...counted });
  }
}

/** Rotated logs are read in any order: near is near on either side. */
function isNear({ atMicros: first, lastMicros: last }: Counting, at: number | null): boolean {
  if (first === null || last === null || at === null) return first === at;
  return at >= first - PAUSE_MICROS && at <= last + PAUSE_MICROS;
}

function count(known: Counting, atMicros: number | null): void {
  known.times += 1;
  if (atMicros === null) return;
  known.atMicros = known.atMicros === null ? atMicros : Math.min(known.atMicros, atMicros);
  known.lastMicros = known.lastMicros === null ? atMicros : Math.max(known.lastMicros, atMicros);
}

/** The counts of this run: rotated logs are one. */
export function webRequests(desk: Desk): WebRequests {
  return desk.state("web-requests", () => new WebRequests());
}

/** Lays down the counts of this run. */
export function finishWebRequests(desk: Desk): void {
  webRequests(desk).finish(desk);
}
