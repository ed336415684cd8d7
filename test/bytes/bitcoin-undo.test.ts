import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { UndoLayout } from "../../src/bytes/bitcoin-undo.ts";
import { hexToBytes } from "../../src/bytes/hex.ts";
import type { SpentOutput } from "../../src/model/chain.ts";
import { undoData } from "../kit/chain/block-file.ts";
import { keyScript, le32, oldKeyScript } from "../kit/chain/transactions.ts";

/** The key of the genesis block's coinbase, of which undo data keep one coordinate and a bit. */
const GENESIS_KEY = hexToBytes(
  "4104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c" +
    "384df7ba0b8d578a4c702b6bf11d5fac",
);

const SCRIPTS: readonly Uint8Array[] = [
  keyScript("a"),
  oldKeyScript("b"),
  Uint8Array.of(0xa9, 20, ...new Uint8Array(20).fill(7), 0x87),
  Uint8Array.of(33, 3, ...new Uint8Array(32).fill(9), 0xac),
  GENESIS_KEY ?? assert.fail(),
  new Uint8Array(0),
  new Uint8Array(300).fill(0x51),
];

const PLAIN = { noNullPrototype: true };
const output = fc.record(
  {
    valueSats: fc.oneof(
      fc.bigInt({ min: 0n, max: 2_099_999_997_690_000n }),
      fc.integer({ min: 0, max: 21_000_000 }).map((coins) => BigInt(coins) * 100_000_000n),
    ),
    script: fc.constantFrom(...SCRIPTS),
  },
  PLAIN,
);
const spends = fc.array(fc.array(output, { maxLength: 5 }), { maxLength: 5 });

function read(bytes: Uint8Array): (readonly SpentOutput[] | null)[] | string {
  const layout = new UndoLayout();
  const fault = layout.read(bytes, 0, bytes.length);
  return fault ?? Array.from({ length: layout.txCount }, (_, tx) => layout.spent(bytes, tx + 1));
}

test("what transactions spent is read as it was kept, amounts and scripts", () => {
  fc.assert(fc.property(spends, (spent) => assert.deepEqual(read(undoData(spent)), spent)));
});

test("an amount and a script have the short form of Bitcoin Core's own tests", () => {
  // src/test/compress_tests.cpp: 1 cent is 7, 1 coin 9, 50 coins 32, 21 million coins 1406f40.
  for (const [sats, short] of [
    [1_000_000n, "07"],
    [100_000_000n, "09"],
    [5_000_000_000n, "32"],
    [2_100_000_000_000_000n, "8980dd40"],
  ] as const) {
    const bytes = hexToBytes(`01 01 02 00 ${short} 06`.replaceAll(" ", "")) ?? assert.fail();
    assert.deepEqual(read(bytes), [[{ valueSats: sats, script: new Uint8Array(0) }]]);
  }
});

test("undo data that are cut, run over or claim too much are faults", () => {
  const whole = undoData([[{ valueSats: 5n, script: keyScript("a") }], []]);
  for (let length = 0; length < whole.length; length++) {
    assert.equal(typeof read(whole.slice(0, length)), "string", `${length} bytes`);
  }
  assert.equal(read(Uint8Array.of(...whole, 0)), "1 bytes behind the undo data");
  assert.match(String(read(new Uint8Array(9).fill(0xff))), /do not fit into 0 bytes/);
  assert.equal(read(Uint8Array.of(1, 1, ...new Uint8Array(40).fill(0xff))), "the undo data are cut");
});

test("bits that flip end in a fault or in some outputs", () => {
  const whole = undoData([SCRIPTS.map((script) => ({ valueSats: 12_345n, script }))]);
  fc.assert(
    fc.property(fc.nat({ max: whole.length * 8 - 1 }), (bit) => {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      read(flipped);
    }),
  );
});

test("a coordinate that is on no point of the curve gives no script", () => {
  // x = 5 is not on secp256k1.
  const x = new Uint8Array(32);
  x[31] = 5;
  assert.deepEqual(read(Uint8Array.of(1, 1, 2, 0, 9, 4, ...x)), [null]);
  assert.deepEqual(read(Uint8Array.of(1, 1, 2, 0, 9, 4, ...new Uint8Array(32).fill(0xff))), [null]);
});

test("a transaction that the block does not have spent nothing that is known, the coinbase nothing", () => {
  const layout = new UndoLayout();
  const bytes = undoData([[]]);
  assert.equal(layout.read(bytes, 0, bytes.length), null);
  assert.deepEqual(layout.spent(bytes, 0), []);
  assert.deepEqual(layout.spent(bytes, 1), []);
  assert.equal(layout.spent(bytes, 2), null);
});

test("more inputs than any block has are refused before memory is taken for them", () => {
  const count = 1_000_000;
  const inputs = new Uint8Array(3 * count);
  for (let at = 2; at < inputs.length; at += 3) inputs[at] = 6;
  const bytes = Uint8Array.of(1, 0xfe, ...le32(count));
  const all = new Uint8Array(bytes.length + inputs.length);
  all.set(bytes);
  all.set(inputs, bytes.length);
  const layout = new UndoLayout();
  assert.equal(layout.read(all, 0, all.length), "more inputs than a block can have");
  assert.equal(layout.txCount, 0);
});
