import type { Place } from "../../../model/place.ts";
import type { Goal } from "./difficulty.ts";

/** A job as far as its shares need it. */
export interface Job {
  readonly goal: Goal;
  readonly height: number | null;
  readonly networkDifficulty: number | null;
  readonly place: Place;
}

/** Jobs kept: at one a second, a quarter of an hour; pools refuse shares of jobs older than a few minutes. */
const MAX_JOBS = 1_000;

/** Recent jobs by id and by the login they were given to. Ids may be used again: the latest is meant. */
export class Jobs {
  readonly #byName = new Map<string, Job>();

  get size(): number {
    return this.#byName.size;
  }

  put(owner: string | null, id: string, job: Job): void {
    const name = nameOf(owner, id);
    this.#byName.delete(name);
    this.#byName.set(name, job);
    if (this.#byName.size <= MAX_JOBS) return;
    const oldest = this.#byName.keys().next().value;
    if (oldest !== undefined) this.#byName.delete(oldest);
  }

  /** The job that this login was given under this id, else the one that was given to nobody in particular. */
  find(owner: string | null, id: string): Job | null {
    return this.#byName.get(nameOf(owner, id)) ?? this.#byName.get(nameOf(null, id)) ?? null;
  }
}

function nameOf(owner: string | null, id: string): string {
  return owner === null ? id : `${id}\n${owner}`;
}
