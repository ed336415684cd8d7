import assert from "node:assert/strict";
import { test } from "node:test";
import { depositsOf } from "../../../../src/follow/bitcoin/owners/deposits.ts";
import { ownersOf } from "../../../../src/follow/bitcoin/owners/owners.ts";
import { servicesBehind } from "../../../../src/follow/bitcoin/owners/service-behind.ts";
import type { ChainTx } from "../../../../src/model/chain.ts";
import { type MadeTx, madeTx, txidOf } from "../../../kit/chain/made-tx.ts";

const HOUR = 3_600e6;
const PAID_AT = 1_622_505_600_000_000;
const service = (address: string): string | null => (address === "hot" ? "Huobi" : null);
const OPTIONS = { service, excluded: new Set<string>() };

/** 100,000 satoshi for the address "d", beside change. */
const PAID = madeTx("paid", {
  in: [{ sats: 900_000, address: "thief" }],
  out: [{ sats: 100_000, address: "d" }, { sats: 790_001 }],
  atMicros: PAID_AT,
});

interface SweepPlan extends Partial<MadeTx> {
  readonly target?: string;
  readonly others?: number;
  readonly after?: number;
  readonly sats?: number;
}

function sweep({
  target = "hot",
  others = 4,
  after = HOUR,
  sats = 100_000,
  ...rest
}: SweepPlan = {}): ChainTx {
  return madeTx("sweep", {
    in: [
      { sats, address: "d", of: [txidOf("paid"), 0] },
      ...Array.from({ length: others }, (_, index) => ({ sats: 50_000 + index, address: `other-${index}` })),
    ],
    out: [{ sats: 200_000, address: target }],
    atMicros: PAID_AT + after,
    ...rest,
  });
}

const addresses = (...txs: ChainTx[]): string[] => depositsOf(txs, OPTIONS).map(({ address }) => address);

test("what a service sweeps with others within hours is a customer's deposit address", () => {
  assert.deepEqual(depositsOf([PAID, sweep()], OPTIONS), [
    {
      address: "d",
      service: "Huobi",
      txid: txidOf("sweep"),
      target: "hot",
      likelihood: 0.95,
      confidence: "high",
      says:
        "all that it got was swept within 48 hours together with 4 other addresses to hot: " +
        "a deposit address of Huobi",
    },
  ]);
});

test("a target without a tag is a service's or an owner's own: likely only where many are swept", () => {
  const told = (others: number) => depositsOf([PAID, sweep({ target: "cold", others })], OPTIONS)[0];
  assert.deepEqual([told(18)?.likelihood, told(19)?.likelihood], [0.5, 0.7]);
  assert.equal(told(19)?.service, null);
  assert.equal(told(19)?.confidence, "low");
});

test("each limit has two sides", () => {
  assert.deepEqual(addresses(PAID, sweep({ others: 3 })), [], "4 addresses swept");
  assert.deepEqual(addresses(PAID, sweep({ after: 48 * HOUR })), ["d"]);
  assert.deepEqual(addresses(PAID, sweep({ after: 48 * HOUR + 1 })), [], "later than 48 hours");
  assert.deepEqual(addresses(PAID, sweep({ atMicros: null })), [], "when is not known");
  const spots = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ sats: 90_000 - index, address: `o-${index}` }));
  assert.deepEqual(addresses(PAID, sweep({ out: spots(2) })), ["d"]);
  assert.deepEqual(addresses(PAID, sweep({ out: spots(3) })), [], "3 outputs");
  assert.deepEqual(addresses(PAID, sweep({ sats: 99_000 })), ["d"], "1 in 100 left");
  assert.deepEqual(addresses(PAID, sweep({ sats: 98_999 })), [], "more than that left");
  assert.deepEqual(addresses(PAID), [], "not swept");
  assert.deepEqual(addresses(PAID, sweep({ target: "d" })), [], "swept to itself");
});

test("an address that also spends by itself, or to another target, is none", () => {
  const more = madeTx("more", { in: [{ sats: 9 }], out: [{ sats: 8, address: "d" }], atMicros: PAID_AT });
  const alone = madeTx("alone", {
    in: [{ sats: 8, address: "d", of: [txidOf("more"), 0] }],
    out: [{ sats: 7 }],
    atMicros: PAID_AT + HOUR,
  });
  assert.deepEqual(addresses(PAID, more, sweep(), alone), []);
  const again = { ...sweep({ target: "cold" }), txid: txidOf("again") };
  assert.deepEqual(addresses(PAID, sweep(), again), []);
});

test("seeds and tagged addresses are none", () => {
  assert.deepEqual(depositsOf([PAID, sweep()], { service, excluded: new Set(["d"]) }), []);
  const tagged = (address: string): string | null => (address === "d" ? "Kraken" : service(address));
  assert.deepEqual(depositsOf([PAID, sweep()], { ...OPTIONS, service: tagged }), []);
});

test("a service is known by the address's tag, its cluster's, its sweep's, or that one's cluster's", () => {
  const joined = madeTx("joined", {
    in: [
      { sats: 5, address: "hot" },
      { sats: 6, address: "warm" },
    ],
    out: [{ sats: 9 }],
  });
  const txs = [PAID, sweep(), joined];
  const behind = (...all: ChainTx[]) =>
    servicesBehind({
      service,
      owners: ownersOf(all, { service, tagIds: () => [], roles: null }),
      deposits: depositsOf(all, OPTIONS),
    });
  const how = (address: string) => behind(...txs)(address)?.how;
  assert.deepEqual(["hot", "warm", "d", "thief"].map(how), ["tag", "cluster", "sweep", undefined]);
  const warm = behind(PAID, sweep({ target: "warm" }), joined)("d");
  assert.deepEqual([warm?.service, warm?.how, warm?.confidence], ["Huobi", "cluster-of-sweep", "medium"]);
});
