import assert from "node:assert/strict";
import { test } from "node:test";
import type { ValuateOptions } from "../../src/count/account.ts";
import { valuate } from "../../src/count/valuate.ts";
import type { SessionRecord, ShareRecord } from "../../src/model/record.ts";
import type { Valuation } from "../../src/model/valuation.ts";
import { loadMarket } from "../../src/tables/market.ts";
import { counted, DAY, login, START, session, share, shares, wallet } from "./make.ts";

const MARKET = loadMarket(null);
const PLAIN: ValuateOptions = { asOf: null, poolFee: 0 };
/** The shipped table's 2021-04-21: price, difficulty, and issuance ÷ blocks. */
const APRIL_21 = { price: 382.712652985, difficulty: 290140281010, reward: 758.720980161 / 717 };
/** 2020-01-06, in the table's gap. */
const GAP_DAY = Date.parse("2020-01-06T12:00:00Z") * 1000;

function ofCase(of: SessionRecord, own: readonly ShareRecord[], options = PLAIN): Valuation | undefined {
  return valuate([counted(of, own)], MARKET, options).valuations.find(({ about }) => about.kind === "case");
}

const near = (actual: number | undefined, expected: number, part = 1e-9): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= part * Math.abs(expected),
    `${actual} is not ${expected}`,
  );

test("coins are work ÷ difficulty × reward × (1 - fee), money is coins × that day's price", () => {
  const own = shares("s1", [0, 1000]);
  const coins = (1000 * 10_000 * APRIL_21.reward) / APRIL_21.difficulty;
  const free = ofCase(session("s1"), own);
  const charged = ofCase(session("s1"), own, { asOf: null, poolFee: 0.01 });
  near(Number(free?.amount?.estimate), coins * 1e12, 1e-7);
  near(Number(charged?.amount?.estimate), coins * 0.99 * 1e12, 1e-7);
  near(free?.whenMined?.value, coins * APRIL_21.price);
  assert.equal(free?.whenMined?.coveredShare, 1);
  assert.deepEqual(free?.unknownDays, []);
  assert.match(free?.days[0]?.blockRewardSource ?? "", /issuance ÷ blocks of the day, market\/xmr.csv/);
});

test("the interval of coins and money is that of the work", () => {
  const found = ofCase(session("s1"), shares("s1", [0, 10]));
  const ratio = (low: number | string | undefined, all: number | string | undefined) =>
    Number(low) / Number(all);
  const expected = ratio(found?.work.low, found?.work.hashes);
  near(ratio(found?.amount?.low, found?.amount?.estimate), expected, 1e-4);
  near(ratio(found?.whenMined?.low, found?.whenMined?.value), expected, 1e-9);
});

test("each day has its own price; the days' amounts add up to the whole", () => {
  const own = [...shares("s1", [0, 50]), ...shares("s1", [50, 90], { atMicros: START + DAY })];
  const found = ofCase(session("s1", { lastMicros: START + DAY }), own);
  assert.deepEqual(
    found?.days.map(({ date, priceUsd }) => [date, priceUsd]),
    [
      ["2021-04-21", 382.712652985],
      ["2021-04-22", 351.808294547],
    ],
  );
  const sum = found?.days.reduce((total, { amount }) => total + BigInt(amount?.estimate ?? "0"), 0n);
  assert.equal(found?.amount?.estimate, sum?.toString());
  near(
    found?.whenMined?.value,
    (found?.days ?? []).reduce((total, { value }) => total + (value?.value ?? 0), 0),
  );
});

test("three moments, each with its date, age and source", () => {
  const { whenMined, asOf, lastKnown } =
    ofCase(session("s1"), shares("s1", [0, 9]), { asOf: "2017-12-29", poolFee: 0 }) ?? {};
  assert.deepEqual([whenMined?.date, whenMined?.ageDays], [null, null]);
  assert.deepEqual([asOf?.date, asOf?.ageDays, asOf?.source], ["2017-12-29", 1209, "market/xmr.csv"]);
  assert.deepEqual([lastKnown?.date, lastKnown?.ageDays], ["2021-05-03", -12]);
  near((asOf?.value ?? 0) / (lastKnown?.value ?? 1), 357.8298 / 413.458810546, 1e-4);
});

test("2021-04-16 has coins and money, the day before is unknown and said so, never 0", () => {
  const on = (day: string) =>
    valuate(
      [counted(session("s1"), [share("s1", 1, { atMicros: Date.parse(`${day}T23:59:59Z`) * 1000 })])],
      MARKET,
      PLAIN,
    );
  const after = on("2021-04-16");
  assert.ok(after.valuations[0]?.amount !== null && after.valuations[0]?.whenMined !== null);
  assert.deepEqual(after.gaps, []);
  const before = on("2021-04-15");
  assert.deepEqual(before.valuations[0]?.unknownDays, [
    { date: "2021-04-15", missing: "difficulty" },
    { date: "2021-04-15", missing: "price" },
  ]);
  const { amount, whenMined, lastKnown, days } = before.valuations[0] ?? {};
  assert.deepEqual([amount, whenMined, lastKnown, days?.[0]?.value], [null, null, null, null]);
  assert.deepEqual(
    before.gaps.map(({ code, count }) => [code, count]),
    [
      ["no-difficulty", 1],
      ["no-price", 1],
    ],
  );
  assert.match(
    before.gaps[1]?.says ?? "",
    /2021-04-15 \(the nearest days with one are 2019-10-30 and 2021-04-16\)/,
  );
});

test("a span that is known in part is a lower bound and says which part", () => {
  const own = [...shares("s1", [0, 30]), ...shares("s1", [30, 40], { atMicros: GAP_DAY })];
  const found = ofCase(session("s1", { firstMicros: GAP_DAY }), own);
  assert.equal(found?.whenMined?.coveredShare, 0.75);
  assert.equal(found?.work.hashes, 400_000);
  assert.equal(found?.amount?.estimate, ofCase(session("s1"), shares("s1", [0, 30]))?.amount?.estimate);
});

test("a day asked for without a price is a gap", () => {
  const { valuations, gaps } = valuate([counted(session("s1"), shares("s1", [0, 3]))], MARKET, {
    asOf: "2020-01-06",
    poolFee: 0,
  });
  assert.equal(valuations[0]?.asOf, null);
  assert.match(gaps[0]?.says ?? "", /No price of XMR is known for 2020-01-06/);
});

test("Bitcoin: difficulty from the job's nBits, reward from the halvings, price from the table", () => {
  const at = Date.parse("2020-05-12T00:00:00Z") * 1000;
  const job = { atMicros: at, expectedHashes: 2 ** 60, networkDifficulty: 16104807485529, height: 630_100 };
  const btc = session("s1", { coin: "btc", algorithm: "sha256d", firstMicros: at, lastMicros: at });
  const found = ofCase(btc, shares("s1", [0, 100], job));
  near(Number(found?.amount?.estimate), ((100 * 2 ** 60) / (16104807485529 * 2 ** 32)) * 6.25e8, 1e-4);
  assert.equal(found?.days[0]?.difficultySource, "nBits of the jobs");
  assert.equal(found?.days[0]?.priceUsd, MARKET.price("btc", "2020-05-12")?.value);
});

test("where jobs differ, difficulty and reward are the means by which the day's estimate comes out", () => {
  const at = Date.parse("2020-05-12T00:00:00Z") * 1000;
  const btc = session("s1", { coin: "btc", algorithm: "sha256d", firstMicros: at, lastMicros: at });
  const job = (n: number, networkDifficulty: number, over: Partial<ShareRecord> = {}) =>
    share("s1", n, { atMicros: at, expectedHashes: 2 ** 70, networkDifficulty, height: 630_100, ...over });
  // 629,999 was the last block of 12.5: near the halving the job's height decides.
  const own = [
    job(1, 16e12),
    job(2, 12e12, { height: 629_999, expectedHashes: 2 ** 71 }),
    job(3, 9e12, { outcome: "rejected" }),
    job(4, 30e12, { outcome: "unanswered" }),
  ];
  const [day] = ofCase(btc, own, { asOf: null, poolFee: 0.02 })?.days ?? [];
  assert.ok(day?.amount != null && day.networkDifficulty !== null && day.blockReward !== null);
  assert.ok(Number(day.blockReward) > 6.25e8 && Number(day.blockReward) < 12.5e8);
  const blocks = day.work.hashes / (day.networkDifficulty * (2 ** 48 / 0xffff));
  near(blocks * Number(day.blockReward) * 0.98, Number(day.amount.estimate), 1e-7);
});

test("a day of unanswered shares only has their means, a rejected share none", () => {
  const at = Date.parse("2020-05-12T00:00:00Z") * 1000;
  const btc = session("s1", { coin: "btc", firstMicros: at, lastMicros: at });
  const job = { atMicros: at, networkDifficulty: 16e12, height: 630_100 };
  const open = { ...job, outcome: "unanswered" } as const;
  const bad = { ...job, networkDifficulty: 9e12, outcome: "rejected" } as const;
  const [day] = ofCase(btc, [share("s1", 1, open), share("s1", 2, bad)])?.days ?? [];
  assert.deepEqual([day?.networkDifficulty, day?.blockReward], [16e12, "625000000"]);
});

test("the reward is that of the share's minute: a halving within the hour counts", () => {
  const halving = Date.parse("2020-05-11T19:23:43Z") * 1000;
  const of = (...moments: number[]) => {
    const btc = session("s1", { coin: "btc", firstMicros: halving, lastMicros: halving });
    const own = moments.map((atMicros, n) => share("s1", n, { atMicros, networkDifficulty: 16e12 }));
    return ofCase(btc, own)?.days[0]?.blockReward;
  };
  assert.equal(of(halving - 10 * 60e6), "1250000000");
  assert.equal(of(halving + 10 * 60e6), "625000000");
  assert.equal(of(halving - 10 * 60e6, halving + 10 * 60e6), "937500000");
});

test("a share without nBits takes the mean of that day's jobs, not of another day's", () => {
  const at = Date.parse("2020-05-12T00:00:00Z") * 1000;
  const btc = session("s1", { coin: "btc", firstMicros: at, lastMicros: at });
  const known = share("s1", 1, { atMicros: at, networkDifficulty: 16e12 });
  const bare = share("s1", 2, { atMicros: at + 1 });
  assert.equal(ofCase(btc, [known, bare])?.days[0]?.networkDifficulty, 16e12);
  const nextDay = ofCase(btc, [known, { ...bare, atMicros: at + DAY }]);
  assert.deepEqual(nextDay?.unknownDays, [{ date: "2020-05-13", missing: "difficulty" }]);
});

test("nBits that contradict the day's difficulty are not believed: the table's is used", () => {
  const at = Date.parse("2017-01-17T12:00:00Z") * 1000;
  const eth = session("s1", { coin: "eth", firstMicros: at, lastMicros: at });
  const easy = ofCase(eth, [share("s1", 1, { atMicros: at, networkDifficulty: 1 })]);
  assert.equal(easy?.days[0]?.difficultySource, "market/eth.csv");
});

test("a coin without a table has work, no amount and a gap; a session without a coin a gap", () => {
  const { valuations, gaps } = valuate(
    [
      counted(session("s1", { coin: "wow" }), shares("s1", [0, 3])),
      counted(session("s2", { coin: null, client: { ip: "192.0.2.11", port: 1 } }), shares("s2", [9, 12])),
    ],
    MARKET,
    PLAIN,
  );
  assert.deepEqual(
    [valuations[0]?.coin, valuations[0]?.amount, valuations[0]?.work.hashes],
    ["wow", null, 30_000],
  );
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["unknown-coin", "unknown-coin", "no-price"],
  );
  assert.ok(valuations.every(({ coin }) => coin === "wow"));
});

test("nothing mined is not valued; an unanswered share is, from 0 up", () => {
  assert.equal(ofCase(session("s1"), []), undefined);
  assert.equal(ofCase(session("s1"), shares("s1", [0, 4], { outcome: "rejected" })), undefined);
  const open = ofCase(session("s1"), shares("s1", [0, 4], { outcome: "unanswered" }));
  assert.equal(open?.amount?.estimate, "0");
  assert.ok(Number(open?.amount?.high) > 0);
});

test("duplicates are not valued; case, host, wallet, account, worker and session are, in that order", () => {
  const two = [login(), login({ wallet: null, account: "bob" })];
  const own = [share("s1", 1), share("s1", 2, { login: 1 })];
  const copy = { ...counted(session("s2"), shares("s2", [1, 3])), duplicateOf: "s1" };
  const { valuations } = valuate([counted(session("s1", { logins: two }), own), copy], MARKET, PLAIN);
  assert.deepEqual(
    valuations.map(({ id, about, work }) => `${id} ${about.kind} ${about.id} ${work.hashes}`),
    [
      "v1 case case 20000",
      "v2 host 192.0.2.10 20000",
      "v3 wallet 4Wallet 10000",
      "v4 account bob 10000",
      "v5 worker 4Wallet/web 10000",
      "v6 worker bob/web 10000",
      "v7 session s1 20000",
    ],
  );
});

test("300 wallets are valued one by one; with one more, the least is left out and that is said", () => {
  const many = (count: number) =>
    valuate(
      Array.from({ length: count }, (_, n) => {
        const of = session(`s${n + 1}`, { logins: [login({ wallet: wallet(`4W${n}`), worker: null })] });
        return counted(of, shares(of.id, [n * 10, n * 10 + (n === 7 ? 1 : 2)]));
      }),
      MARKET,
      PLAIN,
    );
  assert.deepEqual(many(300).gaps, []);
  const { valuations, gaps } = many(301);
  assert.equal(valuations.filter(({ about }) => about.kind === "wallet").length, 300);
  assert.ok(!valuations.some(({ about }) => about.id === "4W7"));
  assert.deepEqual(
    gaps.map(({ code, count }) => [code, count]),
    [
      ["dropped-details", 1],
      ["dropped-details", 1],
    ],
  );
});

test("shares of unknown difficulty are a gap a piece of evidence, those of a duplicate none", () => {
  const unknown = { expectedHashes: null };
  const other = { ...unknown, place: { evidence: "e2", atByte: 7, byteLength: 1, packet: 1, line: null } };
  const own = [...shares("s1", [0, 2], unknown), share("s1", 2, other), share("s1", 3)];
  const copy = { ...counted(session("s2"), shares("s2", [0, 2], unknown)), duplicateOf: "s1" };
  const { gaps } = valuate([counted(session("s1"), own), copy], MARKET, PLAIN);
  assert.deepEqual(
    gaps.map(({ code, count, place }) => `${code} ${count} ${place.evidence} ${place.atByte}`),
    ["unexplained-share 2 e1 0", "unexplained-share 1 e2 7"],
  );
});

test("a fee is a fraction", () => {
  assert.throws(() => valuate([], MARKET, { asOf: null, poolFee: 1.5 }), RangeError);
});
