/** Coefficients by descending power. Source: Acklam (2003), "An algorithm for computing the inverse normal
 *  cumulative distribution function"; relative error below 1.15e-9. */
const CENTRE_OVER = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const CENTRE_UNDER = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
  1,
];
const TAIL_OVER = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_UNDER = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
const TAIL_BELOW = 0.02425;

/** Quantile of the standard normal distribution.
 *
 *  Shape: 0 < p < 1.
 *  Errors: RangeError outside.
 *  Source: Acklam (2003); relative error below 1.15e-9: good for a first guess, and for very large counts.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`Cannot take a normal quantile: ${p} is not between 0 and 1`);
  if (p > 1 - TAIL_BELOW) return -normalQuantile(1 - p);
  if (p < TAIL_BELOW) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(TAIL_OVER, q) / polynomial(TAIL_UNDER, q);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(CENTRE_OVER, r) * q) / polynomial(CENTRE_UNDER, r);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
