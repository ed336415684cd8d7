import type { LoginRecord } from "../../model/log-record.ts";
import type { Desk } from "../reader.ts";

/** Failed logins of one user from one source are counted together as long as no longer pause lies between two
 *  of them: guessing goes on for hours, and a person who mistypes comes back another day. */
const PAUSE_MICROS = 600e6;
/** Open counts; beyond, the oldest is laid down. Guessing by a botnet has tens of thousands of sources. */
const MAX_OPEN = 50_000;

interface Counting {
  readonly first: LoginRecord;
  times: number;
  lastMicros: number | null;
}

/** Counts failed logins, so that a million of them are a few records. */
export class FailedLogins {
  readonly #open = new Map<string, Counting>();

  take(login: LoginRecord, desk: Desk): void {
    const key = [login.host, login.hostname, login.service, login.user, login.from, login.method].join("\0");
    const known = this.#open.get(key);
    if (known !== undefined && isNear(known.lastMicros, login.atMicros)) {
      known.times += login.times;
      known.lastMicros = later(known.lastMicros, login.lastMicros ?? login.atMicros);
      return;
    }
    if (known !== undefined) this.#close(key, known, desk);
    if (this.#open.size >= MAX_OPEN) {
      for (const [oldest, counting] of this.#open) {
        this.#close(oldest, counting, desk);
        break;
      }
    }
    this.#open.set(key, { first: login, times: login.times, lastMicros: login.lastMicros ?? login.atMicros });
  }

  /** Lays down what is still open. */
  finish(desk: Desk): void {
    for (const [key, counting] of [...this.#open]) this.#close(key, counting, desk);
  }

  #close(key: string, { first, times, lastMicros }: Counting, desk: Desk): void {
    this.#open.delete(key);
    desk.record({ ...first, times, lastMicros });
  }
}

/** Logs are not always in order: near is near on either side. */
function isNear(last: number | null, at: number | null): boolean {
  return last === at || (last !== null && at !== null && Math.abs(at - last) <= PAUSE_MICROS);
}

function later(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** The counts of this run. */
export function failedLogins(desk: Desk): FailedLogins {
  return desk.state("failed-logins", () => new FailedLogins());
}
