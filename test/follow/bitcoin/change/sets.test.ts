import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf } from "../../../../src/follow/bitcoin/change/context.ts";
import { both, either, without } from "../../../../src/follow/bitcoin/change/sets.ts";
import { madeTx } from "../../../kit/chain/made-tx.ts";

const TX = madeTx("tx", { in: [{ sats: 9 }], out: [{ sats: 1 }, { sats: 2 }, { sats: 3 }] });
const SPEND = { tx: TX, inputs: TX.inputs, outputs: TX.outputs, payable: [0, 1, 2], context: contextOf([]) };
const rule = (...outputs: number[]) => ({ candidates: () => new Set(outputs) });
const silent = { candidates: () => null };

test("rules combine as sets: both, either, one without the other", () => {
  assert.deepEqual(both(rule(0, 1), rule(1, 2))(SPEND), new Set([1]));
  assert.deepEqual(either(rule(0, 1), rule(1, 2))(SPEND), new Set([0, 1, 2]));
  assert.deepEqual(without(rule(0, 1), rule(1, 2))(SPEND), new Set([0]));
});

test("what one rule cannot tell, a combination cannot", () => {
  for (const combine of [both, either, without]) {
    assert.equal(combine(silent, rule(1))(SPEND), null);
    assert.equal(combine(rule(1), silent)(SPEND), null);
  }
});
