import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cryptonoteTargetHashes,
  difficulty1Hashes,
  goalHashes,
  nbitsDifficulty,
  pow32Hashes,
  target256Hashes,
} from "../../../../src/read/capture/stratum/difficulty.ts";

/** Targets seen in captures, and the difficulty that xmrig prints for them. */
const CRYPTONOTE: readonly (readonly [string, number])[] = [
  ["b88d0600", 10_000],
  ["ffff0300", 16_384],
  ["ffff0100", 32_768],
  ["dc460300", 20_000],
];

for (const [target, difficulty] of CRYPTONOTE) {
  test(`cryptonoteTargetHashes() of ${target} rounds to ${difficulty}`, () => {
    assert.equal(Math.round(cryptonoteTargetHashes(target) ?? 0), difficulty);
  });
}

test("cryptonoteTargetHashes() is exact: 2^32 / (t + 1)", () => {
  assert.equal(cryptonoteTargetHashes("ffff0300"), 16_384);
  assert.equal(cryptonoteTargetHashes("b88d0600"), 2 ** 32 / 429_497);
});

test("cryptonoteTargetHashes() reads 8 bytes as 2^64 / (t + 1)", () => {
  assert.equal(cryptonoteTargetHashes("ffffffffffff0300"), 16_384);
});

for (const target of ["", "b88d06", "00000000", "b88d060", "zz8d0600", "b88d0600b8"]) {
  test(`cryptonoteTargetHashes() knows nothing of "${target}"`, () => {
    assert.equal(cryptonoteTargetHashes(target), null);
  });
}

test("target256Hashes() is 2^256 / (T + 1), with and without 0x and leading zeros", () => {
  const digits = `00000000${"f".repeat(56)}`;
  assert.equal(target256Hashes(digits), 2 ** 32);
  assert.equal(target256Hashes(`0x${digits}`), 2 ** 32);
  assert.equal(target256Hashes("f".repeat(56)), 2 ** 32);
  assert.equal(target256Hashes("f".repeat(65)), null);
  assert.equal(target256Hashes("0".repeat(64)), null);
});

test("target256Hashes() of pools' Ethereum targets is what they say of themselves", () => {
  const nanopool = "0x00000000dbe6fecebdedd5beb573440e5a884d1b2fbf06fcce912adcb8d8422e";
  const dwarfpool = "0x0000000225c17d04dad2965cc5a02a23e254c0c3f75d9178046aeb27ce1ca574";
  assert.equal(Math.round((target256Hashes(nanopool) ?? 0) / 1e6), 5_000);
  assert.equal(Math.round((target256Hashes(dwarfpool) ?? 0) / 1e6), 2_000);
});

test("difficulty 1 is 4,295,032,833 double SHA-256, a 65,536th of that in scrypt, else unknown", () => {
  assert.equal(difficulty1Hashes(1, "sha256d"), 4_295_032_833);
  assert.equal(difficulty1Hashes(65_536, "scrypt"), 4_295_032_833);
  assert.equal(Math.round(difficulty1Hashes(1, "x11") ?? 0), Math.round(4_295_032_833 / 256));
  assert.equal(difficulty1Hashes(1, "lyra2z"), null);
  assert.equal(difficulty1Hashes(1, null), null);
});

for (const difficulty of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 225]) {
  test(`a difficulty of ${difficulty} is none`, () => {
    assert.equal(difficulty1Hashes(difficulty, "sha256d"), null);
    assert.equal(pow32Hashes(difficulty), null);
  });
}

test("goalHashes() prefers the target and knows nothing without either", () => {
  const rule = { target: "big-endian", difficulty: "pow32" } as const;
  assert.equal(goalHashes({ target: "f".repeat(56), difficulty: 7 }, rule, null), 2 ** 32);
  assert.equal(goalHashes({ target: null, difficulty: 0.5 }, rule, null), 2 ** 31);
  assert.equal(goalHashes({ target: null, difficulty: null }, rule, null), null);
});

test("nbitsDifficulty() is Bitcoin's: 1 at first, 14,484.16 at block 100,000", () => {
  assert.equal(nbitsDifficulty("1d00ffff"), 1);
  assert.equal(nbitsDifficulty("1b0404cb")?.toFixed(2), "16307.42");
  assert.equal(nbitsDifficulty("0x1b04864c")?.toFixed(2), "14484.16");
});

for (const bits of ["", "1d00fff", "1d000000", "1dffffff", "ff00ffff", "zz00ffff"]) {
  test(`nbitsDifficulty() knows nothing of "${bits}"`, () => {
    assert.equal(nbitsDifficulty(bits), null);
  });
}

test("a harder target never costs fewer hashes", () => {
  const target = fc.bigInt(1n, 2n ** 256n - 1n);
  fc.assert(
    fc.property(target, target, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      return (target256Hashes(low.toString(16)) ?? 0) >= (target256Hashes(high.toString(16)) ?? 0);
    }),
  );
});
