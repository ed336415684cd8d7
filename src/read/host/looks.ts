import type { HostFact } from "../../model/host-fact.ts";
import type { Desk } from "../reader.ts";

/** A time in UTC, or on a wall clock whose zone is that of its host. */
export interface Moment {
  readonly atMicros: number;
  readonly clock: HostFact["clock"];
}

/** How much a source of a moment is believed: the lowest first. */
interface Ranked extends Moment {
  readonly rank: number;
}

/** "uptime": how long the host had been running when it was looked at. */
type What = "looked" | "started" | "uptime";

/** When each host was looked at, and when it had started, as its collector noted it: what was running then is
 *  of that moment. */
export class HostLooks {
  readonly #known = new Map<string, Ranked>();

  note(host: string, what: What, moment: Ranked): void {
    const key = `${what} ${host}`;
    const known = this.#known.get(key);
    if (known === undefined || moment.rank < known.rank) this.#known.set(key, moment);
  }

  of(host: string, what: "looked" | "started"): Moment | null {
    const known = this.#known.get(`${what} ${host}`) ?? null;
    const started = this.#known.get(`started ${host}`);
    const uptime = this.#known.get(`uptime ${host}`);
    if (known !== null || started === undefined || uptime === undefined) return known;
    return { clock: started.clock, atMicros: started.atMicros + uptime.atMicros };
  }
}

/** The looks of this run. */
export function hostLooks(desk: Desk): HostLooks {
  return desk.state("host-looks", () => new HostLooks());
}
