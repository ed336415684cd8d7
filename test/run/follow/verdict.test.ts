import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_FOLLOWED } from "../../../src/model/case.ts";
import type { CaseTrace } from "../../../src/model/trace.ts";
import { followVerdict } from "../../../src/run/follow/verdict.ts";
import { followedCase } from "../../kit/followed/case.ts";
import { theftTrace } from "../../kit/followed/theft.ts";

const CASE = followedCase();

test("a theft is told in one sentence: how much, worth what, who got it, what cannot be followed", () => {
  const { headline, severity } = followVerdict(CASE);
  assert.equal(severity, "high");
  assert.equal(
    headline,
    "70.10 BTC (worth $835,830 – $1,007,274 when it came), received on 2017-12-06: " +
      "53.1 % went to Huobi, Binance and ShapeShift (34.4 % by tags that are contradicted or to be " +
      "doubted), 28.5 % went into CoinJoins, 18.3 % lies unspent",
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

const [FIFO] = CASE.traces;
assert.ok(FIFO !== undefined);

const alone = (trace: Partial<CaseTrace>) =>
  followVerdict({ ...CASE, traces: [{ ...FIFO, ...trace }], revenues: [], swaps: [] });

test("where blocks are missing nothing is said to be unspent, nor that it can be watched", () => {
  const outputs = FIFO.outputs.map((output) => ({ ...output, spent: null }));
  const { headline, says, wouldChange } = alone({ outputs });
  assert.match(headline, /18\.3 % has no spend seen in the blocks that are held \(blocks are missing\)$/);
  assert.doesNotMatch([headline, ...says, ...wouldChange].join(), /unspent|watched/);
  assert.ok(wouldChange.some((one) => one.startsWith("The blocks that are missing")));
});

test("what was unspent at a cut-off that was asked for is not watched: a later cut-off tells more", () => {
  const { headline, says, wouldChange } = alone({
    until: { height: null, hash: null, at: "2017-12-10T00:00:00.000000Z", asked: "2017-12-10" },
  });
  assert.match(headline, /18\.3 % was unspent at the cut-off that was asked for \(2017-12-10\)$/);
  assert.doesNotMatch([headline, ...says].join(), /watched|unknown/);
  assert.ok(wouldChange.some((one) => one.startsWith("A later cut-off than 2017-12-10")));
});

test("backwards the headline says where it came from, also where the source does not hold it", () => {
  const stops = ["coinbase", "not-in-source"] as const;
  const outputs = FIFO.outputs.slice(0, 2).map((output, at) => ({
    ...output,
    dirtySats: "3505000000",
    stop: stops[at] ?? "coinbase",
    stopSays: "newly mined, block 9",
  }));
  const totals = { seedSats: "7010000000", dirtySats: "7010000000", feeSats: "0", burntSats: "0" };
  const { headline } = alone({ direction: "backward", outputs, totals });
  assert.match(
    headline,
    /: 50\.0 % was newly mined, block 9, 50\.0 % comes from transactions that the source does not hold$/,
  );
});

test("poison as the only policy says what it reached, never a share or more coins than there were", () => {
  const { headline, says } = followVerdict({
    ...CASE,
    traces: [theftTrace("t1", "poison")],
    revenues: [],
    swaps: [],
  });
  assert.match(headline, /by poison it reached 17 outputs, among them outputs of Huobi, .*reach, not loss$/);
  assert.doesNotMatch([headline, ...says].join(), /%|BTC in|convention “/);
});

test("what the examiner chose is told as a choice and not as the policy's", () => {
  const edges = FIFO.edges.map((edge, at) =>
    at === 0 ? { ...edge, how: "assumed" as const, chosen: true } : edge,
  );
  assert.match(
    alone({ edges }).says.join("\n"),
    /in 1 step the examiner chose where all of it went \(--hop\)/,
  );
});

test("what is too little to follow is the headline where nothing else is told", () => {
  const stopSays = "less than the 100000000000 satoshi from which coins are followed (--min-sats)";
  const outputs = FIFO.outputs.map((output) => ({ ...output, stop: "dust" as const, stopSays }));
  assert.match(alone({ outputs }).headline, /: 99\.9 % is in amounts of less than the 1|: > 99\.9 % is in/);
});

test("a list without anything left out is what was received, and no bound", () => {
  const [revenue] = CASE.revenues;
  assert.ok(revenue !== undefined);
  const revenues = [{ ...revenue, bound: "without-internal" as const, excluded: [] }];
  const { headline } = followVerdict({ ...NOTHING_FOLLOWED, revenues });
  assert.match(headline, /^WannaCry received 51\.90 BTC in 331 transactions/);
  assert.match(headline, /; of it 47\.07 BTC in amounts that were demanded$/);
});

test("a swap record that joins nothing followed is not told as the money's way", () => {
  const swaps = CASE.swaps.map((swap) => ({ ...swap, joins: [] }));
  assert.match(followVerdict(CASE).says.join(), /1 swap record says that 2\.4 BTC became 137\.20114 XMR/);
  assert.doesNotMatch(followVerdict({ ...CASE, swaps }).says.join(), /swap|XMR/);
});

test("doubted names, the worth of what lies still, and why it is high are each a sentence", () => {
  const says = followVerdict(CASE).says.join("\n");
  assert.match(
    says,
    /“Huobi” \(Exchange addresses\) is contradicted by “Bithumb hot wallet” \(Tags of a forum\)/,
  );
  assert.match(
    says,
    /What was unspent, 12\.85 BTC, was worth \$183,589 when it got there and \$642,300 at the last/,
  );
  assert.match(says, /of high severity because the list Exchange addresses names/);
});
