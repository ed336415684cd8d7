import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadMarket } from "../../src/tables/market.ts";
import { parseMarketCsv } from "../../src/tables/market-csv.ts";
import { checkoutRoot, dataPath } from "../kit/data.ts";

function withTable<T>(name: string, text: string, act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-market-"));
  try {
    mkdirSync(join(folder, "market"));
    writeFileSync(join(folder, "market", name), text);
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("plain, Coin Metrics and Yahoo tables read to the same days", () => {
  const noRange = { openUsd: null, highUsd: null, lowUsd: null };
  const plain = parseMarketCsv("date,price_usd,difficulty\n2017-06-02,40.5,9e9\n2017-06-01,40,\n", "xmr");
  assert.equal(plain.format, "plain");
  assert.deepEqual(plain.days, [
    { date: "2017-06-01", priceUsd: 40, ...noRange, difficulty: null, blocks: null, issuance: null },
    { date: "2017-06-02", priceUsd: 40.5, ...noRange, difficulty: 9e9, blocks: null, issuance: null },
  ]);
  const metrics = parseMarketCsv(
    "\ufefftime,BlkCnt,DiffMean,IssTotNtv,PriceUSD\r\n2017-06-01T00:00:00.000000000Z,720,9e9,5000.5,40\r\n",
    "xmr",
  );
  assert.equal(metrics.format, "Coin Metrics");
  assert.deepEqual(metrics.days, [
    { date: "2017-06-01", priceUsd: 40, ...noRange, difficulty: 9e9, blocks: 720, issuance: 5000.5 },
  ]);
  const yahoo = parseMarketCsv(
    '"Date","Open","High","Low","Close","Adj Close","Volume"\n2017-06-01,1,41,0.5,40,40,7\n' +
      "2017-06-02,null,null,null,null,null,null\n",
    "xmr",
  );
  assert.equal(yahoo.format, "Yahoo Finance");
  assert.deepEqual(yahoo.days, [
    {
      date: "2017-06-01",
      priceUsd: 40,
      openUsd: 1,
      highUsd: 41,
      lowUsd: 0.5,
      difficulty: null,
      blocks: null,
      issuance: null,
    },
  ]);
  assert.deepEqual(
    parseMarketCsv("date,price_usd,open_usd,high_usd,low_usd\n2017-06-01,40,1,41,0.5\n", "xmr").days,
    yahoo.days,
  );
});

const BAD: readonly (readonly [name: string, text: string, says: RegExp])[] = [
  ["no price", "date,price_usd\n2017-06-01,40\n\n2017-06-02,abc\n", /line 4 .*"abc" is no price above 0/],
  [
    "a price of 0",
    "date,price_usd\n2017-06-01,0\n",
    /line 2 .*"0" is no price above 0; what is unknown is left empty/,
  ],
  ["a negative price", "date,price_usd\n2017-06-01,-4\n", /line 2 .*"-4" is no price/],
  ["no day", "date,price_usd\n2017-02-30,40\n", /line 2 .*"2017-02-30" is no day/],
  ["an hour", "time,PriceUSD\n2017-06-01T01:00:00Z,40\n", /line 2 .* is no day/],
  [
    "a day twice",
    "# a\ndate,price_usd\n2017-06-01,4\n2017-06-01,5\n",
    /line 4 .*2017-06-01 stands on line 3 already/,
  ],
  ["too few fields", "date,price_usd\n2017-06-01\n", /line 2 .*it has 1 fields, the header has 2/],
  ["other columns", "when,price\n2017-06-01,40\n", /line 1 .*its columns are "when,price"/],
  ["nothing", "", /has no header line/],
  ["no value", "date,price_usd\n2017-06-01,\n", /no day has a value/],
  ["a binary", `${"\0".repeat(20_000)}\n`, /line 1 .*it has 20000 characters/],
  [
    "a difficulty in words",
    "date,price_usd,difficulty\n2017-06-01,4,hard\n",
    /line 2 .*"hard" is no difficulty/,
  ],
];

for (const [name, text, says] of BAD) {
  test(`a table with ${name} is refused, naming the line`, () => {
    assert.throws(
      () => parseMarketCsv(text, "xmr"),
      (error) => error instanceof RangeError && says.test(error.message),
    );
  });
}

test("the shipped tables: where they begin, end, and have their gap", () => {
  const market = loadMarket(null);
  assert.deepEqual(market.last("xmr"), {
    value: 413.458810546,
    date: "2021-05-03",
    source: "market/xmr.csv",
  });
  assert.equal(market.last("btc")?.date, "2024-10-27");
  assert.equal(market.last("eth")?.date, "2018-05-24");
  assert.equal(market.last("wow"), null);
  for (const [day, known] of [
    ["2019-10-30", true],
    ["2019-10-31", false],
    ["2021-04-15", false],
    ["2021-04-16", true],
    ["2021-05-03", true],
    ["2021-05-04", false],
  ] as const) {
    assert.equal(market.price("xmr", day) !== null, known, day);
    assert.equal(market.difficulty("xmr", day) !== null, known, day);
  }
  assert.equal(market.price("xmr", "2014-05-19"), null);
  assert.notEqual(market.difficulty("xmr", "2014-05-19"), null);
  assert.deepEqual(
    market.files.map(({ name }) => name),
    ["market/btc.csv", "market/eth.csv", "market/xmr.csv"],
  );
  assert.match(market.files[2]?.source ?? "", /CC BY-NC 4\.0/);
});

test("every shipped table has its licence beside it", () => {
  for (const { name } of loadMarket(null).files) {
    const notice = readFileSync(join(checkoutRoot(), "data", name.replace(".csv", ".LICENSE.txt")), "utf8");
    assert.ok(notice.length > 200, name);
  }
});

test("the shipped Monero table is the real figures, row for row", (t) => {
  const path = dataPath("market/xmr.csv");
  if (path === null) return t.skip("needs ../shared/data/market");
  const shipped = readFileSync(join(checkoutRoot(), "data", "market", "xmr.csv"), "utf8");
  assert.equal(shipped.slice(shipped.indexOf("\n") + 1), readFileSync(path, "utf8").replaceAll("\r\n", "\n"));
});

test("a user's row wins where it has a value, extends the table, and leaves the rest as shipped", () => {
  withTable("xmr.csv", "date,price_usd\n2021-05-03,1\n2021-05-04,2\n", (folder) => {
    const market = loadMarket(folder);
    assert.deepEqual(market.price("xmr", "2021-05-03"), {
      value: 1,
      date: "2021-05-03",
      source: "your market/xmr.csv",
    });
    assert.equal(market.difficulty("xmr", "2021-05-03")?.source, "market/xmr.csv");
    assert.equal(market.last("xmr")?.value, 2);
    assert.equal(market.price("xmr", "2017-06-01")?.source, "market/xmr.csv");
    assert.deepEqual(market.files.at(-1)?.name, "your market/xmr.csv");
  });
});

test("a user's table that stands alone hides the shipped one", () => {
  withTable("xmr.csv", "# replaces the shipped table\ndate,price_usd\n2021-05-04,2\n", (folder) => {
    const market = loadMarket(folder);
    assert.equal(market.price("xmr", "2021-05-03"), null);
    assert.equal(market.price("xmr", "2021-05-04")?.value, 2);
    assert.notEqual(market.price("btc", "2021-05-03"), null);
  });
});

test("a bad row in a user's table is named with its file", () => {
  withTable("btc.csv", "date,price_usd\n2021-05-04,?\n", (folder) => {
    assert.throws(() => loadMarket(folder), /market.btc\.csv: Cannot read line 2/);
  });
});

test("a day's open, high and low stand beside the close that is its price, all of one table", () => {
  const shipped = loadMarket(null);
  assert.deepEqual(shipped.ohlc("btc", "2017-12-06"), {
    open: 11923.400391,
    high: 14369.099609,
    low: 11923.400391,
    close: 14291.5,
    source: "market/btc.csv",
  });
  assert.equal(shipped.ohlc("btc", "2012-02-23"), null);
  assert.deepEqual(shipped.ohlc("xmr", "2017-06-01"), {
    open: null,
    high: null,
    low: null,
    close: shipped.price("xmr", "2017-06-01")?.value,
    source: "market/xmr.csv",
  });
  withTable("btc.csv", "date,price_usd,difficulty\n2017-12-06,14000,\n2017-12-07,,7\n", (folder) => {
    const market = loadMarket(folder);
    const bare = { open: null, high: null, low: null, close: 14000, source: "your market/btc.csv" };
    assert.deepEqual(market.ohlc("btc", "2017-12-06"), bare);
    assert.deepEqual(market.ohlc("btc", "2017-12-07"), shipped.ohlc("btc", "2017-12-07"));
  });
});

test("the shipped bitcoin table: its low, open, close and high are in that order, day for day", () => {
  const market = loadMarket(null);
  let days = 0;
  for (let at = Date.parse("2012-02-24"); at <= Date.parse("2024-10-27"); at += 86_400_000) {
    const prices = market.ohlc("btc", new Date(at).toISOString().slice(0, 10));
    assert.ok(prices !== null);
    const { open, high, low, close } = prices;
    assert.ok(open !== null && high !== null && low !== null);
    assert.ok(low <= Math.min(open, close) && high >= Math.max(open, close), JSON.stringify(prices));
    days += 1;
  }
  assert.equal(days, 4630);
});
