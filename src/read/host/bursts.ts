import { detached } from "../../bytes/text.ts";
import type { BurstRecord } from "../../model/trace-record.ts";
import type { Desk, Source } from "../reader.ts";
import { factAt, type TextLine } from "../text.ts";

/** Ransomware on one host writes thousands of files in minutes; windows lie at fixed multiples, and those
 *  that follow each other are one burst. */
const WINDOW_MICROS = 600e6;
/** Fewer are no burst but somebody's work. */
const LEAST_FILES = 20;
/** Bounds: 200 endings of 200 windows are 40,000 counts, 10 MB. */
const MOST_ENDINGS = 200;
const MOST_WINDOWS = 200;
const MOST_EXAMPLES = 5;

interface Counted {
  files: number;
  firstMicros: number;
  lastMicros: number;
  readonly examples: string[];
  readonly line: TextLine;
}

/** A file with an odd ending, and when it was last changed. */
export interface OddFile {
  readonly path: string;
  readonly atMicros: number;
  readonly line: TextLine;
}

/** Counts files with odd endings by time. The endings seen first are counted; of each, when it has too many
 *  windows, the emptiest gives way. */
export class Bursts {
  readonly #source: Source;
  readonly #endings = new Map<string, Map<number, Counted>>();

  constructor(source: Source) {
    this.#source = source;
  }

  add(ending: string, { path, atMicros, line }: OddFile): void {
    const windows = this.#endings.get(ending) ?? new Map<number, Counted>();
    if (windows.size === 0) {
      if (this.#endings.size >= MOST_ENDINGS && !this.#makeRoom()) return;
      this.#endings.set(ending, windows);
    }
    const window = Math.floor(atMicros / WINDOW_MICROS);
    const known = windows.get(window);
    if (known === undefined) {
      if (windows.size >= MOST_WINDOWS) dropEmptiest(windows);
      const kept = { ...line, text: detached(line.text, 2000) };
      const examples = [detached(path, 300)];
      windows.set(window, { files: 1, firstMicros: atMicros, lastMicros: atMicros, examples, line: kept });
      return;
    }
    known.files += 1;
    known.firstMicros = Math.min(known.firstMicros, atMicros);
    known.lastMicros = Math.max(known.lastMicros, atMicros);
    if (known.examples.length < MOST_EXAMPLES) known.examples.push(detached(path, 300));
  }

  /** Lays the bursts down. */
  finish(desk: Desk): void {
    for (const [ending, windows] of this.#endings) {
      for (const burst of joined(windows))
        if (burst.files >= LEAST_FILES) desk.record(this.#record(ending, burst));
    }
  }

  /** An ending of one file is most likely a name with a dot in it. */
  #makeRoom(): boolean {
    for (const [ending, windows] of this.#endings) {
      if (windows.size > 1 || [...windows.values()].some(({ files }) => files > 1)) continue;
      return this.#endings.delete(ending);
    }
    return false;
  }

  #record(ending: string, { files, firstMicros, lastMicros, examples, line }: Counted): BurstRecord {
    const fact = factAt(this.#source, line, { atMicros: firstMicros });
    return { ...fact, kind: "burst", ending, files, lastMicros, examples };
  }
}

function dropEmptiest(windows: Map<number, Counted>): void {
  let emptiest: number | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [window, { files }] of windows) {
    if (files >= fewest) continue;
    emptiest = window;
    fewest = files;
  }
  if (emptiest !== null) windows.delete(emptiest);
}

/** Windows that follow each other are one. */
function joined(windows: ReadonlyMap<number, Counted>): Counted[] {
  const bursts: Counted[] = [];
  let last = Number.NaN;
  for (const [window, counted] of [...windows].sort(([a], [b]) => a - b)) {
    const open = bursts.at(-1);
    if (open !== undefined && window === last + 1) {
      open.files += counted.files;
      open.lastMicros = Math.max(open.lastMicros, counted.lastMicros);
      open.examples.push(...counted.examples.slice(0, MOST_EXAMPLES - open.examples.length));
    } else bursts.push({ ...counted, examples: [...counted.examples] });
    last = window;
  }
  return bursts;
}
