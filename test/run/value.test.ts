import assert from "node:assert/strict";
import { test } from "node:test";
import { PaydirtError } from "../../src/model/error.ts";
import type { ValueResult } from "../../src/model/value.ts";
import { renderValue } from "../../src/report/value.ts";
import { type ValueOptions, value } from "../../src/run/value.ts";
import { loadMarket } from "../../src/tables/market.ts";

const MARKET = loadMarket(null);
const SUMMER = { from: "2017-06-01", to: "2017-08-31" };

function valued(over: Partial<ValueOptions>): ValueResult {
  const nothing = {
    coin: "xmr",
    amount: null,
    hashrateHps: null,
    from: null,
    to: null,
    asOf: null,
    poolFee: 0,
  };
  return value({ ...nothing, ...over }, MARKET);
}

const near = (actual: number | undefined, expected: number, part = 1e-9): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= part * Math.abs(expected),
    `${actual} is not ${expected}`,
  );

test("70 XMR of the summer of 2017: the figures of the claim, worked out by hand elsewhere", () => {
  const { money, hashrateHps, blocks, networkHps, machines, unknown } = valued({
    amount: "70",
    ...SUMMER,
    asOf: "2017-12-29",
  });
  assert.equal(money.asOf?.usd.toFixed(2), "25048.09");
  assert.equal(money.evenly?.usd.toFixed(2), "3799.23");
  assert.equal(money.constantRate?.usd.toFixed(2), "3563.82");
  assert.equal(((hashrateHps ?? 0) / 1000).toFixed(2), "16.79");
  assert.equal(blocks?.toFixed(2), "9.95");
  assert.equal(((networkHps ?? 0) / 1e6).toFixed(1), "120.5");
  assert.deepEqual(
    machines.map(({ fewest, most }) => [Math.round(fewest), Math.round(most)]),
    [
      [34, 67],
      [17, 17],
    ],
  );
  assert.deepEqual(unknown, { price: { days: 0, spans: [] }, difficulty: { days: 0, spans: [] } });
});

test("one machine of each kind brings what the note says: 1.04, 2.08 and 4.17 XMR", () => {
  const [single, double] = valued({ amount: "70", ...SUMMER }).machines;
  const coins = (atomic: string | undefined) => (Number(atomic) / 1e12).toFixed(2);
  assert.deepEqual(single?.atomicEach.map(coins), ["1.04", "2.08"]);
  assert.deepEqual(single?.usdEach?.map(Math.round), [53, 106]);
  assert.deepEqual([coins(double?.atomicEach[0]), Math.round(double?.usdEach?.[0] ?? 0)], ["4.17", 212]);
});

test("the terminal prints the claim's figures, in 80 columns", () => {
  const text = renderValue(valued({ amount: "70", ...SUMMER, asOf: "2017-12-29" }));
  for (const figure of [
    "$25,048",
    "$3,799",
    "$3,564",
    "16.8 kH/s",
    "about 10 ",
    "34–67",
    "0.0139 %",
    "250–500 H/s",
  ]) {
    assert.ok(text.includes(figure), `${figure} is missing in\n${text}`);
  }
  assert.ok(text.split("\n").every((line) => line.length <= 80));
});

test("coins stolen within a day are worth a range: NiceHash's 4,736.42 BTC of 2017-12-06", () => {
  const stolen = { coin: "btc", amount: "4736.42" };
  const { range } = valued({ ...stolen, from: "2017-12-06", to: "2017-12-06" }).money;
  const dollars = [range?.open, range?.low, range?.high, range?.close].map((usd) => usd?.toFixed(2));
  assert.deepEqual(dollars, ["56474232.08", "56474232.08", "68058090.77", "67690546.43"]);
  assert.deepEqual(valued({ ...stolen, asOf: "2017-12-06" }).money.range, range);
  const text = renderValue(valued({ ...stolen, asOf: "2017-12-06" }));
  for (const line of [/Within that day, 2017-12-06/, /Open +\$56,474,232/, /Highest +\$68,058,091/]) {
    assert.match(text, line);
  }
});

test("there is no range over several days, or where a table has closes alone", () => {
  const span = { from: "2017-12-06", to: "2017-12-07" };
  assert.equal(valued({ coin: "btc", amount: "1", ...span }).money.range, null);
  assert.equal(valued({ amount: "1", from: "2017-07-14", to: null, asOf: "2017-07-14" }).money.range, null);
  assert.equal(valued({ coin: "btc", amount: "1", asOf: "2010-01-01" }).money.range, null);
});

test("other dates of the claim: $9,914.95 and $28,053.62 and $4,100.22", () => {
  const at = (asOf: string) => valued({ amount: "70", asOf }).money.asOf?.usd.toFixed(2);
  assert.equal(at("2017-08-31"), "9914.95");
  assert.equal(at("2018-01-08"), "28053.62");
  assert.equal(at("2019-10-30"), "4100.22");
});

test("a hash rate and the coins that take it are each other's inverse, fee included", () => {
  const back = valued({ amount: "70", ...SUMMER, poolFee: 0.02 });
  const forth = valued({ hashrateHps: back.hashrateHps, ...SUMMER, poolFee: 0.02 });
  near(Number(forth.atomic), 70e12);
  near(forth.money.constantRate?.usd, back.money.constantRate?.usd ?? 0);
  near(back.hashrateHps ?? 0, (valued({ amount: "70", ...SUMMER }).hashrateHps ?? 0) / 0.98);
  assert.equal(forth.money.evenly, null);
});

test("one day alone: evenly and at a constant rate are the same", () => {
  const { money, span } = valued({ amount: "1", from: "2017-07-14", to: null });
  assert.equal(span?.days, 1);
  near(money.evenly?.usd, money.constantRate?.usd ?? 0);
});

test("days without a price or difficulty are named and left out, never 0", () => {
  const edge = valued({ hashrateHps: 1000, from: "2019-10-30", to: "2019-10-31" });
  const known = valued({ hashrateHps: 1000, from: "2019-10-30", to: "2019-10-30" });
  assert.equal(edge.atomic, known.atomic);
  assert.deepEqual(edge.unknown.price, { days: 1, spans: [{ first: "2019-10-31", last: "2019-10-31" }] });
  assert.equal(edge.money.constantRate?.pricedDays, 1);
  assert.match(renderValue(edge), /No price is known for 1 day: 2019-10-31/);
  const gap = valued({ amount: "7", from: "2020-01-01", to: "2020-02-01", asOf: "2020-01-01" });
  assert.deepEqual([gap.hashrateHps, gap.blocks, gap.money.asOf], [null, null, null]);
  assert.deepEqual([gap.money.evenly, gap.money.constantRate], [null, null]);
  assert.match(renderValue(gap), /Worth as of 2020-01-01 +unknown/);
});

test("an amount is exact to the atomic unit, and one digit more is refused", () => {
  assert.equal(valued({ amount: "0.000000000001" }).atomic, "1");
  assert.equal(valued({ amount: "12345678.900000000000000" }).atomic, "12345678900000000000");
  for (const amount of ["0.0000000000001", "0", "-1", "1e3", "", "abc"]) {
    assert.throws(() => valued({ amount }), isBadOption, amount);
  }
});

test("what cannot be valued is said: no such coin, both or neither, no day, a span turned round", () => {
  assert.throws(() => valued({ amount: "1", coin: "wow" }), isBadOption);
  assert.throws(() => valued({}), isBadOption);
  assert.throws(() => valued({ amount: "1", hashrateHps: 1, ...SUMMER }), isBadOption);
  assert.throws(() => valued({ hashrateHps: 1 }), isBadOption);
  assert.throws(() => valued({ amount: "1", from: "2017-06-02", to: "2017-06-01" }), isBadOption);
  assert.throws(() => valued({ amount: "1", from: "0001-01-01", to: "9999-01-01" }), isBadOption);
  assert.throws(() => valued({ amount: "1", ...SUMMER, poolFee: 1 }), isBadOption);
});

function isBadOption(error: unknown): boolean {
  return error instanceof PaydirtError && error.code === "bad-option";
}
