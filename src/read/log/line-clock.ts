import { isoMicros, parseIso } from "../../bytes/time.ts";
import type { HostFact } from "../../model/host-fact.ts";
import { type Desk, NOTHING_SUMMED, type ReadSummary, type Source } from "../reader.ts";
import { linePlace, type TextLine } from "../text.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MICROS = 86_400e6;
/** A line may be this much after the file was last written: clocks and zones differ. */
const AHEAD_MICROS = 2 * DAY_MICROS;
/** Messages of several processes reach the file a little out of order. */
const BACK_MICROS = 60e6;

/** A time as a line writes it: a moment, or a day and time without year and zone. */
export type LineTime =
  | { readonly atMicros: number | null }
  | { readonly month: string; readonly day: string; readonly time: string };

export type When = Pick<HostFact, "atMicros" | "atHow" | "clock">;

/** Times of the lines of one file: infers years that are not written, and notes times that go backwards.
 *
 *  The year of the last line is the latest one in which it is not after the file was last written; lines
 *  before it can only be older, so a month that jumps forwards from one line to the next begins an earlier
 *  year only when read from the end. Read from the beginning, every line gets the latest year in which it is
 *  not after the file was written.
 *  Limits: a file of more than a year without years, and one whose time of writing was not kept, are wrong by
 *  whole years; the case says which rule was used.
 */
export class LineClock {
  readonly #source: Source;
  readonly #desk: Desk;
  #first: number | null = null;
  #last: number | null = null;
  #previous: number | null = null;

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
  }

  at(time: LineTime, line: TextLine): When {
    const when = "month" in time ? this.#inferred(time, line) : exact(time.atMicros);
    const { atMicros } = when;
    if (atMicros !== null) this.#note(atMicros, line);
    return when;
  }

  summary(): ReadSummary {
    return { ...NOTHING_SUMMED, firstMicros: this.#first, lastMicros: this.#last };
  }

  #inferred({ month, day, time }: Extract<LineTime, { month: string }>, line: TextLine): When {
    const { modifiedMicros } = this.#source;
    const monthNumber = MONTHS.indexOf(month) + 1;
    if (modifiedMicros === null || monthNumber === 0) {
      const says = `${this.#source.name} writes no years, and nothing says when it was written`;
      this.#desk.gap(linePlace(this.#source, line), "unknown-year", says);
      return { atMicros: null, atHow: null, clock: "local" };
    }
    const latest = modifiedMicros + AHEAD_MICROS;
    const newest = Number(isoMicros(latest).slice(0, 4));
    // Five years reach back over a leap day.
    for (let year = newest; year > newest - 5; year--) {
      const text = `${year}-${String(monthNumber).padStart(2, "0")}-${day.padStart(2, "0")}T${time}Z`;
      const atMicros = parseIso(text);
      if (atMicros !== null && atMicros <= latest) return { atMicros, atHow: "inferred", clock: "local" };
    }
    return { atMicros: null, atHow: null, clock: "local" };
  }

  #note(atMicros: number, line: TextLine): void {
    if (this.#first === null || atMicros < this.#first) this.#first = atMicros;
    if (this.#last === null || atMicros > this.#last) this.#last = atMicros;
    if (this.#previous !== null && atMicros < this.#previous - BACK_MICROS) {
      const says = `Times in ${this.#source.name} go backwards: the clock was set, or lines were added later`;
      this.#desk.gap(linePlace(this.#source, line), "clock-order", says);
    }
    this.#previous = atMicros;
  }
}

function exact(atMicros: number | null): When {
  return { atMicros, atHow: atMicros === null ? null : "seen", clock: "utc" };
}
