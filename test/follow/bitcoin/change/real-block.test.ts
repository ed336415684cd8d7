import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf } from "../../../../src/follow/bitcoin/change/context.ts";
import { CHANGE_RULES } from "../../../../src/follow/bitcoin/change/index.ts";
import { coinJoinOf } from "../../../../src/follow/bitcoin/coinjoin/index.ts";
import { realBlock } from "../../../kit/chain/real-block.ts";

/** How often a rule agrees, and does not, with change that goes back to its sender's own address, in
 *  transactions with two outputs. */
const AGREED = {
  "address-type": [1, 0],
  "power-of-ten": [31, 0],
  "optimal-change": [11, 4],
  "peel-chain": [13, 2],
} as const;

test("rules against change that is certain: 148 transactions of block 300,025", (t) => {
  const txs = realBlock("bcoin-block300025.raw", "bcoin-block300025-undo.raw");
  if (txs === null) return t.skip("needs ../shared/data/chain/blocks");
  const context = contextOf(txs);
  const agreed = new Map<string, [number, number]>();
  let certain = 0;
  for (const tx of txs) {
    const { inputs, outputs } = tx;
    if (tx.isCoinbase || outputs.length !== 2 || coinJoinOf(tx) !== null) continue;
    const spend = { tx, inputs, outputs, payable: [0, 1], context };
    const [first, ...others] = CHANGE_RULES.map((rule) => ({ id: rule.id, left: rule.candidates(spend) }));
    if (first?.id !== "address-reuse" || first.left?.size !== 1) continue;
    certain += 1;
    for (const { id, left } of others) {
      if (left?.size !== 1) continue;
      const counts = agreed.get(id) ?? [0, 0];
      const isRight = [...left].every((output) => first.left?.has(output));
      agreed.set(id, isRight ? [counts[0] + 1, counts[1]] : [counts[0], counts[1] + 1]);
    }
  }
  assert.equal(certain, 148);
  assert.deepEqual(Object.fromEntries(agreed), AGREED);
});
