import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isoMicros, parseIso, utcDay } from "../../src/bytes/time.ts";

test("known moments print with six decimals", () => {
  assert.equal(isoMicros(0), "1970-01-01T00:00:00.000000Z");
  assert.equal(isoMicros(-1), "1969-12-31T23:59:59.999999Z");
  assert.equal(isoMicros(1_700_000_000_123_456), "2023-11-14T22:13:20.123456Z");
  assert.equal(isoMicros(1.9), "1970-01-01T00:00:00.000001Z");
  // 2^53 - 1 in whole seconds and the rest by integer arithmetic.
  assert.equal(isoMicros(Number.MAX_SAFE_INTEGER), "2255-06-05T23:47:34.740991Z");
  // A quotient that a double rounds up to the next second.
  assert.equal(isoMicros(8_999_999_999_999_999), "2255-03-14T15:59:59.999999Z");
  assert.equal(utcDay(86_399_999_999), "1970-01-01");
  assert.equal(utcDay(86_400_000_000), "1970-01-02");
});

test("what is no moment is the caller's error", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.throws(() => isoMicros(value), RangeError);
  }
});

test("every safe integer round-trips, and order is kept", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
      assert.equal(parseIso(isoMicros(a)), a);
      assert.equal(isoMicros(a) < isoMicros(b), a < b);
    }),
    { numRuns: 2000 },
  );
});

test("zones, fractions and dates are read", () => {
  assert.equal(parseIso("1970-01-01"), 0);
  assert.equal(parseIso("1970-01-01T01:00:00+01:00"), 0);
  assert.equal(parseIso("1969-12-31T19:00:00-0500"), 0);
  assert.equal(parseIso("1970-01-01 00:00:00.5Z"), 500_000);
  assert.equal(parseIso("1970-01-01T00:00:00.000001999Z"), 1);
  assert.equal(parseIso("2024-02-29T00:00:00Z"), Date.UTC(2024, 1, 29) * 1000);
});

test("what does not exist is null", () => {
  const texts = [
    "",
    "2023-02-29",
    "2023-13-01",
    "2023-00-10",
    "2023-01-00",
    "2023-01-01T24:00:00Z",
    "2023-01-01T00:60:00Z",
    "2023-01-01T00:00:60Z",
    "2023-01-01T00:00:00",
    "2023-01-01T00:00:00+24:00",
    "2023-01-01T00:00:00.Z",
    "9999-01-01",
    "2023-1-1",
    "2023-01-01T00:00:00Z ",
    `2023-01-01${"0".repeat(100_000)}`,
  ];
  for (const text of texts) assert.equal(parseIso(text), null, text.slice(0, 40));
});
