import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { joinSwaps } from "../../../../src/follow/bitcoin/swaps/join-swaps.ts";
import { swapSums } from "../../../../src/model/swap-sums.ts";
import { readSwaps } from "../../../../src/read/chain/swaps.ts";
import { chainContext } from "../../../kit/chain/context.ts";
import { dataPath } from "../../../kit/data.ts";

const TO_MONERO = dataPath("chain/wannacry/nickbax-wannashift.json");
const TO_BCH = dataPath("chain/wannacry/nickbax-xmr_to_bch_transactions.json");
const CONSOLIDATIONS = dataPath("chain/wannacry/nickbax-consolidation_txs.csv");
const NEEDS = "needs ../shared/data/chain/wannacry";
const NOTHING = { coin: "btc", outputs: [] };

test("WannaCry's swaps, summed to the last digit: the record that is listed twice counts once", async (t) => {
  if (TO_MONERO === null || TO_BCH === null) return t.skip(NEEDS);
  const [bought, sold] = [
    await readSwaps(TO_MONERO, chainContext()),
    await readSwaps(TO_BCH, chainContext(), 9),
  ];
  assert.deepEqual(swapSums([...bought, ...sold]), [
    { from: "btc", to: "xmr", swaps: 8, given: "13.53572133", got: "820.79942522" },
    { from: "xmr", to: "bch", swaps: 8, given: "478", got: "69.51394566" },
  ]);
  assert.deepEqual([...new Set(bought.map(({ to }) => to.address?.slice(0, 7)))], ["46jECbn"]);
  assert.deepEqual([...new Set(sold.map(({ to }) => to.address?.slice(0, 7)))], ["13tz3oD"]);
});

test("478 of 820.79942522 XMR can have been sold for Bitcoin Cash; which cannot be told", async (t) => {
  if (TO_MONERO === null || TO_BCH === null) return t.skip(NEEDS);
  const bought = await readSwaps(TO_MONERO, chainContext(), 1);
  const sold = await readSwaps(TO_BCH, chainContext(), 9);
  const joined = joinSwaps([...bought, ...sold], NOTHING);
  for (const { id, joins } of joined) {
    if (bought.some((swap) => swap.id === id)) assert.deepEqual(joins, [], id);
    else {
      assert.deepEqual(
        joins.map(({ to }) => to),
        bought.map((swap) => swap.id),
      );
      for (const { rule, likelihood, confidence, says } of joins) {
        assert.deepEqual([rule, likelihood, confidence], ["pooled-amount", null, "low"]);
        assert.match(says, /^8 swaps paid 820\.79942522 XMR to 46jECbn\w+; 8 swaps that pay out to 13tz3oD/);
        assert.match(says, /took 478 XMR: .* cannot tell which of the coins were$/);
      }
    }
  }
});

test("no record names the three Monero transactions that gathered coins", async (t) => {
  if (TO_BCH === null || CONSOLIDATIONS === null) return t.skip(NEEDS);
  const [, ...rows] = readFileSync(CONSOLIDATIONS, "utf8").trim().split(/\r?\n/);
  const gathering = rows.map((row) => row.slice(0, 64));
  assert.deepEqual(
    rows.map((row) => row.slice(65).split(",").length),
    [2, 5, 7],
  );
  const sold = await readSwaps(TO_BCH, chainContext(), 1);
  assert.ok(sold.every(({ from }) => from.txid !== null && !gathering.includes(from.txid)));
});

test("an output at a deposit address of WannaCry's swaps joins the swap that took it", async (t) => {
  if (TO_MONERO === null) return t.skip(NEEDS);
  const deposit = { address: "18hjgJRmafRkJmGNiNDy9sEsERLw53ZWv3", valueSats: "183760000" };
  const other = { address: "18hjgJRmafRkJmGNiNDy9sEsERLw53ZWv4", valueSats: "183268450" };
  const outputs = [deposit, other].map((spot, vout) => ({ txid: "t", vout, at: null, ...spot }));
  const joined = joinSwaps(await readSwaps(TO_MONERO, chainContext(), 1), { coin: "btc", outputs });
  assert.deepEqual(
    joined.flatMap(({ id, joins }) => joins.map(({ to, rule, likelihood }) => [id, to, rule, likelihood])),
    [["w1", "t:0", "deposit-address", 0.95]],
  );
});
