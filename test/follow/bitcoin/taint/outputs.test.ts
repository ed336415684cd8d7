import assert from "node:assert/strict";
import { test } from "node:test";
import { Outputs } from "../../../../src/follow/bitcoin/taint/outputs.ts";
import type { ChainTx } from "../../../../src/model/chain.ts";

function sweep(number: number, inputCount: number): ChainTx {
  const input = { txid: "0".repeat(64), vout: 0, valueSats: 1n, address: null, script: null, sequence: null };
  const output = { vout: 0, valueSats: 1n, address: null, script: null };
  return {
    txid: number.toString(16).padStart(64, "0"),
    height: number,
    index: 1,
    atMicros: null,
    isCoinbase: false,
    isWhole: true,
    version: 1,
    locktime: 0,
    inputs: Array.from({ length: inputCount }, () => input),
    outputs: [output, { ...output, vout: 1, valueSats: 2n }],
    place: { evidence: "e1", atByte: 0, byteLength: 0, packet: null, line: null },
  };
}

test("sweeps of thousands of inputs are kept until they have a million, and not a number of them", () => {
  const outputs = new Outputs(100_000, 400_000);
  let kept = 0;
  while (outputs.keep(sweep(kept, 4_998))) kept += 1;
  assert.equal(kept, 200);
});

test("an output that is listed beyond that keeps no other part of its transaction", () => {
  const outputs = new Outputs(1, 4);
  outputs.keep(sweep(1, 1));
  const tx = sweep(2, 5_000);
  outputs.describe(7, { tx, position: 1 });
  const detail = outputs.detailOf(7);
  assert.deepEqual(detail?.tx.outputs[detail.position], tx.outputs[1]);
  assert.deepEqual([detail?.tx.inputs.length, detail?.tx.outputs.length], [0, 1]);
});
