import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseIso } from "../../../../src/bytes/time.ts";
import type { RevenueOptions } from "../../../../src/follow/bitcoin/revenue/options.ts";
import { revenueOf } from "../../../../src/follow/bitcoin/revenue/revenue.ts";
import type { ChainTx } from "../../../../src/model/chain.ts";
import type { Revenue, RevenueCount } from "../../../../src/model/follow-case.ts";
import { loadMarket } from "../../../../src/tables/market.ts";
import { parseBand } from "../../../../src/tables/ransom-demands.ts";
import { madeTx, txidOf } from "../../../kit/chain/made-tx.ts";
import { listedTx } from "../../../kit/chain/payment-list.ts";

const MARKET = loadMarket(null);
const BTC = 100_000_000n;
const micros = (iso: string): number => parseIso(iso) ?? Number.NaN;
/** The close of that day is $1,724.239990. */
const MAY_12 = micros("2017-05-12T12:00:00Z");

function counted(txs: readonly ChainTx[], over: Partial<RevenueOptions> = {}): Revenue {
  return revenueOf(txs, {
    ...{ id: "v1", about: "a family", addresses: ["A", "B"], claims: [] },
    ...{ untilMicros: null, campaign: null, demands: [], sameOwner: () => false, doubts: new Map() },
    prices: { market: MARKET, coin: "btc" },
    ...{ asOf: null, cashOut: null },
    ...over,
  });
}

const sum = ({ counts }: Revenue, id: RevenueCount["id"]): string | undefined =>
  counts.find((count) => count.id === id)?.sats;
const rules = ({ excluded }: Revenue): readonly unknown[] =>
  excluded.map(({ rule, transactions, outputs, sats }) => [rule, transactions, outputs, sats]);

function bands(...texts: readonly string[]): RevenueOptions["demands"] {
  return texts.map((text) => {
    const band = parseBand(text);
    assert.ok(band !== null, text);
    return band;
  });
}

test("a transaction that pays several of the addresses is one payment; other outputs do not count", () => {
  const tx = madeTx("t", {
    in: [{ sats: 1000 }],
    out: [
      { sats: 1, address: "A" },
      { sats: 2, address: "B" },
      { sats: 4, address: "A" },
      { sats: 8, address: "C" },
    ],
  });
  const revenue = counted([tx, tx]);
  const [all] = revenue.counts;
  assert.deepEqual([all?.transactions, all?.outputs, all?.sats], [1, 3, "7"]);
  assert.deepEqual(
    revenue.byAddress.map(({ address, outputs, sats }) => [address, outputs, sats]),
    [
      ["A", 2, "5"],
      ["B", 1, "2"],
    ],
  );
});

test("a list shows a transaction once for every address: the views are put together, doubles kept", () => {
  const at = { atMicros: MAY_12 };
  const views = [
    listedTx("t", {
      ...at,
      paid: [
        ["A", 5n],
        ["A", 5n],
      ],
    }),
    listedTx("t", { ...at, paid: [["B", 7n]] }),
    listedTx("t", { ...at, paid: [["A", 5n]] }),
  ];
  const revenue = counted(views);
  assert.deepEqual([revenue.counts[0]?.transactions, sum(revenue, "all")], [1, "17"]);
  assert.match(
    revenue.cautions[0]?.says ?? "",
    /1 output \(0\.00000005 BTC\), which the source does not number/,
  );
});

test("what the addresses or others of their owner send came from no victim", () => {
  const txs = [
    madeTx("change", { in: [{ sats: 90, address: "A" }], out: [{ sats: 80, address: "A" }, { sats: 9 }] }),
    madeTx("swept", { in: [{ sats: 9 }, { sats: 9, address: "Z" }], out: [{ sats: 17, address: "B" }] }),
    madeTx("paid", { in: [{ sats: 50, address: "V" }], out: [{ sats: 49, address: "B" }] }),
  ];
  const revenue = counted(txs, { sameOwner: (address) => address === "Z" });
  assert.deepEqual(rules(revenue), [
    ["own-change", 1, 1, "80"],
    ["same-owner", 1, 1, "17"],
  ]);
  assert.deepEqual([sum(revenue, "all"), sum(revenue, "without-internal")], ["146", "49"]);
  assert.equal(sum(revenue, "excluded"), "97");
  assert.deepEqual(revenue.cautions, []);
});

test("amounts are judged only where senders are unknown; one sender of the family is enough to know", () => {
  const huge = { sats: 11n * BTC, address: "A" };
  const known = madeTx("known", { in: [{ sats: 12n * BTC, address: "V" }], out: [huge] });
  const unknown = madeTx("unknown", {
    in: [{ sats: null, address: null, script: null }],
    out: [huge],
  });
  const part = madeTx("part", {
    in: [
      { sats: null, address: null, script: null },
      { sats: 1, address: "B" },
    ],
    out: [huge],
  });
  const revenue = counted([known, unknown, part], { demands: bands("1btc") });
  assert.deepEqual(rules(revenue), [
    ["own-change", 1, 1, "1100000000"],
    ["beyond-demand", 1, 1, "1100000000"],
  ]);
});

test("ten times the demand is a payment, a satoshi more is set apart", () => {
  const paid = (name: string, sats: bigint) => listedTx(name, { atMicros: MAY_12, paid: [["A", sats]] });
  const revenue = counted([paid("a", 10n * BTC), paid("b", 10n * BTC + 1n)], { demands: bands("0.5-1btc") });
  assert.deepEqual(rules(revenue), [["beyond-demand", 1, 1, "1000000001"]]);
  // 3000 dollars are 1.73989701 BTC at the close.
  const dollars = counted([paid("a", 173_989_700n), paid("b", 173_989_702n)], { demands: bands("300") });
  assert.deepEqual(rules(dollars), [["beyond-demand", 1, 1, "173989702"]]);
});

test("dollars demanded set nothing apart on a day without a price", () => {
  const at = micros("2011-01-01T00:00:00Z");
  const revenue = counted([listedTx("a", { atMicros: at, paid: [["A", 1000n * BTC]] })], {
    demands: bands("300"),
  });
  assert.deepEqual(revenue.excluded, []);
  assert.match(revenue.cautions[0]?.says ?? "", /no price is known for 2011-01-01: the 1000 BTC/);
  const { close, coveredShare } = revenue.counts[0]?.worth[0] ?? {};
  assert.deepEqual([close, coveredShare], [null, 0]);
});

test("the fence needs twenty payments; where half are alike it is ten times the third quartile", () => {
  const paid = (count: number, last: bigint) =>
    Array.from({ length: count }, (_, index) =>
      listedTx(txidOf(`t${index}`), {
        atMicros: MAY_12,
        paid: [["A", index === count - 1 ? last : 1000n]],
      }),
    );
  assert.deepEqual(rules(counted(paid(20, 10_001n))), [["beyond-demand", 1, 1, "10001"]]);
  assert.deepEqual(rules(counted(paid(20, 10_000n))), []);
  const few = counted(paid(19, 10_001n));
  assert.deepEqual(rules(few), []);
  assert.match(few.cautions[0]?.says ?? "", /too few payments to tell by their amounts/);
});

test("both ends of a band are as large as demanded, in dollars at the close or in bitcoin", () => {
  // 250 and 350 dollars are 14,499,141.7 and 20,298,798.4 satoshi.
  const amounts = [14_499_141n, 14_499_142n, 20_298_798n, 20_298_799n];
  const txs = amounts.map((sats) => listedTx(`t${sats}`, { atMicros: MAY_12, paid: [["A", sats]] }));
  assert.equal(sum(counted(txs, { demands: bands("250-350") }), "ransom-sized"), "34797940");
  const inBtc = counted(txs, { demands: bands("0.14499142-0.20298798btc") });
  assert.equal(sum(inBtc, "ransom-sized"), "34797940");
  assert.equal(sum(counted(txs), "ransom-sized"), undefined);
});

test("a transaction is kept in part where only one of the addresses is doubtful", () => {
  const tx = listedTx("t", {
    atMicros: MAY_12,
    paid: [
      ["A", 5n],
      ["B", 7n],
    ],
  });
  const revenue = counted([tx], { doubts: new Map([["B", { says: "older than the family", place: null }]]) });
  assert.deepEqual(rules(revenue), [["doubtful-address", 1, 1, "7"]]);
  assert.equal(sum(revenue, "without-internal"), "5");
  assert.equal(
    revenue.cautions[0]?.says,
    "B: older than the family; its 0.00000007 BTC are in no lower bound",
  );
});

test("cut-off and campaign include their ends; what has no time counts without a cut-off alone", () => {
  const paid = (name: string, atMicros: number | null) => listedTx(name, { atMicros, paid: [["A", 1n]] });
  const txs = [paid("a", MAY_12 - 1), paid("b", MAY_12), paid("c", MAY_12 + 1), paid("d", null)];
  const until = counted(txs, { untilMicros: MAY_12 });
  assert.deepEqual([sum(until, "all"), until.until], ["2", "2017-05-12T12:00:00.000000Z"]);
  assert.match(
    until.cautions[0]?.says ?? "",
    /1 transaction \(0\.00000001 BTC\) have no time: with a cut-off/,
  );
  const campaign = counted(txs, { campaign: { fromMicros: MAY_12, toMicros: MAY_12 } });
  assert.deepEqual([sum(campaign, "all"), sum(campaign, "without-internal")], ["4", "1"]);
  assert.deepEqual(rules(campaign), [["outside-campaign", 3, 3, "3"]]);
  assert.equal(counted(txs).counts[0]?.worth[0]?.coveredShare, 0.75);
});

test("what was moved on is worth what it was that day; what lies still is not covered", () => {
  const paid = [0, 1].map((n) =>
    madeTx(`paid${n}`, { atMicros: MAY_12, in: [{ sats: BTC + 9n }], out: [{ sats: BTC, address: "A" }] }),
  );
  const moved = madeTx("moved", {
    atMicros: micros("2017-08-03T03:30:00Z"),
    in: [{ sats: BTC, address: "A", of: [txidOf("paid0"), 0] }],
    out: [{ sats: BTC - 9n }],
  });
  const worths = (over: Partial<RevenueOptions>, txs = [...paid, moved]) =>
    counted(txs, over).counts[0]?.worth.map(({ moment, date, close, coveredShare }) => [
      ...[moment, date, close, coveredShare],
    ]);
  // The close of 2017-08-03 is 2,804.73 dollars.
  assert.deepEqual(worths({})?.[1], ["cash-out", null, 2804.73, 0.5]);
  assert.deepEqual(worths({ cashOut: "2017-08-03" })?.[1], ["cash-out", "2017-08-03", 5609.46, 1]);
  assert.deepEqual(
    worths({}, paid)?.map(([moment]) => moment),
    ["receipt", "last-known"],
  );
});

test("dollars of the source are compared with the range of the day, and never summed", () => {
  const claim = (txid: string, usd: number) => ({
    ...{ txid, address: "A", valueSats: BTC, atMicros: MAY_12, usd },
    place: { evidence: "e1", atByte: 7, byteLength: 1, packet: null, line: null },
  });
  const txs = ["a", "b", "c"].map((txid) => listedTx(txid, { atMicros: MAY_12, paid: [["A", BTC]] }));
  // The day's high is 1,856.15 dollars; a hundredth above it is 1,874.71.
  const revenue = counted(txs, {
    claims: [claim("a", 0), claim("b", 1874), claim("c", 1875), claim("z", 0)],
  });
  const told = revenue.cautions.flatMap(({ says, place }) => (place === null ? [] : [says]));
  assert.deepEqual(told, [
    "the source values 1 payment (1 BTC) at 0 dollars; here $1724.24 at the closes of the price table",
    "the source values 1 payment (1 BTC) outside the range of their days, at $1875.00 in all; " +
      "here $1724.24 at the closes of the price table",
  ]);
});

test("whatever comes in: all is what is left and what is excluded, also by address and by day", () => {
  const output = fc.record({
    sats: fc.bigInt({ min: 0n, max: 21n * 10n ** 14n }),
    address: fc.constantFrom("A", "B", "C"),
  });
  const made = fc.record({
    name: fc.constantFrom("k", "l", "m", "n", "o", "p"),
    sender: fc.constantFrom("A", "Z", "V"),
    out: fc.array(output, { minLength: 1, maxLength: 4 }),
    day: fc.integer({ min: 15_000, max: 19_000 }),
  });
  fc.assert(
    fc.property(fc.array(made, { maxLength: 30 }), fc.boolean(), (rows, isDoubtful) => {
      const txs = rows.map(({ name, sender, out, day }, index) =>
        madeTx(`${name}${index}`, {
          ...{ in: [{ sats: 1, address: sender }], out, atMicros: day * 86_400_000_000 },
        }),
      );
      const doubts = new Map(isDoubtful ? [["B", { says: "old", place: null }]] : []);
      const revenue = counted(txs, { doubts, sameOwner: (address) => address === "Z" });
      const total = (list: readonly { readonly sats: string }[]): bigint =>
        list.reduce((all, { sats }) => all + BigInt(sats), 0n);
      const all = BigInt(sum(revenue, "all") ?? "");
      assert.equal(all, BigInt(sum(revenue, "without-internal") ?? "") + total(revenue.excluded));
      assert.equal(total(revenue.byAddress), all);
      assert.equal(total(revenue.byDay), all);
      assert.equal(BigInt(sum(revenue, "excluded") ?? "0"), total(revenue.excluded));
    }),
  );
});
