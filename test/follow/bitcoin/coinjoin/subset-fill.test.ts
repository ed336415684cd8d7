import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canFill } from "../../../../src/follow/bitcoin/coinjoin/subset-fill.ts";

/** Every way of dealing the coins out, looked at. */
function dealt(coins: readonly number[], goals: readonly number[]): boolean {
  const deal = (at: number, held: readonly number[]): boolean =>
    at === coins.length
      ? held.every((sum, index) => sum >= (goals[index] ?? 0))
      : held.some((_, to) =>
          deal(
            at + 1,
            held.map((sum, index) => (index === to ? sum + (coins[at] ?? 0) : sum)),
          ),
        );
  return deal(
    0,
    goals.map(() => 0),
  );
}

test("coins can be dealt out exactly where trying every way finds one", () => {
  const values = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      values,
      fc.array(fc.integer({ min: -3, max: 14 }), { minLength: 1, maxLength: 4 }),
      (coins, goals) => {
        const found = canFill(coins.map(BigInt), goals.map(BigInt), 1e6);
        assert.equal(found, dealt(coins, goals) ? "yes" : "no");
      },
    ),
    { numRuns: 2_000, seed: 7 },
  );
});

test("a search that finds no end within its bound says that it does not know", () => {
  const coins = Array.from({ length: 40 }, (_, index) => BigInt(2 * (1_000_003 * (index + 1) ** 2)));
  const half = coins.reduce((sum, coin) => sum + coin, 0n) / 2n;
  assert.equal(canFill(coins, [half + 1n - 1n + (half % 2n === 0n ? 1n : 0n), half - 1n], 10_000), "unclear");
});

test("a bound that is reached on the last try does not undo what it found", () => {
  assert.equal(canFill([5n, 5n], [5n, 5n], 2), "yes");
  assert.equal(canFill([5n, 5n], [5n, 5n], 1), "unclear");
});

test("more coins than the search can go deep are not tried", () => {
  const coins = Array.from({ length: 1_001 }, () => 1n);
  assert.equal(canFill(coins, [1_001n], 1e6), "unclear");
  assert.equal(canFill(coins.slice(1), [1_000n], 1e6), "yes");
});
