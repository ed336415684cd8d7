/** Room outside memory, for what is written once and read again in places. */
export interface Scratch {
  /** Bytes written so far: where the next ones will stand. */
  readonly length: number;
  append(bytes: Uint8Array): void;
  /** Fills `into` with the bytes from `at` on. */
  read(at: number, into: Uint8Array): void;
}

const ENTRY_BYTES = 8;
/** Entries that are read at once. */
const AHEAD = 512;
/** Which 32 bits of a 64-bit number are the lower ones on this machine. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** Part of the entries, sorted: in memory, or in the scratch room from `at` on. */
interface Run {
  readonly count: number;
  readonly entries: BigUint64Array | null;
  readonly at: number;
}

/** In which transactions each script stands: entries of a script's number and a transaction's.
 *
 *  Shape: entries gather in memory, 8 bytes each; a full buffer is sorted and becomes a run, in the scratch
 *  room where there is one. A script is searched in every run by halving.
 *  Limits: numbers below 2^32. Runs are not merged: a search reads about 30 places of each.
 */
export class Postings {
  count = 0;
  readonly #scratch: Scratch | null;
  readonly #runs: Run[] = [];
  readonly #capacity: number;
  #buffer: BigUint64Array<ArrayBuffer>;
  #halves: Uint32Array<ArrayBuffer>;
  #filled = 0;

  constructor(scratch: Scratch | null, capacity: number) {
    this.#scratch = scratch;
    this.#capacity = capacity;
    this.#buffer = new BigUint64Array(capacity);
    this.#halves = new Uint32Array(this.#buffer.buffer);
  }

  add(script: number, tx: number): void {
    const at = this.#filled * 2;
    this.#halves[at + LOW] = tx;
    this.#halves[at + 1 - LOW] = script;
    this.#filled += 1;
    this.count += 1;
    if (this.#filled === this.#capacity) this.#endRun();
  }

  /** Must be called before `of`, and after the last `add`. */
  finish(): void {
    if (this.#filled > 0) this.#endRun();
    this.#buffer = new BigUint64Array(0);
    this.#halves = new Uint32Array(0);
  }

  /** Transactions of a script, ascending, each once. */
  of(script: number): number[] {
    const found = new Set<number>();
    for (const run of this.#runs) {
      let at = this.#lowerBound(run, BigInt(script) << 32n);
      for (let block = this.#block(run, at); block.length > 0; block = this.#block(run, at)) {
        const own = block.findIndex((entry) => entry >> 32n !== BigInt(script));
        for (const entry of own < 0 ? block : block.subarray(0, own)) found.add(Number(entry & 0xffff_ffffn));
        if (own >= 0) break;
        at += block.length;
      }
    }
    return [...found].sort((one, other) => one - other);
  }

  #endRun(): void {
    const entries = this.#buffer.subarray(0, this.#filled).sort();
    const count = this.#filled;
    this.#filled = 0;
    if (this.#scratch === null) {
      this.#runs.push({ count, entries: entries.slice(), at: 0 });
      return;
    }
    this.#runs.push({ count, entries: null, at: this.#scratch.length });
    this.#scratch.append(new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength));
  }

  /** Position of the first entry that is not less. */
  #lowerBound(run: Run, entry: bigint): number {
    let [low, high] = [0, run.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries(run, middle, 1)[0] ?? 0n) < entry) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #block(run: Run, at: number): BigUint64Array {
    return this.#entries(run, at, Math.min(AHEAD, run.count - at));
  }

  #entries(run: Run, at: number, count: number): BigUint64Array {
    if (run.entries !== null) return run.entries.subarray(at, at + count);
    const entries = new BigUint64Array(count);
    this.#scratch?.read(run.at + at * ENTRY_BYTES, new Uint8Array(entries.buffer));
    return entries;
  }
}
