import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesAt } from "../../../src/model/place.ts";
import { parseEsploraTx } from "../../../src/read/chain/esplora-tx.ts";

const PLACE = bytesAt("e1", 0, 10);
const TXID = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16";
const SPENT = "0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9";
const ADDRESS = "1Q2TWHE3GMdB6BZKafqwxXtWAWgFt5Jvm3";

function output(value: unknown): Record<string, unknown> {
  return { value, scriptpubkey: "", scriptpubkey_type: "p2pkh", scriptpubkey_address: ADDRESS };
}

const WHOLE = {
  txid: TXID,
  version: 1,
  locktime: 0,
  vin: [{ txid: SPENT, vout: 0, prevout: output(5_000), is_coinbase: false, sequence: 4_294_967_295 }],
  vout: [output(1_000), { value: 4_000, scriptpubkey_type: "p2pk" }],
  size: 275,
  fee: 0,
  status: { confirmed: true, block_height: 170, block_hash: "00", block_time: 1_231_731_025 },
};

test("a transaction of block 170 is read with what it spends", () => {
  assert.deepEqual(parseEsploraTx(WHOLE, PLACE), {
    txid: TXID,
    height: 170,
    index: null,
    atMicros: 1_231_731_025_000_000,
    isCoinbase: false,
    isWhole: true,
    version: 1,
    locktime: 0,
    inputs: [
      { txid: SPENT, vout: 0, valueSats: 5_000n, address: ADDRESS, script: "p2pkh", sequence: 4_294_967_295 },
    ],
    outputs: [
      { vout: 0, valueSats: 1_000n, address: ADDRESS, script: "p2pkh" },
      { vout: 1, valueSats: 4_000n, address: null, script: "p2pk" },
    ],
    place: PLACE,
  });
});

test("a coinbase has no inputs and may pay what it likes", () => {
  const vin = [{ txid: "0".repeat(64), vout: 4_294_967_295, prevout: null, is_coinbase: true, sequence: 0 }];
  const tx = parseEsploraTx({ ...WHOLE, vin }, PLACE);
  assert.ok(typeof tx === "object");
  assert.equal(tx.isCoinbase, true);
  assert.deepEqual(tx.inputs, []);
});

test("a transaction in no block, or without a status, has no height", () => {
  for (const status of [{ confirmed: false }, undefined, { confirmed: false, block_height: null }]) {
    const tx = parseEsploraTx({ ...WHOLE, status }, PLACE);
    assert.ok(typeof tx === "object");
    assert.deepEqual([tx.height, tx.atMicros], [null, null]);
  }
});

test("an input whose output the server does not know has no value", () => {
  const tx = parseEsploraTx({ ...WHOLE, vin: [{ ...WHOLE.vin[0], prevout: null }] }, PLACE);
  assert.ok(typeof tx === "object");
  assert.equal(tx.inputs[0]?.valueSats, null);
});

test("a version above 2^31 is the same, printed with a sign or without", () => {
  for (const version of [-2_130_706_433, 2_164_260_863]) {
    const tx = parseEsploraTx({ ...WHOLE, version }, PLACE);
    assert.equal(typeof tx === "object" && tx.version, -2_130_706_433);
  }
});

const [INPUT] = WHOLE.vin;
const WRONG: readonly (readonly [says: string, value: unknown])[] = [
  ["it is no object", null],
  ["it is no object", [WHOLE]],
  ["it has no txid of 64 hex digits", { ...WHOLE, txid: TXID.toUpperCase() }],
  ["it has no txid of 64 hex digits", { ...WHOLE, txid: `${TXID}00` }],
  ["it has no list of inputs", { ...WHOLE, vin: [] }],
  ["it has no list of inputs", { ...WHOLE, vin: { length: 1e9 } }],
  ["vin 0 is no object", { ...WHOLE, vin: [7] }],
  ["vin 0 names no output that it spends", { ...WHOLE, vin: [{ ...INPUT, vout: -1 }] }],
  ["vin 1 spends what another input spends", { ...WHOLE, vin: [INPUT, INPUT] }],
  ["vin 1 is a coinbase among other inputs", { ...WHOLE, vin: [INPUT, { is_coinbase: true }] }],
  [
    "vin 0 spends an output that has no value in satoshi",
    { ...WHOLE, vin: [{ ...INPUT, prevout: output("5000") }] },
  ],
  ["it has no list of outputs", { ...WHOLE, vout: undefined }],
  ["vout 0 has no value in satoshi", { ...WHOLE, vout: [output(-1)] }],
  ["vout 0 has no value in satoshi", { ...WHOLE, vout: [output(0.5)] }],
  ["vout 0 has no value in satoshi", { ...WHOLE, vout: [output(2 ** 53)] }],
  ["vout 1 has no value in satoshi", { ...WHOLE, vout: [output(1), "x"] }],
  [
    "vout 0 has an address that is none",
    { ...WHOLE, vout: [{ ...output(1), scriptpubkey_address: "\u001b[2J" }] },
  ],
  ["its outputs are worth more than its inputs", { ...WHOLE, vout: [output(5_001)] }],
  [
    "its status tells neither a height nor that it has none",
    { ...WHOLE, status: { confirmed: true, block_height: "170" } },
  ],
  ["its status tells neither a height nor that it has none", { ...WHOLE, status: null }],
];

for (const [says, value] of WRONG) {
  test(`${JSON.stringify(value).slice(0, 60)}…: ${says}`, () => {
    assert.equal(parseEsploraTx(value, PLACE), says);
  });
}
