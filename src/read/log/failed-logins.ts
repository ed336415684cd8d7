import type { LoginRecord } from "../../model/log-record.ts";
import type { Desk } from "../reader.ts";

/** Failed logins from one source are counted together, by user, as long as no longer pause lies between two:
 *  guessing goes on for hours, and a person who mistypes comes back another day. */
const PAUSE_MICROS = 600e6;
/** Sources that are counted at a time; beyond, the older half is laid down. Guessing by a botnet has tens of
 *  thousands of sources. */
const MAX_SOURCES = 20_000;
/** Users of one source that are counted each; all others are counted together. Guessing goes through lists of
 *  thousands of names, and which they are tells nothing. */
const MAX_USERS = 40;
/** Counts in one run: logins that succeed must find room beside them (`RunDesk`). */
const MAX_COUNTS = 100_000;

interface Counting {
  readonly first: LoginRecord;
  times: number;
  lastMicros: number | null;
}

/** A failed login before it is known whether it needs a record of its own. */
export interface FailedLogin
  extends Pick<
    LoginRecord,
    "host" | "hostname" | "service" | "user" | "from" | "method" | "times" | "atMicros" | "lastMicros"
  > {
  readonly evidence: string;
  record(): LoginRecord;
}

interface OfSource {
  readonly users: Map<string | null, Counting>;
  lastMicros: number | null;
}

/** Counts failed logins, so that a million of them are a few records. */
export class FailedLogins {
  readonly #open = new Map<string, OfSource>();
  #closed = 0;

  take(login: LoginRecord, desk: Desk): void {
    this.add({ ...login, evidence: login.place.evidence, record: () => login }, desk);
  }

  /** The same where most failures are counted and few are told: no record is made of the others. */
  add(failed: FailedLogin, desk: Desk): void {
    const { evidence, host, hostname, service, from, method, times, atMicros, lastMicros } = failed;
    // Each file by itself: copies of a log must not add up.
    const source = this.#source(`${evidence}\0${host}\0${hostname}\0${service}\0${method}\0${from}`, desk);
    const { users } = source;
    if (users.size > 0 && !isNear(source.lastMicros, atMicros)) this.#closeAll(users, desk);
    const last = lastMicros ?? atMicros;
    source.lastMicros = last;
    const user = users.has(failed.user) || users.size < MAX_USERS ? failed.user : null;
    const known = users.get(user);
    if (known === undefined) {
      users.set(user, { first: { ...failed.record(), user }, times, lastMicros: last });
      return;
    }
    known.times += times;
    known.lastMicros = later(known.lastMicros, last);
  }

  /** Lays down what is still open. */
  finish(desk: Desk): void {
    this.#closeOldest(this.#open.size, desk);
  }

  #source(key: string, desk: Desk): OfSource {
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    // Half at once: taking the first of a Map many times over is slow.
    if (this.#open.size >= MAX_SOURCES) this.#closeOldest(MAX_SOURCES / 2, desk);
    const made: OfSource = { users: new Map(), lastMicros: null };
    this.#open.set(key, made);
    return made;
  }

  #closeOldest(count: number, desk: Desk): void {
    for (const [key, { users }] of [...this.#open].slice(0, count)) {
      this.#closeAll(users, desk);
      this.#open.delete(key);
    }
  }

  #closeAll(users: Map<string | null, Counting>, desk: Desk): void {
    for (const counting of users.values()) this.#close(counting, desk);
    users.clear();
  }

  #close({ first, times, lastMicros }: Counting, desk: Desk): void {
    this.#closed += 1;
    if (this.#closed <= MAX_COUNTS) return desk.record({ ...first, times, lastMicros });
    const says = `Failed logins beyond the first ${MAX_COUNTS} counts are left out: read it in parts`;
    desk.countGap({ place: first.place, code: "dropped-details", says, count: times });
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
