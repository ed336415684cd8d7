import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { amounts, holdings } from "../../../../src/follow/bitcoin/taint/holdings.ts";
import { outpointTable } from "../../../../src/follow/bitcoin/taint/table.ts";

/** One of a few txids that share their beginnings, so that they collide. */
function txid(which: number): Uint8Array {
  const bytes = new Uint8Array(40).fill(7);
  bytes[4] = which & 3;
  bytes[4 + 31] = which >>> 2;
  return bytes;
}
const AT = 4;

test("the table holds what a map would, after any additions and removals", () => {
  const step = fc.record({ which: fc.nat(40), vout: fc.nat(3), isAdded: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = outpointTable();
      const model = new Map<string, number>();
      for (const { which, vout, isAdded } of steps) {
        const key = `${which}:${vout}`;
        assert.equal(table.find(txid(which), AT, vout), model.get(key) ?? -1);
        const slot = model.get(key);
        if (isAdded && slot === undefined) model.set(key, table.add(txid(which), AT, vout));
        if (!isAdded && slot !== undefined) {
          table.remove(slot);
          model.delete(key);
          assert.equal(table.holds(slot), false);
        }
        assert.equal(table.size, model.size);
      }
      for (const slot of model.values()) assert.equal(table.holds(slot), true);
      assert.ok(table.slots <= steps.length);
    }),
  );
});

test("a hundred thousand outputs are found after the index has grown, and slots are used again", () => {
  const table = outpointTable();
  const name = (i: number): Uint8Array => {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, Math.imul(i, 2_654_435_761) >>> 0, true);
    return bytes;
  };
  for (let i = 0; i < 100_000; i += 1) assert.equal(table.add(name(i), 0, i % 5), i);
  for (let i = 0; i < 100_000; i += 1) assert.equal(table.find(name(i), 0, i % 5), i);
  for (let i = 0; i < 100_000; i += 2) table.remove(i);
  for (let i = 0; i < 100_000; i += 1) assert.equal(table.find(name(i), 0, i % 5), i % 2 === 0 ? -1 : i);
  for (let i = 0; i < 50_000; i += 1) table.add(name(200_000 + i), 0, 0);
  assert.equal(table.slots, 100_000);
});

test("amounts are exact up to 2^53 - 1, whatever stood there before", () => {
  const kept = amounts();
  const values = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 47, 0xffff * 2 ** 32 - 1, 0xffff * 2 ** 32, 2 ** 53 - 1];
  for (const before of values) {
    for (const value of values) {
      kept.set(3, before);
      kept.set(3, value);
      assert.equal(kept.get(3), value);
    }
  }
  assert.equal(kept.get(70_000), 0);
});

for (const hasSegments of [true, false]) {
  const segments = (...of: readonly (readonly [bigint, bigint])[]) => (hasSegments ? of : null);

  test(`holdings ${hasSegments ? "with" : "without"} stretches give back what they were given`, () => {
    const held = holdings(hasSegments);
    const parts = { sats: 7n, segments: segments([1n, 3n], [6n, 4n]) };
    const all = { sats: 20n, segments: segments([0n, 20n]) };
    held.hold(1, { valueSats: 20n, dirty: parts });
    held.hold(2, { valueSats: 20n, dirty: all });
    assert.deepEqual(held.of(1, 20n), parts);
    assert.deepEqual(held.of(2, 20n), all);
    assert.equal(held.of(3, 20n).sats, 0n);
    assert.equal(held.isFollowed(1), true);
    held.stop(1);
    assert.equal(held.isFollowed(1), false);
    assert.deepEqual(held.of(1, 20n), parts);
    held.drop(1);
    assert.equal(held.of(1, 20n).sats, 0n);
    // Places of stretches are used again.
    for (let i = 0; i < 5; i += 1) {
      held.hold(1, { valueSats: 20n, dirty: parts });
      held.hold(4, { valueSats: 20n, dirty: { sats: 1n, segments: segments([19n, 1n]) } });
      assert.deepEqual(held.of(1, 20n), parts);
      assert.equal(held.isFollowed(1), true);
      held.drop(4);
      held.drop(1);
    }
  });
}
