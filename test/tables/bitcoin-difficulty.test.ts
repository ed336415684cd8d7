import assert from "node:assert/strict";
import { test } from "node:test";
import { workOf } from "../../src/bytes/bitcoin-header.ts";
import { isTooEasyForMainnet } from "../../src/tables/bitcoin-difficulty.ts";

/** Bits of real blocks, and the easiest that mainnet allows. */
for (const [what, day, bits, isEasy] of [
  ["the easiest block, early", "2009-06-01", 0x1d00_ffff, false],
  ["the easiest block, later", "2010-06-01", 0x1d00_ffff, true],
  ["block 277,647", "2014-01-01", 0x1903_a30c, false],
  ["block 413,567", "2016-05-26", 0x1805_8436, false],
  ["block 702,861", "2021-09-30", 0x170e_d0eb, false],
  ["testnet's block 928,816", "2016-09-19", 0x1a02_02f0, true],
] as const) {
  test(`${what} is ${isEasy ? "" : "not "}too easy for mainnet`, () => {
    assert.equal(isTooEasyForMainnet(workOf(bits), Date.parse(day) / 1000), isEasy);
  });
}
