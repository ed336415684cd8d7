import type { HostFact } from "../../model/host-fact.ts";
import { type Desk, NOTHING_SUMMED, type ReadSummary, type Source } from "../reader.ts";
import { type LineSpot, linePlace } from "../text.ts";
import { inYears, noteYears } from "./years.ts";

const DAY_MICROS = 86_400e6;
/** A line may be this much after the file was last written: clocks and zones differ. */
const AHEAD_MICROS = 2 * DAY_MICROS;
/** Messages of several processes reach the file a little out of order. */
const BACK_MICROS = 60e6;
/** A step of nearly a year, back or forth, between two lines is not the clock's: it is where the days of the
 *  year that the file was written in end and those of the year before begin. */
const TURN_MICROS = 330 * DAY_MICROS;
/** Leap days are at most this many years apart. */
const LEAP_YEARS = 8;
/** Turns that are kept: a file has one a year. */
const MAX_TURNS = 1000;
const FEBRUARY = 2;
const LEAP_DAY = 29;

/** A time as a line writes it: a moment; a day and time without a zone; or without a year as well. */
export type LineTime =
  | { readonly atMicros: number | null }
  | { readonly localMicros: number | null }
  | {
      /** 1 to 12. */
      readonly month: number;
      readonly day: number;
      /** Since midnight. */
      readonly clockMicros: number;
    };

export type When = Pick<HostFact, "atMicros" | "atHow" | "clock">;

/** Times of the lines of one file: infers years that are not written, and notes times that go backwards.
 *
 *  A line without a year gets the latest one in which its day is not after the file was last written. That is
 *  right for every line of a file that covers at most a year, in whatever order its lines stand, over New
 *  Year too. In a file that covers more, the first line past the last one's day of the year steps back by a
 *  year: there a new year begins, and all lines before it are a year older than they seemed (`noteYears`).
 *  29 February is in a leap year, whenever the file was written; the lines around it are in the same.
 *  Limits: a file that was last written, or copied, more than a year after its last line is wrong by whole
 *  years unless it holds a leap day; without a time of writing there is no year and no time.
 */
export class LineClock {
  readonly #source: Source;
  readonly #desk: Desk;
  /** First and last time of each turn. */
  readonly #spans = new Map<number, { first: number; last: number }>();
  #previous: number | null = null;
  #yearless = 0;
  #firstYearless: LineSpot | null = null;
  #backwards = 0;
  #firstBackwards: LineSpot | null = null;
  /** Midnight of a day without its year; index 32 × month + day. */
  readonly #midnights: (number | null | undefined)[] = [];
  #turn = 0;
  /** The turn in which a leap day stands: no line of it is in another year than it seems. */
  #leapTurn = Number.NEGATIVE_INFINITY;
  readonly #turns: { readonly atByte: number; readonly turn: number }[] = [];

  constructor(source: Source, desk: Desk) {
    this.#source = source;
    this.#desk = desk;
  }

  at(time: LineTime, line: LineSpot): When {
    if ("month" in time) return this.#inferred(time, line);
    const isLocal = "localMicros" in time;
    const atMicros = isLocal ? time.localMicros : time.atMicros;
    if (atMicros !== null) this.#note(atMicros, line);
    return { atMicros, atHow: atMicros === null ? null : "seen", clock: isLocal ? "local" : "utc" };
  }

  /** To be called once, after the last line: lays down what was noted of the whole file. */
  summary(): ReadSummary {
    const { name } = this.#source;
    this.#gap("unknown-year", this.#yearless, {
      line: this.#firstYearless,
      says: `${name} writes no years, and nothing says when it was written`,
    });
    this.#gap("clock-order", this.#backwards, {
      line: this.#firstBackwards,
      says: `Times in ${name} go backwards: the clock was set, or lines were added later`,
    });
    this.#tellYears();
    const ends = [...this.#spans].flatMap(([turn, { first, last }]) => [
      inYears(first, this.#shift(turn)),
      inYears(last, this.#shift(turn)),
    ]);
    if (ends.length === 0) return NOTHING_SUMMED;
    return { ...NOTHING_SUMMED, firstMicros: Math.min(...ends), lastMicros: Math.max(...ends) };
  }

  #inferred({ month, day, clockMicros }: Extract<LineTime, { month: number }>, line: LineSpot): When {
    const index = 32 * month + day;
    let midnight = this.#midnights[index];
    if (midnight === undefined) {
      midnight = this.#source.modifiedMicros === null ? null : this.#latest(month, day);
      this.#midnights[index] = midnight;
    }
    if (midnight === null) {
      this.#yearless += 1;
      this.#firstYearless ??= line;
      return { atMicros: null, atHow: null, clock: "local" };
    }
    const atMicros = midnight + clockMicros;
    const isNewTurn = this.#turned(atMicros, line);
    if (month === FEBRUARY && day === LEAP_DAY) this.#leapTurn = Math.max(this.#leapTurn, this.#turn);
    if (isNewTurn) this.#previous = null;
    this.#note(atMicros, line);
    return { atMicros, atHow: "inferred", clock: "local" };
  }

  #latest(month: number, day: number): number | null {
    const latest = (this.#source.modifiedMicros ?? 0) + AHEAD_MICROS;
    const newest = new Date(latest / 1000).getUTCFullYear();
    for (let year = newest; year > newest - LEAP_YEARS; year--) {
      const date = new Date(Date.UTC(year, month - 1, day));
      const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      if (exists && date.getTime() * 1000 <= latest) return date.getTime() * 1000;
    }
    return null;
  }

  #turned(atMicros: number, { atByte }: LineSpot): boolean {
    const step = this.#previous === null ? 0 : atMicros - this.#previous;
    if (Math.abs(step) < TURN_MICROS || this.#turns.length >= MAX_TURNS) return false;
    this.#turn += step < 0 ? 1 : -1;
    this.#turns.push({ atByte, turn: this.#turn });
    return true;
  }

  /** Each turn is a year older than the one after it; the last one, or that of a leap day, is as it seems. */
  #shift(turn: number): number {
    return Math.min(0, turn - Math.max(this.#turn, this.#leapTurn));
  }

  #tellYears(): void {
    const turns = [{ atByte: 0, turn: 0 }, ...this.#turns];
    const shifts = turns.map(({ atByte, turn }) => ({ atByte, years: this.#shift(turn) }));
    if (shifts.some(({ years }) => years !== 0)) noteYears(this.#desk, this.#source.id, shifts);
  }

  #note(atMicros: number, line: LineSpot): void {
    const span = this.#spans.get(this.#turn);
    if (span === undefined) this.#spans.set(this.#turn, { first: atMicros, last: atMicros });
    else if (atMicros < span.first) span.first = atMicros;
    else if (atMicros > span.last) span.last = atMicros;
    if (this.#previous !== null && atMicros < this.#previous - BACK_MICROS) {
      this.#backwards += 1;
      this.#firstBackwards ??= line;
    }
    this.#previous = atMicros;
  }

  #gap(
    code: "unknown-year" | "clock-order",
    count: number,
    { line, says }: { readonly line: LineSpot | null; readonly says: string },
  ): void {
    if (line !== null) this.#desk.countGap({ place: linePlace(this.#source, line), code, says, count });
  }
}
