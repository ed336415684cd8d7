import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scaled, unscaled } from "../../src/bytes/decimal.ts";

test("decimals are read exactly, with a point or an exponent", () => {
  assert.equal(scaled("1.5", 3), 1500n);
  assert.equal(scaled("0.1", 30), 10n ** 29n);
  assert.equal(scaled("1e-7", 8), 10n);
  assert.equal(scaled("1.25e+21", 0), 1_250_000_000_000_000_000_000n);
  assert.equal(scaled("-0.50", 1), -5n);
  assert.equal(scaled("0e-999", 0), 0n);
});

test("what is no decimal, or finer than the unit, is null", () => {
  for (const text of ["", ".5", "5.", "1,5", "0x10", "NaN", "1e", "1.2.3", " 1", "1".repeat(200), "1e9999"]) {
    assert.equal(scaled(text, 8), null, text.slice(0, 20));
  }
  assert.equal(scaled("0.123456789", 8), null);
  assert.equal(scaled("0.123456780", 8), 12_345_678n);
});

test("printing and reading are inverse, and a double is read as it is printed", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.nat(30), (units, places) => {
      assert.equal(scaled(unscaled(units, places), places), units);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (price) => {
      assert.equal(Number(unscaled(scaled(String(price), 40) ?? 0n, 40)), price);
    }),
  );
  assert.equal(unscaled(-5n, 1), "-0.5");
  assert.equal(unscaled(5n, 0), "5");
  assert.equal(unscaled(100n, 8), "0.000001");
});
