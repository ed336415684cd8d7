import type { HostFact } from "../../../model/host-fact.ts";
import type { Desk } from "../../reader.ts";

/** Packages that are told one by one; a run of more is an installation or an upgrade of the whole system. */
const MOST_TOLD = 10;
/** Names that a sentence about many holds. */
const MOST_NAMED = 5;
/** A run goes on for as long as no longer pause lies between two of its packages. */
const PAUSE_MICROS = 60e6;

export type PackageChange = "package-installed" | "package-removed";

interface Change {
  readonly fact: HostFact;
  readonly name: string;
}

/** Packages of one run of a package manager, so that a whole system is one event and not a thousand. */
export class PackageRuns {
  readonly #desk: Desk;
  #what: PackageChange = "package-installed";
  #user: string | null = null;
  #changes: Change[] = [];
  #others = 0;
  #lastMicros: number | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  take(what: PackageChange, { fact, name }: Change, user: string | null = null): void {
    const { atMicros } = fact;
    const isSame = what === this.#what && user === this.#user && isNear(this.#lastMicros, atMicros);
    if (!isSame) this.finish();
    this.#what = what;
    this.#user = user;
    this.#lastMicros = atMicros;
    if (this.#changes.length <= MOST_TOLD) this.#changes.push({ fact, name });
    else this.#others += 1;
  }

  /** Lays down the run that is open. */
  finish(): void {
    const count = this.#changes.length + this.#others;
    if (count <= MOST_TOLD) for (const { fact, name } of this.#changes) this.#tell(fact, name, name);
    else {
      const [first] = this.#changes;
      const names = this.#changes.slice(0, MOST_NAMED).map(({ name }) => name);
      if (first !== undefined) this.#tell(first.fact, `${count} packages`, `${names.join(", ")} …`);
    }
    this.#changes = [];
    this.#others = 0;
  }

  #tell(fact: HostFact, subject: string, names: string): void {
    const done = this.#what === "package-installed" ? "installed" : "removed";
    const says = subject === names ? `${names} was ${done}` : `${subject} were ${done}: ${names}`;
    this.#desk.record({
      ...fact,
      kind: "event",
      what: this.#what,
      subject,
      user: this.#user,
      from: null,
      says,
    });
  }
}

function isNear(last: number | null, at: number | null): boolean {
  return last === at || (last !== null && at !== null && Math.abs(at - last) <= PAUSE_MICROS);
}
