import type { ConnectionRecord } from "../../model/host-record.ts";
import type { CommandRecord, EventRecord } from "../../model/log-record.ts";
import type { Desk } from "../reader.ts";

type Repeated = CommandRecord | EventRecord | ConnectionRecord;

/** Facts that are told apart in one run; beyond, each is laid down as it comes. */
const MAX_KEYS = 50_000;

/** One of several alike facts. Most of them are never told, so that none is made before it is. */
export interface Sighting {
  /** The same for alike facts of one file: copies of a log must not add up. */
  readonly key: string;
  readonly atMicros: number | null;
  make(): Repeated;
}

interface Alike {
  first: Sighting;
  last: Sighting;
  times: number;
}

/** How the last of several alike facts is told. */
export type LastOf = (last: Repeated, times: number) => Repeated;

/** Alike facts (the same command of the same user on the same host), told when first and when last seen in a
 *  file: a job of every minute is half a million lines a year, and says the same in each. */
export class Repeats {
  readonly #alike = new Map<string, Alike>();
  readonly #lastOf: LastOf;

  constructor(lastOf: LastOf = (last) => last) {
    this.#lastOf = lastOf;
  }

  take(sighting: Sighting, desk: Desk): void {
    const { key, atMicros: at } = sighting;
    const known = this.#alike.get(key);
    if (known === undefined) {
      if (this.#alike.size < MAX_KEYS) this.#alike.set(key, { first: sighting, last: sighting, times: 1 });
      else desk.record(sighting.make());
      return;
    }
    known.times += 1;
    if (at === null) return;
    if (at < (known.first.atMicros ?? Number.POSITIVE_INFINITY)) known.first = sighting;
    if (at >= (known.last.atMicros ?? Number.NEGATIVE_INFINITY)) known.last = sighting;
  }

  /** Lays down everything; once. */
  finish(desk: Desk): void {
    for (const { first, last, times } of this.#alike.values()) {
      desk.record(first.make());
      if (last !== first) desk.record(this.#lastOf(last.make(), times));
    }
    this.#alike.clear();
  }
}
