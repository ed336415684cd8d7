import type { MinerLogRecord } from "../../../model/host-record.ts";
import type { Place } from "../../../model/place.ts";
import type { LogLine } from "./log-forms.ts";

/** Rates kept of one log; XMRig prints one a minute, so that a week fits without leaving any out. */
export const MAX_RATES = 4_000;
const MAX_POOLS = 50;

type Rate = MinerLogRecord["rates"][number];

/** Adds up the lines of one miner's log. */
export class LogTally {
  readonly #rates: Rate[] = [];
  #stride = 1;
  #rateLines = 0;
  readonly #pools = new Set<string>();
  readonly #software = new Map<string, number>();
  readonly #algorithms = new Map<string, number>();
  readonly #tuned = new Set<string>();
  readonly #accepted = new Counter();
  readonly #rejected = new Counter();
  #hashes: number | null = null;
  #difficulty: number | null = null;

  /** Texts about pages and registers that were not told before. */
  take(line: LogLine & { readonly software: string }, atMicros: number | null, place: Place): string | null {
    count(this.#software, line.software);
    if (line.rateHps !== undefined && atMicros !== null) this.#rate({ atMicros, hps: line.rateHps, place });
    if (line.acceptedCount !== undefined) this.#accepted.is(line.acceptedCount);
    if (line.rejectedCount !== undefined) this.#rejected.is(line.rejectedCount);
    if (line.share !== undefined) this.#share(line.share);
    if (line.acceptedDifficulty !== undefined) this.#hashes = (this.#hashes ?? 0) + line.acceptedDifficulty;
    this.#difficulty = line.difficulty ?? line.acceptedDifficulty ?? this.#difficulty;
    if (line.pool !== undefined && this.#pools.size < MAX_POOLS) this.#pools.add(line.pool);
    if (line.algorithm !== undefined) count(this.#algorithms, line.algorithm);
    if (line.tuned === undefined || this.#tuned.has(line.tuned) || this.#tuned.size > 8) return null;
    this.#tuned.add(line.tuned);
    return line.tuned;
  }

  sums(): Pick<
    MinerLogRecord,
    "software" | "rates" | "accepted" | "rejected" | "acceptedHashes" | "pools" | "algorithm"
  > {
    return {
      software: most(this.#software) ?? "",
      rates: this.#rates,
      accepted: this.#accepted.total(),
      rejected: this.#rejected.total(),
      acceptedHashes: this.#hashes,
      pools: [...this.#pools],
      algorithm: most(this.#algorithms),
    };
  }

  /** Every how many rates one was kept: 1 unless there were too many. */
  get stride(): number {
    return this.#stride;
  }

  #rate(rate: Rate): void {
    this.#rateLines += 1;
    if ((this.#rateLines - 1) % this.#stride !== 0) return;
    if (this.#rates.length === MAX_RATES) {
      this.#stride *= 2;
      for (let i = 0; i < MAX_RATES / 2; i += 1) this.#rates[i] = this.#rates[2 * i] ?? rate;
      this.#rates.length = MAX_RATES / 2;
    }
    this.#rates.push(rate);
  }

  /** xmr-stak does not count in its lines: every share is told by itself, at the difficulty last set. */
  #share(outcome: "accepted" | "rejected"): void {
    this.#accepted.add(outcome === "accepted" ? 1 : 0);
    this.#rejected.add(outcome === "rejected" ? 1 : 0);
    if (outcome === "accepted" && this.#difficulty !== null)
      this.#hashes = (this.#hashes ?? 0) + this.#difficulty;
  }
}

/** A counter that begins again whenever the miner is started: what it reached before is added up. */
class Counter {
  #before = 0;
  #now: number | null = null;

  is(value: number): void {
    if (this.#now !== null && value < this.#now) this.#before += this.#now;
    this.#now = value;
  }

  add(value: number): void {
    this.#now = (this.#now ?? 0) + value;
  }

  total(): number | null {
    return this.#now === null ? null : this.#before + this.#now;
  }
}

function count(counts: Map<string, number>, key: string): void {
  if (counts.size < MAX_POOLS || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The key with the highest count; the first of them where several have it. */
function most(counts: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  for (const [key, times] of counts) if (times > (counts.get(best ?? "") ?? 0)) best = key;
  return best;
}
