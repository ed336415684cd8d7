import type { Desk } from "../../reader.ts";
import type { LogMessage } from "../message.ts";

/** A login of a user that does not exist. */
export interface Unknown {
  readonly message: LogMessage;
  readonly method: string | null;
  readonly user: string | null;
  readonly from: string | null;
  readonly times: number;
}

/** Connections at a time; `MaxStartups` of sshd allows a hundred. */
const MAX_WAITING = 1000;

/** Users that sshd does not know, until it is clear whether a "Failed" line of the same process follows. */
export class UnknownUsers {
  readonly #waiting = new Map<string, Unknown>();

  /** @returns those that have waited long enough */
  wait(unknown: Unknown): readonly Unknown[] {
    const key = keyOf(unknown.message);
    const before = this.#waiting.get(key);
    this.#waiting.set(key, unknown);
    if (before !== undefined) return [before];
    if (this.#waiting.size <= MAX_WAITING) return [];
    const evicted = [...this.#waiting].slice(0, MAX_WAITING / 2);
    for (const [old] of evicted) this.#waiting.delete(old);
    return evicted.map(([, one]) => one);
  }

  forget(message: LogMessage): void {
    this.#waiting.delete(keyOf(message));
  }

  finish(tell: (unknown: Unknown) => void): void {
    for (const one of this.#waiting.values()) tell(one);
    this.#waiting.clear();
  }
}

/** Of one file: copies of a log would find the failures of the other. */
function keyOf({ place, hostname, pid }: LogMessage): string {
  return `${place.evidence} ${hostname} ${pid}`;
}

/** Those of this run. */
export function unknownUsers(desk: Desk): UnknownUsers {
  return desk.state("unknown-users", () => new UnknownUsers());
}
