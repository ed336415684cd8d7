import { splitLogin } from "../../../bytes/mining-login.ts";
import type { Place } from "../../../model/place.ts";
import type { Agent, Login } from "../../../model/record.ts";

/** Logins kept of one session: more than a proxy can have workers behind one socket. */
const MAX_LOGINS = 10_000;

const NOBODY: Login = {
  wallet: null,
  account: null,
  worker: null,
  pass: null,
  agent: null,
  rigId: null,
  paymentId: null,
  atMicros: 0,
  place: null,
};

/** Who is logged in on one connection, and which names their shares carry. */
export class Logins {
  readonly #list: Login[] = [];
  readonly #byOwner = new Map<string, number>();
  readonly #byContent = new Map<string, number>();
  #agent: Agent | null = null;
  #ownerless = false;
  #dropped = 0;

  get size(): number {
    return this.#list.length;
  }

  /** Logins that were too many to keep. */
  get dropped(): number {
    return this.#dropped;
  }

  /** A miner that names itself before anyone logs in (mining.subscribe). */
  set agent(agent: Agent | null) {
    this.#agent ??= agent;
  }

  /** Adds a login, or finds the same one again; returns its index. */
  add(login: Login, owner: string | null): number {
    if (this.#ownerless && this.#list.length === 0) this.#list.push({ ...NOBODY, atMicros: login.atMicros });
    const content = JSON.stringify({ ...login, atMicros: 0, place: null });
    const known = this.#byContent.get(content);
    if (known !== undefined) this.own(owner, known);
    if (known !== undefined) return known;
    if (this.#list.length >= MAX_LOGINS) {
      this.#dropped += 1;
      return 0;
    }
    const index = this.#list.push(login) - 1;
    this.#byContent.set(content, index);
    this.own(owner, index);
    return index;
  }

  /** From now on jobs and shares of this name are the login's. */
  own(owner: string | null, index: number): void {
    if (owner === null || (this.#byOwner.size >= 2 * MAX_LOGINS && !this.#byOwner.has(owner))) return;
    this.#byOwner.set(owner, index);
  }

  /** The login that a share of this name belongs to; `named` says that the name itself tells who that is. */
  find(owner: string | null, named: { readonly atMicros: number } | null): number {
    const known = owner === null ? undefined : this.#byOwner.get(owner);
    if (known !== undefined) return known;
    if (owner !== null && named !== null) {
      const identity = splitLogin(owner, false);
      return this.add({ ...NOBODY, ...identity, atMicros: named.atMicros }, owner);
    }
    this.#ownerless ||= this.#list.length === 0;
    return Math.max(0, this.#list.length - 1);
  }

  /** The logins of the session record, each with the agent of the connection if it has none of its own.
   *  A connection that only said what it is has one login without a name. */
  list(atMicros: number, place: Place | null): Login[] {
    if (this.#list.length === 0 && this.#agent !== null)
      return [{ ...NOBODY, agent: this.#agent, atMicros, place }];
    return this.#list.map((login) => ({ ...login, agent: login.agent ?? this.#agent }));
  }
}
