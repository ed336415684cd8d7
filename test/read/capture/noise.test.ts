import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { looksLikeNoiseAnswer, looksLikeNoiseOpening } from "../../../src/read/capture/noise.ts";

/** Bytes that look random and are the same every time. */
function random(size: number, seed: number): Uint8Array {
  const parts = [];
  for (let i = 0; i < size; i += 32) parts.push(createHash("sha256").update(`${seed} ${i}`).digest());
  return Uint8Array.from(Buffer.concat(parts).subarray(0, size));
}

test("random flights of the right size pass, one byte more or less does not", () => {
  for (let seed = 0; seed < 300; seed++) {
    assert.ok(looksLikeNoiseOpening(random(64, seed), 0, 64), `seed ${seed}`);
    assert.ok(looksLikeNoiseAnswer(random(234, seed), 0, 234), `seed ${seed}`);
    assert.ok(looksLikeNoiseAnswer(random(170, seed), 0, 170), `seed ${seed}`);
  }
  const bytes = random(240, 1);
  for (const size of [63, 65, 0, 128])
    assert.equal(looksLikeNoiseOpening(bytes, 0, size), false, String(size));
  for (const size of [169, 171, 233, 235])
    assert.equal(looksLikeNoiseAnswer(bytes, 0, size), false, String(size));
});

test("text, zeros, counters and repeats do not look random", () => {
  const text = new TextEncoder().encode(
    `{"id":1,"method":"mining.subscribe","params":["miner/1.0.0"]}`.padEnd(64),
  );
  const cases = [text, new Uint8Array(64), random(32, 1)];
  for (const bytes of cases) {
    const flight = new Uint8Array(64).map((_, i) => bytes[i % bytes.length] ?? 0);
    assert.equal(looksLikeNoiseOpening(flight, 0, 64), false);
  }
  const counter = new Uint8Array(64).map((_, i) => i);
  assert.equal(looksLikeNoiseOpening(counter, 0, 64), false, "64 distinct bytes, but too few bits set");
});

test("distinct values: 47 of 64 pass, 46 do not", () => {
  const flight = (distinct: number) => new Uint8Array(64).map((_, i) => (i % distinct) * 5 + 1);
  assert.equal(looksLikeNoiseOpening(flight(47), 0, 64), true);
  assert.equal(looksLikeNoiseOpening(flight(46), 0, 64), false);
});
