import assert from "node:assert/strict";
import { test } from "node:test";
import { unscaled } from "../../../../src/bytes/decimal.ts";
import { parseIso } from "../../../../src/bytes/time.ts";
import type { RevenueOptions } from "../../../../src/follow/bitcoin/revenue/options.ts";
import { revenueOf } from "../../../../src/follow/bitcoin/revenue/revenue.ts";
import type { Revenue, RevenueCount } from "../../../../src/model/follow-case.ts";
import type { Worth } from "../../../../src/model/worth.ts";
import { loadMarket } from "../../../../src/tables/market.ts";
import { demandOf } from "../../../../src/tables/ransom-demands.ts";
import { openList, type PaymentList } from "../../../kit/chain/payment-list.ts";
import { dataPath } from "../../../kit/data.ts";

const EXPORT = dataPath("chain/addresses/ransomwhere-export-2022.json");
const NEEDS = "needs ../shared/data/chain/addresses/ransomwhere-export-2022.json";
const ASK = EXPORT === null ? null : await openList(EXPORT);
const MARKET = loadMarket(null);

const WANNACRY_2 = [
  "13AM4VW2dhxYgXeQepoHkHSQuy6NgaEb94",
  "12t9YDPgwueZ9NyMgw519p7AA8isjr6SMw",
  "115p7UMMngoj1pMvkpHijcRdfJNXj6LrLn",
];
const WANNACRY_1 = ["1QAc9S5EmycqjzzWDc1yiWzr9jJLC8sLiY", "15zGqZCTcys6eCjDkE3DypCjXi6QWRV6V1"];

function counted(list: PaymentList, over: Partial<RevenueOptions> = {}): Revenue {
  return revenueOf(list.txs, {
    ...{ id: "v1", about: "a family", addresses: list.addresses, claims: list.claims },
    ...{ untilMicros: null, campaign: null, demands: [], sameOwner: () => false, doubts: new Map() },
    prices: { market: MARKET, coin: "btc" },
    ...{ asOf: null, cashOut: null },
    ...over,
  });
}

function countOf({ counts }: Revenue, id: RevenueCount["id"]): RevenueCount {
  const found = counts.find((count) => count.id === id);
  assert.ok(found !== undefined, id);
  return found;
}

const btc = ({ sats }: { readonly sats: string }): string => unscaled(BigInt(sats), 8);
const worth = ({ worth: all }: RevenueCount, moment: Worth["moment"]): Worth | undefined =>
  all.find((one) => one.moment === moment);
const figures = (count: RevenueCount): readonly unknown[] => [
  count.outputs,
  count.transactions,
  btc(count),
  worth(count, "receipt")?.close,
];

const CUT_OFFS = [
  ["2017-05-15T23:59:59Z", 222, 207, "34.76851004", 61_449.29],
  ["2017-05-19T23:59:59Z", 308, 289, "48.42954567", 86_360.53],
  ["2017-07-24T00:00:00Z", 351, 332, "51.71100943", 94_151.82],
  ["2017-08-03T03:30:00Z", 352, 333, "51.92690943", 94_746.59],
  ["2017-12-31T23:59:59Z", 363, 344, "53.60375268", 103_229.1],
  ["2021-09-22T23:59:59Z", 497, 478, "54.6327349", 112_101.41],
] as const;

for (const [until, ...expected] of CUT_OFFS) {
  test(`WannaCry 2.0 up to ${until}: outputs, transactions, bitcoin and dollars at receipt`, async (t) => {
    if (ASK === null) return t.skip(NEEDS);
    const revenue = counted(await ASK("WannaCry", WANNACRY_2), { untilMicros: parseIso(until) });
    assert.deepEqual(figures(countOf(revenue, "all")), expected);
    assert.equal(revenue.until, until.replace("Z", ".000000Z"));
  });
}

test("WannaCry 2.0 at its cash-out: a range of dollars, and what is as large as asked", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const list = await ASK("WannaCry", WANNACRY_2);
  const revenue = counted(list, {
    untilMicros: parseIso("2017-08-03T03:30:00Z"),
    cashOut: "2017-08-03",
    asOf: "2017-12-17",
    demands: demandOf("WannaCry")?.bands ?? [],
  });
  const all = countOf(revenue, "all");
  const { open, high, low, close, date, coveredShare, source } = worth(all, "cash-out") ?? {};
  assert.deepEqual([open, close], [140_699.08, 145_640.96]);
  assert.ok(low !== null && high !== null && low !== undefined && high !== undefined && low < high);
  assert.deepEqual([date, coveredShare, source], ["2017-08-03", 1, "market/btc.csv"]);
  const sized = countOf(revenue, "ransom-sized");
  assert.deepEqual(figures(sized), [233, 232, "47.06675616", 85_728.23]);
  // Conti et al.: 238 payments, 47.1743 BTC, $86,076.79.
  assert.ok(Math.abs(85_728.23 / 86_076.79 - 1) < 0.01);
  assert.deepEqual(
    revenue.byAddress.map(({ address, outputs, sats }) => [address.slice(0, 5), outputs, sats]),
    [
      ["13AM4", 128, "1974510304"],
      ["12t9Y", 112, "1777113037"],
      ["115p7", 112, "1441067602"],
    ],
  );
  assert.equal(all.first, "2017-05-12T11:08:21.000000Z");
  assert.deepEqual(
    revenue.byDay.slice(0, 4).map(({ date: day, outputs, sats }) => [day, outputs, sats]),
    [
      ["2017-05-12", 29, "507056509"],
      ["2017-05-13", 71, "1020254443"],
      ["2017-05-14", 33, "568045902"],
      ["2017-05-15", 89, "1381494150"],
    ],
  );
  assert.equal(countOf(revenue, "without-internal").sats, all.sats);
  assert.deepEqual(revenue.excluded, []);
});

test("WannaCry 2.0: ten transactions pay several of the addresses, and each is one payment", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const { txs, addresses } = await ASK("WannaCry", WANNACRY_2);
  const untilMicros = parseIso("2017-08-03T03:30:00Z") ?? 0;
  const times = new Map<string, number>();
  for (const { txid, atMicros, outputs } of txs) {
    const paid = new Set(outputs.flatMap(({ address }) => address ?? []));
    if ((atMicros ?? 0) > untilMicros) continue;
    times.set(txid, addresses.filter((address) => paid.has(address)).length);
  }
  assert.equal([...times.values()].filter((n) => n > 1).length, 10);
  assert.equal(times.size, 333);
});

test("WannaCry 1.0 before its cash-out: nineteen transactions", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const untilMicros = (parseIso("2017-07-19T09:32:00Z") ?? 0) - 1;
  const all = countOf(counted(await ASK("WannaCry", WANNACRY_1), { untilMicros }), "all");
  assert.deepEqual([all.transactions, btc(all)], [19, "4.69089149"]);
});

test("Locky: transfers within the family, told by their amounts, beside the lower bound", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const revenue = counted(await ASK("Locky"), { demands: demandOf("Locky")?.bands ?? [] });
  const [all, bound] = [countOf(revenue, "all"), countOf(revenue, "without-internal")];
  assert.deepEqual([all.transactions, btc(all)], [7874, "30032.54376795"]);
  assert.deepEqual([bound.transactions, btc(bound)], [7855, "15319.07993311"]);
  assert.deepEqual(
    revenue.excluded.map(({ rule, transactions, sats }) => [rule, transactions, sats]),
    [["beyond-demand", 19, "1471346383484"]],
  );
  assert.match(revenue.excluded[0]?.says ?? "", /ten times what the family is known to ask for \(1 BTC\)/);
  // Paquet-Clouston et al.: at least 15,399 BTC.
  assert.ok(Math.abs(Number(btc(bound)) / 15_399 - 1) < 0.006);
});

test("Locky without any known demand: the fence of its own payments leaves one of 11 BTC more", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const revenue = counted(await ASK("Locky"));
  assert.deepEqual(
    revenue.excluded.map(({ rule, transactions }) => [rule, transactions]),
    [["beyond-demand", 18]],
  );
  assert.equal(btc(countOf(revenue, "without-internal")), "15330.07993311");
});

const SEIZED = "1F1tAaz5x1HUXrCNLbtMDqcw6o5GNn4xqX";

test("Razy: an address that was active years before is told and is in no lower bound", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const says = "active from 2013-10-02, two years before the family";
  const revenue = counted(await ASK("Razy"), { doubts: new Map([[SEIZED, { says, place: null }]]) });
  assert.equal(btc(countOf(revenue, "all")), "29679.59947496");
  assert.deepEqual(
    revenue.excluded.map(({ rule, transactions, outputs, sats }) => [rule, transactions, outputs, sats]),
    [["doubtful-address", 1783, 1787, "2967959947496"]],
  );
  const bound = countOf(revenue, "without-internal");
  assert.deepEqual([bound.transactions, bound.sats, bound.worth], [0, "0", []]);
  const told = revenue.cautions.map((caution) => caution.says);
  assert.equal(told[0], `${SEIZED}: ${says}; its 29679.59947496 BTC are in no lower bound`);
});

test("Razy: 0 dollars of the list give way to the price table, or to unknown", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const list = await ASK("Razy");
  const zero = /the source values 588 payments \(29661\.33286975 BTC\) at 0 dollars; here (.*)$/;
  const told = (revenue: Revenue): string | undefined =>
    revenue.cautions.flatMap(({ says }) => zero.exec(says)?.[1] ?? [])[0];
  const priced = counted(list);
  assert.equal(told(priced), "$3451742.60 at the closes of the price table");
  const unpriced = counted(list, { prices: { market: MARKET, coin: "unlisted" } });
  assert.equal(told(unpriced), "the price is unknown");
  const { close, open, coveredShare } = worth(countOf(unpriced, "all"), "receipt") ?? {};
  assert.deepEqual([close, open, coveredShare], [null, null, 0]);
  assert.ok(unpriced.byDay.every(({ usdClose }) => usdClose === null));
});

test("Spora and NotPetya: what the fence and the demand set apart; Ryuk's large ransoms stay", async (t) => {
  if (ASK === null) return t.skip(NEEDS);
  const apart = async (name: string): Promise<readonly unknown[]> => {
    const { excluded } = counted(await ASK(name), { demands: demandOf(name)?.bands ?? [] });
    return excluded.map((one) => [one.rule, one.transactions, btc(one)]);
  };
  assert.deepEqual(await apart("Spora"), [["beyond-demand", 4, "143.97235292"]]);
  assert.deepEqual(await apart("NotPetya"), [["beyond-demand", 1, "7.9259751"]]);
  for (const name of ["Ryuk", "SamSam", "Netwalker (Mailto)", "CryptoLocker", "Conti"]) {
    assert.deepEqual(await apart(name), [], name);
  }
});
