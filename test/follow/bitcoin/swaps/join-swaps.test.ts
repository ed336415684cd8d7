import assert from "node:assert/strict";
import { test } from "node:test";
import { joinSwaps } from "../../../../src/follow/bitcoin/swaps/join-swaps.ts";
import { swapRecord } from "../../../kit/chain/swap-records.ts";

type Joined = ReturnType<typeof joinSwaps>;
type Output = Parameters<typeof joinSwaps>[1]["outputs"][number];

const NOON = "2017-08-03T12:00:00.000000Z";
const output = (vout: number, over: Partial<Output> = {}): Output => ({
  ...{ txid: "t", vout, address: `a${vout}`, valueSats: "100000000", at: NOON },
  ...over,
});
const took = (over: Partial<ReturnType<typeof swapRecord>["from"]>) => ({
  from: { coin: "BTC", amount: "1", address: null, txid: null, ...over },
});
const toBitcoin = (outputs: readonly Output[]) => ({ coin: "btc", outputs });
const briefly = (joined: Joined): readonly unknown[] =>
  joined.flatMap(({ joins }) =>
    joins.map(({ to, rule, likelihood, confidence }) => [to, rule, likelihood, confidence]),
  );

test("the deposit's transaction comes before its address, and that before amount and time", () => {
  const outputs = [output(0), output(1, { txid: "u", address: "deposit" })];
  const join = (from: Parameters<typeof took>[0]) =>
    briefly(joinSwaps([swapRecord("w1", { ...took(from), at: NOON })], toBitcoin(outputs)));
  assert.deepEqual(join({ txid: "t" }), [["t:0", "deposit-transaction", 0.95, "high"]]);
  assert.deepEqual(join({ txid: "t", address: "a0" }), [["t:0", "deposit-transaction", 0.95, "high"]]);
  assert.deepEqual(join({ address: "deposit" }), [["u:1", "deposit-address", 0.95, "high"]]);
  assert.deepEqual(join({}), [
    ["t:0", "amount-and-time", 0.35, "low"],
    ["u:1", "amount-and-time", 0.35, "low"],
  ]);
  assert.deepEqual(join({ address: "elsewhere" }), []);
});

test("what fits by amount: the very amount, else up to a hundredth more, never less", () => {
  const join = (...sats: readonly string[]) =>
    briefly(
      joinSwaps(
        [swapRecord("w1", { at: NOON })],
        toBitcoin(sats.map((valueSats, vout) => output(vout, { valueSats }))),
      ),
    );
  assert.deepEqual(join("101000000"), [["t:0", "amount-and-time", 0.7, "medium"]]);
  assert.deepEqual(join("101000001", "99999999"), []);
  assert.deepEqual(join("100500000", "100000000"), [["t:1", "amount-and-time", 0.7, "medium"]]);
});

test("time: not later than the swap by two hours, not earlier by more than a day; unknown is weaker", () => {
  const join = (at: string | null) =>
    briefly(joinSwaps([swapRecord("w1", { at: NOON })], toBitcoin([output(0, { at })])));
  assert.equal(join("2017-08-03T14:00:00.000000Z").length, 1);
  assert.equal(join("2017-08-03T14:00:00.000001Z").length, 0);
  assert.equal(join("2017-08-02T12:00:00.000000Z").length, 1);
  assert.equal(join("2017-08-02T11:59:59.999999Z").length, 0);
  assert.deepEqual(join(null), [["t:0", "amount", 0.4, "low"]]);
});

test("an output that several policies tell of is one candidate", () => {
  const joined = joinSwaps([swapRecord("w1", { at: NOON })], toBitcoin([output(0), output(0)]));
  assert.deepEqual(briefly(joined), [["t:0", "amount-and-time", 0.7, "medium"]]);
});

test("a swap joins the one whose payout it took: by address, or by an amount that lost a network fee", () => {
  const xmr = (amount: string, over: object = {}) => ({
    coin: "xmr",
    amount,
    address: null,
    txid: null,
    ...over,
  });
  const bch = { coin: "bch", amount: "9", address: "q", txid: null };
  const first = swapRecord("w1", { to: xmr("60", { address: "4x" }), at: NOON });
  const direct = swapRecord("w2", { from: xmr("7", { address: "4x" }), to: bch });
  const less = swapRecord("w2", { from: xmr("59.99"), to: bch, at: "2017-08-20T00:00:00.000000Z" });
  const before = swapRecord("w2", { from: xmr("59.99"), to: bch, at: "2017-08-01T00:00:00.000000Z" });
  const join = (swap: typeof first) => briefly(joinSwaps([first, swap], toBitcoin([])));
  assert.deepEqual(join(direct), [["w1", "deposit-address", 0.95, "high"]]);
  assert.deepEqual(join(less), [["w1", "amount-and-time", 0.7, "medium"]]);
  assert.deepEqual(join(before), []);
});

test("more than was paid out, or sold before anything was, is no pool", () => {
  const pooled = (amount: string, at: string | null) => {
    const bought = ["w1", "w2"].map((id) =>
      swapRecord(id, { to: { coin: "xmr", amount: "60", address: "4x", txid: null }, at: NOON }),
    );
    const from = { coin: "xmr", amount, address: null, txid: null };
    const sold = swapRecord("w3", { from, to: { coin: "bch", amount: "9", address: "q", txid: null }, at });
    return briefly(joinSwaps([...bought, sold], toBitcoin([])));
  };
  assert.deepEqual(pooled("120", null), [
    ["w1", "pooled-amount", null, "low"],
    ["w2", "pooled-amount", null, "low"],
  ]);
  assert.deepEqual(pooled("120.000000000001", null), []);
  assert.deepEqual(pooled("100", "2017-08-01T00:00:00.000000Z"), []);
});

test("where more than twenty addresses can have held the coins that were sold, none is told", () => {
  const pooled = (pools: number) => {
    const bought = Array.from({ length: pools }, (_, index) =>
      swapRecord(`w${index}`, { to: { coin: "xmr", amount: "60", address: `4x${index}`, txid: null } }),
    );
    const from = { coin: "xmr", amount: "30", address: null, txid: null };
    const sold = swapRecord("v", { from, to: { coin: "bch", amount: "9", address: "q", txid: null } });
    return joinSwaps([...bought, sold], toBitcoin([])).at(-1)?.joins.length;
  };
  assert.deepEqual([pooled(20), pooled(21)], [20, 0]);
});

test("a swap does not join itself; more than twenty outputs alike join nothing", () => {
  const self = { coin: "btc", amount: "1", address: "x", txid: "y" };
  assert.deepEqual(briefly(joinSwaps([swapRecord("w1", { from: self, to: self })], toBitcoin([]))), []);
  const alike = (count: number) => {
    const outputs = Array.from({ length: count }, (_, vout) => output(vout));
    return joinSwaps([swapRecord("w1", { at: NOON })], toBitcoin(outputs))[0]?.joins ?? [];
  };
  assert.equal(alike(20).length, 20);
  assert.equal(alike(20)[0]?.likelihood, 0.035);
  assert.match(alike(20)[0]?.says ?? "", /as do 20 candidates in all$/);
  assert.deepEqual(alike(21), []);
});

test("of thousands of outputs at one deposit address twenty are listed, and all are counted", () => {
  const outputs = Array.from({ length: 3000 }, (_, vout) => output(vout, { address: "deposit" }));
  const [joined] = joinSwaps([swapRecord("w1", took({ address: "deposit" }))], toBitcoin(outputs));
  assert.equal(joined?.joins.length, 20);
  assert.match(joined?.joins[0]?.says ?? "", /as do 3,000 candidates in all$/);
});
