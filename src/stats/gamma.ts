import { normalQuantile } from "./normal.ts";

/** Lanczos' approximation with g = 7 and nine terms, relative error below 1e-13.
 *  Source: Lanczos (1964), coefficients by Godfrey (2001). */
const LANCZOS_G = 7;
const LANCZOS_FIRST = 0.9999999999998099;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** From here on the density's logarithm is taken around its mode, where the plain form loses digits. */
const STIRLING_FROM = 20;

/** Terms of series and fraction grow as the square root of the shape (about 5 of them); this many serve 1e8.
 */
const MAX_TERMS = 200_000;

/** Above it the quantile is Wilson and Hilferty's, whose relative error there is below 1e-12. */
const CUBE_ROOT_FROM = 1e8;

const PRECISION = 1e-15;
const MAX_STEPS = 200;

/** Natural logarithm of the gamma function.
 *
 *  Shape: x > 0.
 *  Source: Lanczos (1964); for small x the recurrence ln Γ(x) = ln Γ(x + 1) - ln x.
 */
export function lnGamma(x: number): number {
  if (x < 0.5) return lnGamma(x + 1) - Math.log(x);
  const shifted = x - 1;
  const sum = LANCZOS.reduce((total, term, index) => total + term / (shifted + index + 1), LANCZOS_FIRST);
  const t = shifted + LANCZOS_G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Both tails of the regularised incomplete gamma function: `lower` is P(shape, x), `upper` is Q = 1 - P.
 *
 *  Shape: shape > 0, x >= 0. The smaller tail is computed, so neither loses its digits.
 *  Source: DLMF 8.11.4 (series, below the mean) and 8.9.2 (continued fraction, above; Lentz's method).
 *  Limits: shapes above 1e8 are cut short; the quantile does not ask for them.
 */
export function incompleteGamma(shape: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  // x^shape e^-x / Γ(shape)
  const factor = Math.exp(lnDensity(shape, x) + Math.log(x));
  if (x < shape + 1) {
    const lower = factor * lowerSeries(shape, x);
    return { lower, upper: 1 - lower };
  }
  const upper = factor * upperFraction(shape, x);
  return { lower: 1 - upper, upper };
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let product = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    product *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return product;
}

/** Logarithm of the gamma density with scale 1. */
function lnDensity(shape: number, x: number): number {
  if (shape < STIRLING_FROM) return (shape - 1) * Math.log(x) - x - lnGamma(shape);
  // ln x^a e^-x / Γ(a) = -a φ(μ) + ½ ln(a / 2π) - remainder, with μ = (x - a) / a and φ(μ) = μ - ln(1 + μ),
  // so that no large terms cancel; the remainder is Stirling's series (DLMF 5.11.1).
  const mu = (x - shape) / shape;
  const remainder = 1 / (12 * shape) - 1 / (360 * shape ** 3) + 1 / (1260 * shape ** 5);
  return -shape * (mu - Math.log1p(mu)) + 0.5 * Math.log(shape / (2 * Math.PI)) - remainder - Math.log(x);
}

/** Quantile of the gamma distribution with scale 1.
 *
 *  Shape: 0 < p < 1, shape > 0; the result has a relative error below 1e-10.
 *  Errors: RangeError for other arguments.
 *  Source: first guess by Wilson & Hilferty (1931), then Newton's method kept inside a bracket.
 */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p > 0 && p < 1) || !(shape > 0) || !Number.isFinite(shape)) {
    throw new RangeError(`Cannot take a gamma quantile: p ${p} of shape ${shape}`);
  }
  let x = firstGuess(p, shape);
  if (shape >= CUBE_ROOT_FROM) return x;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { lower, upper } = incompleteGamma(shape, x);
    // The difference is taken in the smaller tail.
    const excess = p < 0.5 ? lower - p : 1 - p - upper;
    if (excess > 0) high = x;
    else low = x;
    let next = x - excess / Math.exp(lnDensity(shape, x));
    if (!(next > low && next < high)) next = high === Number.POSITIVE_INFINITY ? 2 * x : (low + high) / 2;
    const done = Math.abs(next - x) <= 4 * PRECISION * x;
    x = next;
    if (done) break;
  }
  return x;
}

function firstGuess(p: number, shape: number): number {
  const ninth = 1 / (9 * shape);
  const cube = shape * (1 - ninth + normalQuantile(p) * Math.sqrt(ninth)) ** 3;
  if (shape >= 1 && cube > 0) return cube;
  // Near 0 the distribution function is x^a / Γ(a + 1).
  return Math.max(Math.exp((Math.log(p) + lnGamma(shape + 1)) / shape), Number.MIN_VALUE * 2 ** 60);
}

/** Quantile of the chi-square distribution:
 *  twice that of the gamma distribution with half the degrees of freedom. */
export function chiSquareQuantile(p: number, degrees: number): number {
  return 2 * gammaQuantile(p, degrees / 2);
}
