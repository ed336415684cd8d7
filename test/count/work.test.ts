import assert from "node:assert/strict";
import { test } from "node:test";
import { hashrate } from "../../src/count/hashrate.ts";
import { peak } from "../../src/count/peak.ts";
import { series } from "../../src/count/series.ts";
import { sums } from "../../src/count/sums.ts";
import { workOf } from "../../src/count/work.ts";
import { counted, DAY, HOUR, login, SECOND, START, session, share, shares, wallet } from "./make.ts";

const near = (actual: number | undefined, expected: number, part = 1e-6): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= part * Math.abs(expected),
    `${actual} is not ${expected}`,
  );

test("one difficulty: Garwood's factors of the count, 0.48–1.84 at ten shares", () => {
  const work = workOf(shares("s1", [0, 10]), "hashes");
  assert.equal(work?.hashes, 100_000);
  near(work?.low, 47_954, 1e-4);
  near(work?.high, 183_904, 1e-4);
});

test("several difficulties are wider than as many equal ones, and contain the estimate", () => {
  const mixed = [...shares("s1", [0, 9]), share("s1", 9, { expectedHashes: 90_000 })];
  const work = workOf(mixed, "hashes");
  assert.equal(work?.hashes, 180_000);
  assert.ok((work?.low ?? 0) < 180_000 * 0.5 && (work?.high ?? 0) > 180_000 * 1.9);
});

test("unanswered shares widen upwards only, rejected ones add nothing", () => {
  const ten = shares("s1", [0, 10]);
  const plain = workOf(ten, "hashes");
  const open = workOf([...ten, ...shares("s1", [10, 20], { outcome: "unanswered" })], "hashes");
  const rejected = workOf([...ten, ...shares("s1", [10, 20], { outcome: "rejected" })], "hashes");
  assert.deepEqual([open?.hashes, open?.low], [plain?.hashes, plain?.low]);
  assert.equal(open?.high, workOf(shares("s1", [0, 20]), "hashes")?.high);
  assert.deepEqual(rejected, plain);
});

test("only rejected shares: nothing done, and at most what no share can rule out; none known: null", () => {
  const work = workOf(shares("s1", [0, 3], { outcome: "rejected" }), "hashes");
  assert.deepEqual([work?.hashes, work?.low], [0, 0]);
  near(work?.high, 36_889, 1e-4);
  assert.equal(workOf(shares("s1", [0, 3], { expectedHashes: null }), "hashes"), null);
  assert.equal(workOf([], "hashes"), null);
});

test("a share of unknown difficulty is left out of the work", () => {
  const work = workOf([...shares("s1", [0, 2]), share("s1", 3, { expectedHashes: null })], "hashes");
  assert.equal(work?.hashes, 20_000);
});

test("hash rate: work over first to last message, and over the last 15 minutes beside it", () => {
  const busyEnd = shares("s1", [2700, 3600]);
  const rate = hashrate(counted(session("s1"), busyEnd));
  near(rate.whole?.estimate, 2500);
  near(rate.last15Min?.estimate, 10_000);
});

test("a session of 15 minutes has one rate; idle minutes are 0 with an upper end, not unknown", () => {
  const short = counted(session("s1", { lastMicros: START + 900 * SECOND }), shares("s1", [0, 900]));
  assert.deepEqual(hashrate(short).last15Min, hashrate(short).whole);
  const idle = hashrate(counted(session("s1"), shares("s1", [0, 10]))).last15Min;
  assert.equal(idle?.estimate, 0);
  near(idle?.high, (3.688879 * 10_000) / 900, 1e-4);
});

test("no rate without time, and none without known work", () => {
  const instant = counted(session("s1", { lastMicros: START }), [share("s1", 0)]);
  assert.deepEqual(hashrate(instant), { whole: null, last15Min: null });
  assert.deepEqual(hashrate(counted(session("s1"), [])), { whole: null, last15Min: null });
});

test("sums add up by host, wallet, account, worker and day", () => {
  const two = [login(), login({ wallet: null, account: "bob", worker: null })];
  const night = session("s1", { logins: two, lastMicros: START + DAY + HOUR });
  const late = { login: 1, atMicros: START + DAY };
  const own = [
    ...shares("s1", [0, 6]),
    ...shares("s1", [6, 9], late),
    share("s1", 9, { outcome: "rejected" }),
  ];
  const found = sums([counted(night, own)]).map(
    ({ kind, id, shares: { accepted, rejected }, work }) =>
      `${kind} ${id} ${accepted}+${rejected} ${work?.hashes}`,
  );
  assert.deepEqual(found, [
    "host 192.0.2.10 9+1 90000",
    "wallet 4Wallet 6+1 60000",
    "account bob 3+0 30000",
    "worker 4Wallet/web 6+1 60000",
    "day 2021-04-21 6+1 60000",
    "day 2021-04-22 3+0 30000",
  ]);
});

test("sums leave duplicates out, and tell no work over different coins", () => {
  const one = counted(session("s1"), shares("s1", [0, 5]));
  const copy = { ...counted(session("s2"), shares("s2", [0, 5])), duplicateOf: "s1" };
  assert.equal(sums([one, copy])[0]?.shares.accepted, 5);
  const eth = counted(session("s3", { coin: "eth" }), shares("s3", [0, 5]));
  const [host] = sums([one, eth]);
  assert.deepEqual([host?.coins, host?.work, host?.hashrateHps], [["eth", "xmr"], null, null]);
});

test("a sum's rate is the highest of what overlaps: reconnecting does not add, a second miner does", () => {
  const rate = (second: number): number | undefined => {
    const next = session("s2", { firstMicros: START + second, lastMicros: START + second + HOUR });
    const all = [counted(session("s1"), shares("s1", [0, 360])), counted(next, shares("s2", [0, 360]))];
    return sums(all).find(({ kind }) => kind === "host")?.hashrateHps?.estimate;
  };
  near(rate(HOUR), 1000);
  near(rate(HOUR - 1), 2000);
});

test("the interval of a sum of rates adds the squares of the distances", () => {
  const rate = { estimate: 100, low: 97, high: 104 };
  const sum = peak([
    { fromMicros: 0, toMicros: 10, rate },
    { fromMicros: 0, toMicros: 10, rate },
  ]);
  assert.equal(sum?.estimate, 200);
  near(sum?.low, 200 - Math.sqrt(18));
  near(sum?.high, 200 + Math.sqrt(32));
  assert.equal(peak([]), null);
});

test("series: slices begin at whole minutes, hold accepted work, and are at most 200", () => {
  const short = series([
    counted(session("s1"), [...shares("s1", [0, 90]), share("s1", 91, { outcome: "rejected" })]),
  ]);
  assert.deepEqual(short[0]?.points, [
    { at: "2021-04-21T00:00:00.000000Z", shares: 60, hashes: 600_000 },
    { at: "2021-04-21T00:01:00.000000Z", shares: 30, hashes: 300_000 },
  ]);
  const year = Array.from({ length: 400 }, (_, n) => share("s1", n, { atMicros: START + n * DAY + 7 }));
  const [long] = series([counted(session("s1"), year)]);
  assert.ok((long?.points.length ?? 0) <= 200);
  assert.equal(
    long?.points.reduce((sum, point) => sum + point.shares, 0),
    400,
  );
  assert.deepEqual(series([counted(session("s1"), [])]), []);
});

test("workers are told apart by who is paid", () => {
  const logins = [login(), login({ wallet: wallet("4Other") })];
  const own = [share("s1", 1), share("s1", 2, { login: 1 })];
  const workers = sums([counted(session("s1", { logins }), own)]).filter(({ kind }) => kind === "worker");
  assert.deepEqual(
    workers.map(({ id }) => id),
    ["4Other/web", "4Wallet/web"],
  );
});
