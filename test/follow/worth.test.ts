import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { centsOf, usdAtClose, usdUnits, worthOf } from "../../src/follow/worth.ts";
import { type DayPrices, loadMarket, type Market } from "../../src/tables/market.ts";

const SHIPPED = { market: loadMarket(null), coin: "btc" };

/** A market of which only these days are known. */
function pricesOf(days: Readonly<Record<string, Partial<DayPrices> & { readonly close: number }>>): {
  readonly market: Market;
  readonly coin: string;
} {
  const dates = Object.keys(days).sort();
  const ohlc = (_coin: string, day: string): DayPrices | null => {
    const known = days[day];
    return known === undefined ? null : { open: null, high: null, low: null, source: "made", ...known };
  };
  const last = dates.at(-1);
  const market: Market = {
    ohlc,
    price: () => null,
    difficulty: () => null,
    issuance: () => null,
    last: () => (last === undefined ? null : { value: days[last]?.close ?? 0, date: last, source: "made" }),
    around: () => ({ before: null, after: null }),
    files: [],
  };
  return { market, coin: "btc" };
}

test("NiceHash's 4,736.42 BTC: a range, as the press had it between $62 and $68 million", () => {
  const stolen = new Map([["2017-12-06", 473_642_000_000n]]);
  assert.deepEqual(worthOf(stolen, { moment: "receipt" }, SHIPPED), {
    ...{ moment: "receipt", currency: "usd" },
    open: 56_474_232.08,
    high: 68_058_090.77,
    low: 56_474_232.08,
    close: 67_690_546.43,
    ...{ date: null, coveredShare: 1, source: "market/btc.csv" },
  });
});

test("each day has its own price, a chosen day and the last known one price for all", () => {
  const prices = pricesOf({ "2020-01-01": { close: 10 }, "2020-01-02": { close: 30, open: 20 } });
  const received = new Map([
    ["2020-01-01", 100_000_000n],
    ["2020-01-02", 200_000_000n],
  ]);
  const receipt = worthOf(received, { moment: "receipt" }, prices);
  assert.deepEqual([receipt.close, receipt.open, receipt.date], [70, null, null]);
  const asOf = worthOf(received, { moment: "as-of", date: "2020-01-01" }, prices);
  assert.deepEqual([asOf.close, asOf.open, asOf.date], [30, null, "2020-01-01"]);
  const last = worthOf(received, { moment: "last-known" }, prices);
  assert.deepEqual([last.close, last.open, last.date], [90, 60, "2020-01-02"]);
});

test("a day without a price lowers the covered share; nothing known is null, not 0", () => {
  const prices = pricesOf({ "2020-01-01": { close: 10 } });
  const received = new Map([
    ["2020-01-01", 1n],
    ["2020-01-03", 2n],
    [null, 3n],
  ]);
  assert.equal(worthOf(received, { moment: "receipt" }, prices).coveredShare, 0.166666);
  const unknown = worthOf(received, { moment: "cash-out", date: "2020-01-03" }, prices);
  assert.deepEqual(
    [unknown.open, unknown.high, unknown.low, unknown.close, unknown.coveredShare, unknown.source],
    [null, null, null, null, 0, null],
  );
  assert.equal(worthOf(received, { moment: "last-known" }, pricesOf({})).close, null);
  assert.equal(worthOf(new Map([["2020-01-01", 1n]]), { moment: "receipt" }, prices).close, 0);
});

test("cents are rounded once, half upwards, at the end of the sum", () => {
  const prices = pricesOf({ a: { close: 0.5 }, b: { close: 0.5 }, c: { close: 1e-9 } });
  const one = new Map([["a", 1_000_000n]]);
  assert.equal(worthOf(one, { moment: "receipt" }, prices).close, 0.01);
  const many = new Map([
    ["a", 400_000n],
    ["b", 400_000n],
    ["c", 1n],
  ]);
  assert.equal(worthOf(many, { moment: "receipt" }, prices).close, 0);
  assert.equal(centsOf(usdUnits("0.005")), 0.01);
  assert.equal(centsOf(usdUnits("0.00499999")), 0);
  assert.equal(centsOf(null), null);
  assert.throws(() => usdUnits("much"), RangeError);
});

test("the sum is exact however the coins are divided among days of one price", () => {
  const prices = pricesOf({ a: { close: 1724.23999 }, b: { close: 1724.23999 } });
  const sats = fc.bigInt({ min: 0n, max: 21n * 10n ** 14n });
  fc.assert(
    fc.property(sats, sats, (x, y) => {
      const parts = new Map([
        ["a", x],
        ["b", y],
      ]);
      const { close } = worthOf(parts, { moment: "receipt" }, prices);
      // With nothing to value nothing is covered by a price.
      assert.equal(close, x + y === 0n ? null : centsOf(usdAtClose(prices)(x + y, "a")));
    }),
  );
});
