import assert from "node:assert/strict";
import { test } from "node:test";
import { swapSums } from "../../src/model/swap-sums.ts";
import { swapRecord } from "../kit/chain/swap-records.ts";

const took = (amount: string) => ({ from: { coin: "btc", amount, address: null, txid: null } });

test("sums are exact, by pair of coins", () => {
  const back = { from: swapRecord("w").to, to: { coin: "bch", amount: "9.5", address: null, txid: null } };
  const swaps = [swapRecord("w1", took("0.1")), swapRecord("w2", back), swapRecord("w3", took("0.2"))];
  assert.deepEqual(swapSums(swaps), [
    { from: "btc", to: "xmr", swaps: 2, given: "0.3", got: "120" },
    { from: "xmr", to: "bch", swaps: 1, given: "60", got: "9.5" },
  ]);
});

test("a swap that failed is in no sum", () => {
  const swaps = [swapRecord("w1", took("0.1")), swapRecord("w2", { ...took("7"), status: "Failed" })];
  assert.deepEqual(
    swapSums(swaps).map(({ swaps: n, given }) => [n, given]),
    [[1, "0.1"]],
  );
});

test("an amount that is no number leaves no sum, rather than a smaller one", () => {
  const [sum] = swapSums([swapRecord("w1", took("0.1")), swapRecord("w2", took("unknown"))]);
  assert.deepEqual([sum?.swaps, sum?.given, sum?.got], [2, null, "120"]);
});
