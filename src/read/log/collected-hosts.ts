import type { Desk, Source } from "../reader.ts";
import { factAt, type TextLine } from "../text.ts";

/** Hosts that are told apart in one file; a file of more is no log of one operator's. */
const MAX_HOSTS = 10_000;

/** Lays down, once a host that lines of one file name, what kind of evidence tells of it: a "honeypot" is no
 *  victim, and a "cloudtrail" account no machine. */
export class CollectedHosts {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #collector: string;
  readonly #known = new Set<string | null>();

  constructor(source: Source, desk: Desk, collector: string) {
    this.#source = source;
    this.#desk = desk;
    this.#collector = collector;
  }

  /** @param hostname null where the evidence names none, and tells of one host as a whole */
  note(line: TextLine, hostname: string | null): void {
    if (this.#known.has(hostname) || this.#known.size >= MAX_HOSTS) return;
    this.#known.add(hostname);
    this.#desk.record({
      ...factAt(this.#source, line, { hostname }),
      kind: "host",
      // The name stands in `hostname` alone: as a profile it would name every file beside this one.
      name: null,
      addresses: [],
      os: null,
      machineId: null,
      zone: null,
      collector: this.#collector,
      collectedFirstMicros: null,
      collectedLastMicros: null,
    });
  }
}
