import { chiSquareQuantile } from "./gamma.ts";

/** Level of every interval unless said otherwise. */
export const DEFAULT_LEVEL = 0.95;

/** The two ends of an interval. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Exact interval for the mean of a Poisson count.
 *
 *  Shape: low = χ²(α/2; 2k) / 2, high = χ²(1 - α/2; 2k + 2) / 2 with α = 1 - level; a count of 0 has low 0.
 *  Errors: RangeError for a count that is no whole number >= 0, or a level outside 0–1.
 *  Source: Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28, 437–442.
 *  Limits: conservative; the true coverage is at least `level`, at 95 % between 0.950 and 0.977 for means
 *  above 8.
 */
export function garwood(count: number, level: number = DEFAULT_LEVEL): Bounds {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(`Cannot bound a Poisson mean: ${count} is no count`);
  }
  const tail = tailOf(level);
  return {
    low: count === 0 ? 0 : chiSquareQuantile(tail, 2 * count) / 2,
    high: chiSquareQuantile(1 - tail, 2 * count + 2) / 2,
  };
}

/** Probability in each tail. Errors: RangeError for a level outside 0–1. */
export function tailOf(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot bound: level ${level} is not between 0 and 1`);
  return (1 - level) / 2;
}
