import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as say from "../../src/report/numbers.ts";

test("hashrate() has three significant digits and changes unit at a thousand", () => {
  assert.deepEqual(
    [0, 0.5, 999, 999.9, 1000, 1050, 16_790, 120.5e6, 4.2e18].map((n) => say.hashrate(n)),
    [
      "0 H/s",
      "0.500 H/s",
      "999 H/s",
      "1.00 kH/s",
      "1.00 kH/s",
      "1.05 kH/s",
      "16.8 kH/s",
      "121 MH/s",
      "4.20 EH/s",
    ],
  );
  assert.equal(say.hashrate(45, "solutions"), "45.0 Sol/s");
});

test("what is not known prints as unknown, never as zero", () => {
  for (const text of [
    say.hashrate(null),
    say.usd(null),
    say.usd(Number.NaN),
    say.count(null),
    say.money(null),
    say.workInterval(null),
    say.coinAmount(null, "xmr"),
    say.hashrateInterval(null),
    say.when(null),
    say.plain(null),
  ]) {
    assert.equal(text, "unknown");
  }
});

test("usd() has whole dollars from a hundred on, cents below, and never rounds to nothing", () => {
  assert.deepEqual(
    [25_048.086, 3799.23, 100, 99.995, 99.99, 53.48, 0.01, 0.0099, 0.00042, 1e-12, 0].map((n) => say.usd(n)),
    [
      "$25,048",
      "$3,799",
      "$100",
      "$100",
      "$99.99",
      "$53.48",
      "$0.01",
      "$0.0099",
      "$0.00042",
      "less than $0.000000001",
      "$0.00",
    ],
  );
});

test("coins() rounds atomic units to four significant digits", () => {
  const xmr = [
    "0",
    "1",
    "299000000",
    "123456789012",
    "999950000000",
    "70000000000000",
    "1234567890123456",
    "18132171000000000000",
  ];
  assert.deepEqual(
    xmr.map((n) => say.coins(n, "xmr")),
    ["0", "0.000000000001", "0.0002990", "0.1235", "1.0000", "70.00", "1,234.57", "18,132,171.00"],
  );
  assert.equal(say.coins("150000000", "btc"), "1.500");
});

test("coins() of a coin without a table stays in atomic units and says so", () => {
  assert.equal(say.coins("12", "nosuchcoin"), "12 atomic units of");
});

test("coins() is within half of its last digit of the exact amount", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), (n) => {
      const text = say.coins(String(n), "xmr").replaceAll(",", "");
      const [, fraction = ""] = text.split(".");
      const digit = 10n ** BigInt(12 - fraction.length);
      const shown = BigInt(text.replace(".", "")) * digit;
      const off = shown > n ? shown - n : n - shown;
      assert.ok(off * 2n <= digit, `${n} as ${text}`);
      assert.ok(shown > 0n);
    }),
  );
});

test("percent() never calls a part the whole", () => {
  assert.deepEqual([0, 0.01, 0.66, 0.9999, 1].map(say.percent), ["0 %", "1 %", "66 %", "99.9 %", "100 %"]);
});

test("span() names the date once on the same day", () => {
  assert.equal(
    say.span("2017-07-14T06:12:09.000121Z", "2017-07-14T07:00:00.000000Z"),
    "2017-07-14 06:12:09 – 07:00:00 UTC",
  );
  assert.equal(
    say.span("2017-07-14T06:12:09.000121Z", "2017-07-15T07:00:00.000000Z"),
    "2017-07-14 06:12:09 – 2017-07-15 07:00:00 UTC",
  );
});

test("isoOfMicros() keeps the microseconds", () => {
  assert.equal(say.isoOfMicros(1_500_012_729_000_121), "2017-07-14T06:12:09.000121Z");
  assert.equal(say.isoOfMicros(0), "1970-01-01T00:00:00.000000Z");
});

test("duration() is in the units people use", () => {
  assert.deepEqual([0, 3.21, 59, 60, 3600, 93_784].map(say.duration), [
    "0 s",
    "3.2 s",
    "59 s",
    "1 min",
    "1 h",
    "1 d 2 h 3 min",
  ]);
});
