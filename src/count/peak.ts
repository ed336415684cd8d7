import type { Interval } from "../model/work.ts";

/** A rate from one moment to another. */
export interface Running {
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly rate: Interval;
}

/** The highest sum of rates that run at the same time; null for none.
 *
 *  Shape: a rate runs up to and without its last moment, so that a session that begins when another ends
 *  does not overlap it. The interval combines the distances of the single ends from their estimates as
 *  independent errors.
 *  Source: Zou & Donner (2008), "Construction of confidence limits about effect measures", Statistics in
 *  Medicine 27, 1693–1702: limits of a sum from the limits of its terms (MOVER).
 */
export function peak(rates: readonly Running[]): Interval | null {
  const turns = rates.flatMap(({ fromMicros, toMicros, rate }) => [
    { at: fromMicros, sign: 1, rate },
    { at: toMicros, sign: -1, rate },
  ]);
  turns.sort((a, b) => a.at - b.at || a.sign - b.sign);
  let best: Interval | null = null;
  // Errors of adding and taking away would stay behind for ever,
  // so what runs is counted too: none is exactly 0.
  let now = { running: 0, estimate: 0, below: 0, above: 0 };
  for (const { sign, rate } of turns) {
    now = {
      running: now.running + sign,
      estimate: now.estimate + sign * rate.estimate,
      below: now.below + sign * (rate.estimate - rate.low) ** 2,
      above: now.above + sign * (rate.high - rate.estimate) ** 2,
    };
    if (now.running === 0) now = { running: 0, estimate: 0, below: 0, above: 0 };
    if (sign > 0 && (best === null || now.estimate > best.estimate)) {
      best = {
        estimate: now.estimate,
        low: Math.max(0, now.estimate - Math.sqrt(Math.max(0, now.below))),
        high: now.estimate + Math.sqrt(Math.max(0, now.above)),
      };
    }
  }
  return best;
}
