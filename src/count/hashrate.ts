import type { CountedSession } from "../model/facts.ts";
import type { Interval } from "../model/work.ts";
import { Tally } from "./tally.ts";

/** The span of miners' own "15 min" figure, beside which ours is read. */
const RECENT_MICROS = 15 * 60 * 1_000_000;

/** Hash rate of a session in hashes (solutions) a second.
 *
 *  Shape: `whole` is its work over the time from its first message to its last; `last15Min` the same for its
 *  last 15 minutes, and equal to `whole` for a session no longer than that. null: no share's difficulty is
 *  known, or all messages have the same time.
 */
export function hashrate(counted: CountedSession): {
  readonly whole: Interval | null;
  readonly last15Min: Interval | null;
} {
  const { firstMicros, lastMicros } = counted.session;
  const recentMicros = Math.min(RECENT_MICROS, lastMicros - firstMicros);
  const all = new Tally();
  const recent = new Tally();
  for (const { expectedHashes, outcome, atMicros } of counted.shares) {
    if (expectedHashes === null) continue;
    all.add(expectedHashes, outcome);
    if (atMicros >= lastMicros - recentMicros) recent.add(expectedHashes, outcome);
    else recent.expect(expectedHashes);
  }
  return {
    whole: ratePerSecond(all.interval(), lastMicros - firstMicros),
    last15Min: ratePerSecond(recent.interval(), recentMicros),
  };
}

export function ratePerSecond(total: Interval | null, micros: number): Interval | null {
  if (total === null || !(micros > 0)) return null;
  const seconds = micros / 1e6;
  return { estimate: total.estimate / seconds, low: total.low / seconds, high: total.high / seconds };
}
