import assert from "node:assert/strict";
import { test } from "node:test";
import { dwell } from "../../src/count/dwell.ts";
import type { Facts } from "../../src/model/facts.ts";
import type { Finding } from "../../src/model/finding.ts";
import { bytesAt } from "../../src/model/place.ts";
import { loadMarket } from "../../src/tables/market.ts";
import { factsOf } from "../kit/facts.ts";
import { START_MICROS } from "../kit/host-facts.ts";
import { finding } from "../kit/sample-parts.ts";

const DAY = 86_400e6;
const market = loadMarket(null);

type Log = { readonly from: number; readonly to: number; readonly hps?: readonly number[] };

/** A miner's log with its first and last line, in days after the fixtures' start. */
function log({ from, to, hps = [1000] }: Log) {
  const firstMicros = START_MICROS + from * DAY;
  const rates = hps.map((rate, at) => ({
    atMicros: firstMicros + at,
    hps: rate,
    place: bytesAt("e1", at, 9),
  }));
  return { kind: "miner-log" as const, firstMicros, lastMicros: START_MICROS + to * DAY, rates };
}

function mining(facts: Facts): Finding[] {
  const places = [...facts.process, ...facts["miner-log"]].map(({ place }) => place);
  const basis = places.map((place) => ({ place, how: "seen" as const, says: "", excerpt: null }));
  return [finding("f1", { host: "h1", stage: "mining", basis })];
}

function dwellOf(facts: Facts, collectedLastMicros: number | null = null) {
  return dwell({ host: "h1", facts, findings: mining(facts), market, poolFee: 0, collectedLastMicros });
}

const CONFIG = {
  kind: "miner-config" as const,
  pools: [{ url: "p:1", coin: "monero", algorithm: null, user: null }],
};

test("from the first to the last sign, with the rate that was logged", () => {
  const { dwell: found, contradictions } = dwellOf(
    factsOf({ why: "two days", host: [log({ from: 0, to: 2, hps: [900, 1100] }), CONFIG] }),
  );
  assert.equal(found?.seconds, 2 * 86_400);
  assert.deepEqual(found?.observedHps, { estimate: 1000, low: 900, high: 1100 });
  assert.equal(found?.coin, "xmr");
  assert.deepEqual(found?.extrapolated?.hashes, {
    estimate: 1728e5,
    low: 900 * 172_800,
    high: 1100 * 172_800,
  });
  assert.ok((found?.extrapolated?.amount?.estimate ?? 0) > 0, "the days of 2021-04 are in the tables");
  assert.ok((found?.extrapolated?.usd?.high ?? 0) > (found?.extrapolated?.usd?.low ?? 0));
  assert.deepEqual(contradictions, []);
});

test("a log of January and a process of November are a contradiction and not ten months of mining", () => {
  const { dwell: found, contradictions } = dwellOf(
    factsOf({
      why: "clocks disagree",
      host: [
        log({ from: 0, to: 0.01 }),
        { kind: "process", pid: 11, at: 312 * 86_400, startedMicros: START_MICROS + 312 * DAY - 60e6 },
      ],
    }),
  );
  assert.equal(found?.seconds, 864);
  assert.equal(contradictions.length, 1);
  assert.match(contradictions[0]?.says ?? "", /312 days later: nothing shows that it ran between the two/);
  assert.equal(contradictions[0]?.places.length, 2);
});

test("a process that runs since the log began fills the silence of its log", () => {
  const { dwell: found, contradictions } = dwellOf(
    factsOf({
      why: "one long stay",
      host: [
        log({ from: 0, to: 1 }),
        { kind: "process", pid: 11, at: 40 * 86_400, startedMicros: START_MICROS },
      ],
    }),
  );
  assert.equal(found?.seconds, 40 * 86_400);
  assert.deepEqual(contradictions, []);
});

test("a silence of a day is one stay, a longer one two", () => {
  const at = (days: number) =>
    dwellOf(factsOf({ why: "twins", host: [log({ from: 0, to: 1 }), log({ from: 1 + days, to: 3 })] }));
  assert.equal(at(1).contradictions.length, 0);
  assert.equal(at(1.0001).contradictions.length, 1);
});

test("a sign after the host was collected says that a clock was wrong", () => {
  const { contradictions } = dwellOf(
    factsOf({ why: "future", host: [log({ from: 0, to: 5 })] }),
    START_MICROS + DAY,
  );
  assert.match(contradictions[0]?.says ?? "", /after the host was collected/);
});

test("a log whose accepted shares cannot come from its rate is a contradiction", () => {
  const of = (accepted: number) =>
    dwellOf(
      factsOf({
        why: "claims",
        host: [{ ...log({ from: 0, to: 1 }), accepted, acceptedHashes: accepted * 100_000 }],
      }),
    ).contradictions;
  // 1,000 H/s over a day bring 864 shares of 100,000.
  assert.deepEqual(of(864), []);
  assert.deepEqual(of(500), []);
  assert.match(of(60)[0]?.says ?? "", /864 shares.*60 accepted/);
});

test("without a day's difficulty there are hashes and no coins; without a sign there is nothing", () => {
  const late = dwellOf(factsOf({ why: "2030", host: [log({ from: 3400, to: 3401 }), CONFIG] })).dwell;
  assert.ok((late?.extrapolated?.hashes.estimate ?? 0) > 0);
  assert.equal(late?.extrapolated?.amount, null);
  assert.equal(late?.extrapolated?.usd, null);
  assert.match(late?.extrapolated?.says ?? "", /difficulty of a day is not in the tables/);
  assert.equal(dwellOf(factsOf({ why: "nothing" })).dwell, null);
});
