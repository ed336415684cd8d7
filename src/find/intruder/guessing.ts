import { compareText } from "../../bytes/text.ts";
import { grouped } from "../../model/group.ts";
import type { LoginRecord } from "../../model/log-record.ts";
import { hasNear } from "../near.ts";

/** A source that failed to log in many times and then did, and what it logged in as. */
export interface Guessing {
  readonly host: string;
  readonly from: string;
  /** The login that the guesses led to: the first of this source for which they are enough. */
  readonly success: LoginRecord;
  /** The source's logins from then on, `success` first. */
  readonly logins: readonly LoginRecord[];
  /** Failed logins before the success, within the window. */
  readonly guesses: readonly LoginRecord[];
  /** Failures, each counted once however many logs show it. */
  readonly times: number;
  /** Logins of the same source before its first guess: it is somebody's usual place. */
  readonly usual: number;
}

export interface GuessingLimits {
  readonly failures: number;
  readonly windowSeconds: number;
  readonly failuresPerLogin: number;
}

/** The thresholds of the detector `ssh-guessing`, which every other detector goes by, too. */
export const GUESSING: GuessingLimits = { failures: 20, windowSeconds: 86_400, failuresPerLogin: 3 };

/** Ways to log in that no guess leads to. */
const NOT_GUESSED: ReadonlySet<string> = new Set(["publickey", "gssapi-with-mic", "gssapi", "hostbased"]);

/** Sources whose guesses ended in a login, at most one finding a host and source, in the order of both. */
export function guessings(login: readonly LoginRecord[], limits: GuessingLimits): Guessing[] {
  const timed = login.filter(({ from, atMicros }) => from !== null && atMicros !== null);
  const bySource = grouped(timed, ({ host, from }) => `${host} ${from}`);
  return [...bySource.keys()]
    .sort(compareText)
    .flatMap((key) => guessingOf((bySource.get(key) ?? []).sort(compareLogins), limits) ?? []);
}

function guessingOf(records: readonly LoginRecord[], limits: GuessingLimits): Guessing | null {
  const failed = records.filter(({ outcome }) => outcome === "failed");
  if (failed.reduce((sum, { times }) => sum + times, 0) < limits.failures) return null;
  const windowMicros = limits.windowSeconds * 1e6;
  const accepted = bestTold(records.filter(({ outcome }) => outcome === "accepted"));
  if (accepted.length === 0) return null;
  const count = new FailureCount(failed);
  let earlier = 0;
  let oldest = 0;
  for (const [index, success] of accepted.entries()) {
    const at = success.atMicros ?? 0;
    while ((accepted[oldest]?.atMicros ?? at) < at - windowMicros) oldest += 1;
    earlier = index - oldest;
    if (success.method !== null && NOT_GUESSED.has(success.method)) continue;
    const times = count.between(at - windowMicros, at);
    if (times < limits.failures || times < earlier * limits.failuresPerLogin) continue;
    const guesses = failed.filter((one) => isWithin(one, at - windowMicros, at));
    const begun = guesses[0]?.atMicros ?? at;
    return {
      host: success.host,
      from: success.from ?? "",
      success,
      logins: accepted.slice(index),
      guesses,
      times,
      usual: accepted.filter((one) => (one.atMicros ?? 0) < begun).length,
    };
  }
  return null;
}

/** Two logs write one login at times that differ by what it takes to open a session. */
const SAME_MICROS = 5e6;

/** Each login once: wtmp shows it too, and does not say how; what does say so stands for both. */
function bestTold(accepted: readonly LoginRecord[]): LoginRecord[] {
  const told = accepted.filter(({ method }) => method !== null).map(({ atMicros }) => atMicros ?? 0);
  return accepted.filter(
    ({ method, atMicros }) => method !== null || !hasNear(told, atMicros ?? 0, SAME_MICROS),
  );
}

/** The order of time; alike ones by their place, so that the order of evidence does not show. */
export function compareLogins(a: LoginRecord, b: LoginRecord): number {
  return (
    (a.atMicros ?? 0) - (b.atMicros ?? 0) ||
    compareText(a.user ?? "", b.user ?? "") ||
    compareText(a.place.evidence, b.place.evidence) ||
    a.place.atByte - b.place.atByte
  );
}

function endOf({ atMicros, lastMicros }: LoginRecord): number {
  return Math.max(atMicros ?? 0, lastMicros ?? 0);
}

function isWithin(one: LoginRecord, from: number, until: number): boolean {
  return (one.atMicros ?? 0) <= until && endOf(one) >= from;
}

/** Counts failures of one source in a stretch of time. auth.log, btmp and auditd tell of the same ones: of
 *  logs whose times overlap, the one that tells of most counts; logs that follow one another (rotated ones)
 *  are added up. */
class FailureCount {
  readonly #witnesses: readonly (readonly Witness[])[];

  constructor(failed: readonly LoginRecord[]) {
    const byLog = grouped(failed, ({ place, service, method }) => `${place.evidence} ${service} ${method}`);
    const witnesses = [...byLog.values()].map((records) => new Witness(records));
    witnesses.sort((a, b) => a.first - b.first);
    const groups: Witness[][] = [];
    let until = Number.NEGATIVE_INFINITY;
    for (const witness of witnesses) {
      if (witness.first <= until) groups.at(-1)?.push(witness);
      else groups.push([witness]);
      until = Math.max(until, witness.last);
    }
    this.#witnesses = groups;
  }

  between(from: number, until: number): number {
    let sum = 0;
    for (const group of this.#witnesses) {
      sum += Math.max(...group.map((witness) => witness.between(from, until)));
    }
    return sum;
  }
}

/** One log's failures of one source: sums over its records by their first and by their last time. */
class Witness {
  readonly first: number;
  readonly last: number;
  readonly #starts: Sums;
  readonly #ends: Sums;

  constructor(records: readonly LoginRecord[]) {
    this.#starts = sumsBy(records, (one) => one.atMicros ?? 0);
    this.#ends = sumsBy(records, endOf);
    this.first = this.#starts.at[0] ?? 0;
    this.last = this.#ends.at.at(-1) ?? 0;
  }

  between(from: number, until: number): number {
    return sumBefore(this.#starts, until + 1) - sumBefore(this.#ends, from);
  }
}

interface Sums {
  readonly at: readonly number[];
  /** Failures of the records before the one of the same index. */
  readonly sum: readonly number[];
}

function sumsBy(records: readonly LoginRecord[], time: (one: LoginRecord) => number): Sums {
  const sorted = [...records].sort((a, b) => time(a) - time(b));
  const sum = [0];
  for (const { times } of sorted) sum.push((sum.at(-1) ?? 0) + times);
  return { at: sorted.map(time), sum };
}

function sumBefore({ at, sum }: Sums, limit: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return sum[low] ?? 0;
}
