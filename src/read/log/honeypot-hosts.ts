import type { Desk, Source } from "../reader.ts";
import { factAt, type TextLine } from "../text.ts";

/** Sensors that are told apart; a file of more is no log of one operator's. */
const MAX_SENSORS = 10_000;

/** Lays down, once a sensor, that it is a honeypot and no victim. */
export class HoneypotHosts {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #known = new Set<string | null>();

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
  }

  /** @param sensor its name; null where the evidence names none, and tells of one honeypot as a whole */
  note(line: TextLine, sensor: string | null): void {
    if (this.#known.has(sensor) || this.#known.size >= MAX_SENSORS) return;
    this.#known.add(sensor);
    this.#desk.record({
      ...factAt(this.#source, line, { hostname: sensor }),
      kind: "host",
      // The name stands in `hostname` alone: as a profile it would name every file beside this one.
      name: null,
      addresses: [],
      os: null,
      machineId: null,
      zone: null,
      collector: "honeypot",
      collectedFirstMicros: null,
      collectedLastMicros: null,
    });
  }
}
