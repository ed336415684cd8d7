import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bytesAt } from "../../../../src/model/place.ts";
import { parseEsploraTx } from "../../../../src/read/chain/esplora-tx.ts";
import { readOutspends, readTip, readTouches } from "../../../../src/read/chain/remote/esplora-answers.ts";
import { readSpent } from "../../../../src/read/chain/remote/node-spent.ts";
import { networkById } from "../../../../src/tables/bitcoin-networks.ts";
import { esploraObjects } from "../../../kit/chain/fake-esplora.ts";
import { heist } from "../../../kit/chain/heist.ts";

const PLACE = bytesAt("e1", 0, 0);
const BTC = networkById("btc");

/** What an answer could hold instead: odd numbers, long texts, prototypes, lists that claim a length. */
const ODD = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(-1, 0.5, 2 ** 53, 1e308, "", "__proto__", "\u001b[31m", "9".repeat(500), { length: 1e9 }),
);

/** A value with one of its parts replaced, by the path that the numbers choose. */
function damaged(value: unknown, steps: readonly number[], by: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || value === null || typeof value !== "object") return by;
  const keys = Object.keys(value);
  const key = keys[step % keys.length];
  if (key === undefined) return by;
  const copy: Record<string, unknown> = { ...value };
  const part = damaged(copy[key], rest, by);
  if (Array.isArray(value)) return value.with(Number(key), part);
  copy[key] = part;
  return copy;
}

test("whatever stands in a transaction's place is told or read, and amounts stay amounts", () => {
  const objects = esploraObjects(heist("btc").chain.blocks.slice(0, 4), "btc");
  const steps = fc.array(fc.nat(40), { minLength: 1, maxLength: 4 });
  const read = (value: unknown): void => {
    const tx = parseEsploraTx(value, PLACE, BTC);
    if (typeof tx === "string") return;
    assert.match(tx.txid, /^[0-9a-f]{64}$/);
    for (const { valueSats, address } of tx.outputs) {
      assert.ok(valueSats >= 0n && valueSats < 2n ** 53n);
      assert.match(address ?? "", /^[0-9A-Za-z]{0,90}$/);
    }
    assert.equal(tx.height === null || Number.isSafeInteger(tx.height), true);
  };
  fc.assert(fc.property(ODD, read));
  fc.assert(
    fc.property(fc.constantFrom(...objects), steps, ODD, (tx, path, by) => read(damaged(tx, path, by))),
    { numRuns: 500 },
  );
});

test("whatever comes for another answer is told or read, and nothing throws", () => {
  const txid = "ab".repeat(32);
  const status = { confirmed: true, block_height: 7 };
  const prevout = { value: 1.5, scriptPubKey: { hex: "51" } };
  const answers: readonly (readonly [read: (value: unknown) => unknown, whole: unknown])[] = [
    [readOutspends, [{ spent: false }, { spent: true, txid, vin: 0, status }]],
    [readTip(txid), { id: txid, height: 7, timestamp: 1_700_000_000 }],
    [readTouches, { chain_stats: { tx_count: 7 }, mempool_stats: { tx_count: 0 } }],
    [readSpent, { tx: [{ vin: [{ coinbase: "00" }] }, { vin: [{ txid, vout: 0, prevout }] }] }],
  ];
  for (const [read, whole] of answers) {
    assert.equal(typeof read(whole), "object", JSON.stringify(whole));
    assert.notEqual(read(whole), null);
    const steps = fc.array(fc.nat(9), { maxLength: 6 });
    fc.assert(fc.property(steps, ODD, (path, by) => void read(damaged(whole, path, by))));
  }
});

test("a last block whose time no clock shows makes no sense", () => {
  const tip = (timestamp: number) => readTip("ab".repeat(32))({ height: 7, timestamp });
  assert.equal(typeof tip(1_700_000_000), "object");
  for (const timestamp of [2 ** 53 - 1, 1e12, -1])
    assert.equal(tip(timestamp), "it has no height or no time");
});
