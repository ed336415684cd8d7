import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_FOLLOWED } from "../../../src/model/case.ts";
import { followVerdict } from "../../../src/run/follow/verdict.ts";
import { followedCase } from "../../kit/followed/case.ts";
import { theftTrace } from "../../kit/followed/theft.ts";

const CASE = followedCase();

test("a theft is told in one sentence: how much, worth what, who got it, what cannot be followed", () => {
  const { headline, severity } = followVerdict(CASE);
  assert.equal(severity, "high");
  assert.equal(
    headline,
    "70.10 BTC (worth $835,830 – $1,007,274 when it came), received from 2017-12-06 on: " +
      "53.1 % went to Huobi, Binance and ShapeShift, 28.5 % into CoinJoins, 18.3 % lies unspent",
  );
});

test("what is seen and what is a convention are told apart", () => {
  const says = followVerdict(CASE).says.join("\n");
  assert.match(
    says,
    /in 6 of 30 steps other coins were mixed in, and which went where is the convention “FIFO”/,
  );
  const pure = CASE.traces.map((trace) => ({
    ...trace,
    edges: trace.edges.map((edge) => ({ ...edge, how: "inferred" as const })),
  }));
  assert.match(followVerdict({ ...CASE, traces: pure }).says.join("\n"), /no convention was needed/);
});

test("poison is never among the policies that say what services have", () => {
  const says = (policies: readonly ("fifo" | "poison" | "haircut")[]) =>
    followVerdict({ ...CASE, traces: policies.map((policy, at) => theftTrace(`t${at + 1}`, policy)) }).says;
  assert.ok(!says(["fifo", "poison"]).some((one) => /policies that add up/.test(one)));
  assert.ok(says(["fifo", "haircut", "poison"]).some((one) => /By both policies that add up/.test(one)));
});

test("a revenue alone leads, as a lower bound with what is left out; an unknown worth is no 0", () => {
  const { headline } = followVerdict({ ...NOTHING_FOLLOWED, revenues: CASE.revenues });
  assert.match(
    headline,
    /^WannaCry took in at least 47\.07 BTC in 232 transactions \(worth \$82,471 – \$87,529/,
  );
  assert.match(headline, /4\.860 BTC more came in and is not counted$/);
  const unpriced = CASE.revenues.map((revenue) => ({
    ...revenue,
    counts: revenue.counts.map((one) => ({
      ...one,
      worth: one.worth.map((worth) => ({ ...worth, open: null, high: null, low: null, close: null })),
    })),
  }));
  const unknown = followVerdict({ ...NOTHING_FOLLOWED, revenues: unpriced }).headline;
  assert.match(unknown, /worth unknown: no price is known/);
  assert.doesNotMatch(unknown, /\$0/);
});

test("severity is what lists say of where the coins came from, and nothing more", () => {
  const harmless = CASE.tags.filter(({ abuse }) => abuse === null);
  assert.equal(followVerdict({ ...CASE, tags: harmless }).severity, "info");
});

test("nothing followed says so", () => {
  assert.deepEqual(followVerdict(NOTHING_FOLLOWED).headline, "Nothing was found that could be followed");
});

test("a list of payments tells what came in, and that it does not tell what became of it", () => {
  const [fifo] = CASE.traces;
  assert.ok(fifo !== undefined);
  const outputs = fifo.outputs.map((output) => ({ ...output, stop: "not-in-source" as const }));
  const listed = { ...CASE, traces: [{ ...fifo, edges: [], outputs }] };
  const { headline, says } = followVerdict(listed);
  assert.match(headline, /^WannaCry took in/);
  assert.ok(says.includes("The source does not tell what became of what came in"));
  assert.match(followVerdict({ ...listed, revenues: [] }).headline, /99\.9 % was lost sight of$/);
});
