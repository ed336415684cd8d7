import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chiSquareQuantile, gammaQuantile, incompleteGamma, lnGamma } from "../../src/stats/gamma.ts";
import { normalQuantile } from "../../src/stats/normal.ts";

/** Relative distance. */
const off = (got: number, expected: number) => Math.abs(got - expected) / Math.abs(expected);

/** p, degrees of freedom, quantile. NIST/SEMATECH e-Handbook of Statistical Methods § 1.3.6.7.4. */
const CHI_SQUARE: readonly (readonly [number, number, number])[] = [
  [0.95, 1, 3.841],
  [0.975, 1, 5.024],
  [0.99, 1, 6.635],
  [0.95, 2, 5.991],
  [0.975, 2, 7.378],
  [0.025, 2, 0.051],
  [0.05, 5, 1.145],
  [0.95, 10, 18.307],
  [0.025, 10, 3.247],
  [0.025, 20, 9.591],
  [0.975, 20, 34.17],
  [0.999, 50, 86.661],
  [0.025, 100, 74.222],
  [0.975, 100, 129.561],
];

test("chi-square quantiles equal the published table", () => {
  for (const [p, degrees, expected] of CHI_SQUARE) {
    assert.ok(Math.abs(chiSquareQuantile(p, degrees) - expected) <= 0.0006, `${p} ${degrees}`);
  }
});

test("quantiles that have a closed form are met to twelve digits", () => {
  for (const p of [1e-6, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999999]) {
    assert.ok(off(chiSquareQuantile(p, 2), -2 * Math.log1p(-p)) < 1e-12, `${p}`);
  }
  assert.ok(off(chiSquareQuantile(0.95, 1), 1.959963984540054 ** 2) < 1e-12);
});

test("normal quantiles equal the published values", () => {
  assert.ok(off(normalQuantile(0.975), 1.959963984540054) < 2e-9);
  assert.ok(off(normalQuantile(0.995), 2.5758293035489004) < 2e-9);
  assert.ok(off(normalQuantile(0.001), -3.090232306167813) < 2e-9);
  assert.equal(normalQuantile(0.5), 0);
});

test("the logarithm of gamma meets factorials and the half", () => {
  let factorial = 0;
  for (let n = 2; n < 170; n++) {
    factorial += Math.log(n - 1);
    if (n > 2) assert.ok(off(lnGamma(n), factorial) < 1e-13, `${n}`);
  }
  assert.ok(off(lnGamma(0.5), 0.5 * Math.log(Math.PI)) < 1e-13);
  assert.ok(off(lnGamma(0.001), 6.907178885383853) < 1e-12);
});

test("for whole shapes the upper tail is a sum of Poisson terms", () => {
  for (const shape of [1, 2, 7, 19, 20, 21, 60, 150]) {
    for (const ratio of [0.3, 0.8, 1, 1.02, 1.4]) {
      const x = shape * ratio;
      let term = Math.exp(-x);
      let sum = term;
      for (let k = 1; k < shape; k++) {
        term *= x / k;
        sum += term;
      }
      const { lower, upper } = incompleteGamma(shape, x);
      assert.ok(Math.abs(upper - sum) < 1e-12, `${shape} ${x}`);
      assert.ok(Math.abs(lower + upper - 1) < 1e-14);
    }
  }
});

test("the quantile inverts the distribution for shapes from 0.01 to 1e8", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -2, max: 7, noNaN: true }),
      fc.double({ min: 0.005, max: 0.995, noNaN: true }),
      (exponent, p) => {
        const shape = 10 ** exponent;
        assert.ok(Math.abs(incompleteGamma(shape, gammaQuantile(p, shape)).lower - p) < 1e-9);
      },
    ),
    { numRuns: 300 },
  );
});

test("the step to the cube-root form at shape 1e8 cannot be seen", () => {
  for (const p of [0.025, 0.5, 0.975]) {
    const below = gammaQuantile(p, 1e8 - 1);
    assert.ok(off(gammaQuantile(p, 1e8), below + 1) < 1e-10, `${p}`);
  }
});

test("wrong arguments are the caller's error", () => {
  for (const [p, shape] of [
    [0, 1],
    [1, 1],
    [Number.NaN, 1],
    [0.5, 0],
    [0.5, Number.POSITIVE_INFINITY],
  ] as const) {
    assert.throws(() => gammaQuantile(p, shape), RangeError);
  }
  assert.throws(() => normalQuantile(0), RangeError);
});
