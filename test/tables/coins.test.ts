import assert from "node:assert/strict";
import { test } from "node:test";
import { algorithmOn, COINS, coinOf } from "../../src/tables/coins.ts";
import { blockReward, moneroReward } from "../../src/tables/emission.ts";
import { loadMarket } from "../../src/tables/market.ts";
import { serverRates } from "../../src/tables/server-rates.ts";

const micros = (iso: string): number => Date.parse(iso) * 1000;

function reward(ticker: string, iso: string, height: number | null = null): number | null {
  const row = coinOf(ticker);
  assert.ok(row !== null);
  return blockReward(row, micros(iso), height)?.coins ?? null;
}

test("tickers are unique, lower case, and found in any case", () => {
  const tickers = COINS.map(({ ticker }) => ticker);
  assert.deepEqual(tickers, [...new Set(tickers.map((ticker) => ticker.toLowerCase()))]);
  assert.equal(coinOf("XMR")?.unit, "piconero");
  assert.equal(coinOf("wow"), null);
});

test("schedules rise in height and time", () => {
  for (const { ticker, emission } of COINS) {
    const rows = emission?.rule === "steps" ? emission.steps : (emission?.heights ?? []);
    for (const [i, row] of rows.slice(1).entries()) {
      assert.ok(
        row.height > (rows[i]?.height ?? 0) && Date.parse(row.at) > Date.parse(rows[i]?.at ?? ""),
        ticker,
      );
    }
  }
});

test("Monero's reward by emission is within 0.5 % of issuance ÷ blocks on ordinary days", () => {
  const market = loadMarket(null);
  const days = ["2015-01-01", "2015-06-01", "2016-02-01", "2016-06-01", "2017-06-01", "2018-06-01"];
  for (const day of [...days, "2019-06-01", "2019-10-30", "2021-04-16", "2021-05-03"]) {
    const issued = market.issuance("xmr", day)?.value ?? 0;
    const formula = reward("xmr", `${day}T12:00:00Z`) ?? 0;
    assert.ok(Math.abs(formula / issued - 1) < 0.005, `${day}: ${formula} for ${issued}`);
  }
});

test("Monero's reward doubles with the block time at 1,009,827 and ends in the tail", () => {
  const ratio = moneroReward(1_009_827) / moneroReward(1_009_826);
  assert.ok(Math.abs(ratio - 2) < 1e-4, `${ratio}`);
  assert.ok(moneroReward(2_630_000) > 0.6);
  assert.equal(moneroReward(2_660_000), 0.6);
  assert.equal(reward("xmr", "2026-01-01T00:00:00Z"), 0.6);
});

test("a job's height is used where it can be true, and not where it cannot", () => {
  const atNoon = "2021-04-16T12:00:00Z";
  const plain = reward("xmr", atNoon) ?? 0;
  assert.equal(reward("xmr", atNoon, 2_340_500), moneroReward(2_340_500));
  assert.equal(reward("xmr", atNoon, 1), plain);
});

test("Bitcoin halves to the second, and on the job's height near the halving", () => {
  assert.equal(reward("btc", "2016-07-09T16:46:12Z"), 25);
  assert.equal(reward("btc", "2016-07-09T16:46:13Z"), 12.5);
  assert.equal(reward("btc", "2016-07-09T12:00:00Z", 420_000), 12.5);
  assert.equal(reward("btc", "2016-07-09T12:00:00Z", 419_999), 25);
  assert.equal(reward("btc", "2015-07-09T12:00:00Z", 420_000), 25);
  assert.equal(reward("btc", "2008-01-01T00:00:00Z"), null);
});

test("Ethereum pays nothing to miners after the merge, which is unknown and not 0", () => {
  assert.equal(reward("eth", "2017-01-17T00:00:00Z"), 5);
  assert.equal(reward("eth", "2018-01-17T00:00:00Z"), 3);
  assert.equal(reward("eth", "2023-01-17T00:00:00Z"), null);
});

test("algorithms by day, and machines by algorithm", () => {
  assert.equal(algorithmOn("xmr", "2017-07-14"), "cn/0");
  assert.equal(algorithmOn("xmr", "2019-11-29"), "cn/r");
  assert.equal(algorithmOn("xmr", "2019-11-30"), "rx/0");
  assert.equal(algorithmOn("btc", "2019-11-30"), "sha256d");
  assert.equal(algorithmOn("xmr", "2013-01-01"), null);
  assert.deepEqual(
    serverRates("cn/0").map(({ lowHps, highHps }) => [lowHps, highHps]),
    [
      [250, 500],
      [1000, 1000],
    ],
  );
  assert.deepEqual(serverRates("sha256d"), []);
  assert.deepEqual(serverRates(null), []);
});
