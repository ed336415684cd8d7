import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scriptAddress, scriptKind } from "../../../../src/bytes/bitcoin-script.ts";
import { hasAddress, outputScript } from "../../../../src/follow/bitcoin/addresses/spot.ts";
import { compactSize, keyScript, oldKeyScript } from "../../../kit/chain/transactions.ts";
import { join } from "../../../kit/octets.ts";

const FORMS = { p2pkh: 0, p2sh: 5, hrp: "bc" };
const hash = (length: number): Uint8Array => new Uint8Array(length).fill(9);
const SCRIPTS = [
  keyScript("a"),
  oldKeyScript("b"),
  Uint8Array.of(0xa9, 20, ...hash(20), 0x87),
  Uint8Array.of(0, 32, ...hash(32)),
  Uint8Array.of(0x51, 32, ...hash(32)),
  Uint8Array.of(33, 2, ...hash(32), 0xac),
  Uint8Array.of(65, 4, ...hash(64), 0xac),
];

test("scripts that have an address are told without making it, and others are told apart", () => {
  const others = [
    [],
    [0x51],
    [0x6a, 4, 1, 2, 3, 4],
    [0x51, 33, 2, ...hash(32), 0x51, 0xae],
    [0, 3, 1, 2, 3, 4],
  ];
  for (const script of SCRIPTS) {
    assert.ok(scriptAddress(script, FORMS) !== null && hasAddress(script, { at: 0, end: script.length }));
  }
  for (const script of others.map((bytes) => Uint8Array.from(bytes))) {
    assert.equal(scriptAddress(script, FORMS), null);
    assert.equal(hasAddress(script, { at: 0, end: script.length }), false);
  }
});

test("a witness program that anybody can spend has an address and no owner", () => {
  for (const script of [
    [0x51, 2, 0x4e, 0x73],
    [0x52, 32, ...hash(32)],
    [0, 20, ...hash(19)],
  ]) {
    assert.equal(hasAddress(Uint8Array.from(script), { at: 0, end: script.length }), false);
  }
});

test("whatever has an address passes, one byte of it changed or not", () => {
  const changed = fc.tuple(fc.constantFrom(...SCRIPTS), fc.nat({ max: 66 }), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(changed, ([script, at, byte]) => {
      const bytes = script.with(at % script.length, byte);
      const has = scriptAddress(bytes, FORMS) !== null && scriptKind(bytes) !== "witness-unknown";
      assert.ok(!has || hasAddress(bytes, { at: 0, end: bytes.length }));
    }),
    { numRuns: 2_000, seed: 5 },
  );
});

test("the script of an output is found behind each width of its length", () => {
  for (const length of [0, 1, 0xfc, 0xfd, 0xffff, 0x10000]) {
    const bytes = join(
      Uint8Array.of(1),
      new Uint8Array(8),
      compactSize(length),
      new Uint8Array(length).fill(7),
    );
    const span = { at: 0, end: 0 };
    outputScript(bytes, 1, span);
    assert.deepEqual([span.end - span.at, span.end], [length, bytes.length]);
  }
});
