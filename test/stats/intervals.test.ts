import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fayFeuer, fayFeuerOfSums } from "../../src/stats/fay-feuer.ts";
import { garwood } from "../../src/stats/garwood.ts";

/** Count, low, high. Garwood (1936), table; Ulm (1990) prints the same. */
const PUBLISHED: readonly (readonly [number, number, number])[] = [
  [0, 0, 3.689],
  [1, 0.0253, 5.572],
  [2, 0.242, 7.225],
  [5, 1.623, 11.668],
  [10, 4.795, 18.39],
  [20, 12.217, 30.888],
  [30, 20.241, 42.827],
  [50, 37.111, 65.919],
  [100, 81.364, 121.627],
];

test("Garwood's interval equals the published table", () => {
  for (const [count, low, high] of PUBLISHED) {
    const got = garwood(count);
    assert.ok(Math.abs(got.low - low) < 0.0006, `low of ${count}: ${got.low}`);
    assert.ok(Math.abs(got.high - high) < 0.0006, `high of ${count}: ${got.high}`);
  }
});

test("the factors that the method page prints hold", () => {
  for (const [count, low, high] of [
    [10, 0.48, 1.84],
    [30, 0.67, 1.43],
    [100, 0.81, 1.22],
    [1000, 0.94, 1.06],
    [10_000, 0.98, 1.02],
  ] as const) {
    const got = garwood(count);
    assert.equal(Math.round((got.low / count) * 100) / 100, low, `low of ${count}`);
    assert.equal(Math.round((got.high / count) * 100) / 100, high, `high of ${count}`);
  }
});

/** Probability that Garwood's interval holds the mean, summed over all counts. */
function coverage(mean: number): number {
  let covered = 0;
  let term = Math.exp(-mean);
  for (let count = 0; count < mean + 12 * Math.sqrt(mean) + 20; count++) {
    const { low, high } = BOUNDS[count] ?? garwood(count);
    if (low <= mean && mean <= high) covered += term;
    term *= mean / (count + 1);
  }
  return covered;
}

const BOUNDS = Array.from({ length: 600 }, (_, count) => garwood(count));

test("Garwood's interval covers the mean as often as it says, by brute force", () => {
  let least = 1;
  let most = 0;
  for (let mean = 0.1; mean < 300; mean += 0.137) {
    const covered = coverage(mean);
    least = Math.min(least, covered);
    if (mean > 8) most = Math.max(most, covered);
  }
  assert.ok(least >= 0.95 - 1e-9, `least ${least}`);
  assert.ok(most <= 0.9775, `most ${most}`);
});

/** Park and Miller's generator (1988): the same numbers in every run. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test("Fay and Feuer's interval covers the work under varying difficulty", () => {
  // A pool that doubles the difficulty while shares come faster than one in 10 s and halves it below one in
  // 40 s: an hour at a constant hash rate, the shares of each difficulty a Poisson process.
  const next = uniform(20_240_607);
  const hashrateHps = 5000;
  const runs = 4000;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const weights: number[] = [];
    let difficulty = 1000;
    let second = 0;
    for (;;) {
      const wait = (-Math.log(next()) * difficulty) / hashrateHps;
      second += wait;
      if (second > 3600) break;
      weights.push(difficulty);
      if (wait < 10 && difficulty < 64_000) difficulty *= 2;
      else if (wait > 40 && difficulty > 1000) difficulty /= 2;
    }
    const { low, high } = fayFeuer(weights);
    if (low <= 3600 * hashrateHps && 3600 * hashrateHps <= high) covered++;
  }
  assert.ok(Math.abs(covered / runs - 0.952) < 0.009, `${covered / runs}`);
});

test("with one weight Fay and Feuer's interval is Garwood's", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 1, max: 1e12, noNaN: true }), (n, w) => {
      const got = fayFeuer(new Float64Array(n).fill(w));
      const expected = garwood(n);
      assert.ok(Math.abs(got.low / w - expected.low) < 1e-8 * n);
      assert.ok(Math.abs(got.high / w - expected.high) < 1e-8 * n);
    }),
    { numRuns: 60 },
  );
});

test("the interval holds the estimate, widens with the level and does not depend on order", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(weights, (list) => {
      const sum = list.reduce((total, weight) => total + weight, 0);
      const wide = fayFeuer(list, 0.99);
      const narrow = fayFeuer(list, 0.9);
      assert.ok(wide.low < narrow.low && narrow.low < sum && sum < narrow.high && narrow.high < wide.high);
      const sumSquares = list.reduce((total, weight) => total + weight ** 2, 0);
      assert.deepEqual(fayFeuerOfSums({ sum, sumSquares, maxWeight: Math.max(...list) }, 0.9), narrow);
    }),
  );
});

test("nothing seen is bounded by the largest weight that could have been missed", () => {
  const { low, high } = fayFeuerOfSums({ sum: 0, sumSquares: 0, maxWeight: 10_000 });
  assert.equal(low, 0);
  assert.ok(Math.abs(high - 36_888.79) < 0.01);
  assert.deepEqual(fayFeuer([]), { low: 0, high: Number.POSITIVE_INFINITY });
});

test("wrong arguments are the caller's error", () => {
  for (const count of [-1, 0.5, Number.NaN]) assert.throws(() => garwood(count), RangeError);
  for (const level of [0, 1, Number.NaN]) assert.throws(() => garwood(1, level), RangeError);
  assert.throws(() => fayFeuer([-1]), RangeError);
  assert.throws(() => fayFeuer([Number.NaN]), RangeError);
  assert.throws(
    () => fayFeuerOfSums({ sum: 1, sumSquares: Number.POSITIVE_INFINITY, maxWeight: 1 }),
    RangeError,
  );
});
