import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { outpointTable } from "../../../../src/follow/bitcoin/taint/table.ts";

/** A txid for each number, always the same. */
function txid(number: number): Uint8Array {
  return createHash("sha256").update(String(number)).digest();
}

test("every outpoint is found while it is in the table, whatever came and went before", () => {
  const table = outpointTable();
  const slots = new Map<number, number>();
  const look = (number: number): number => table.find(txid(number), 0, number % 7);
  for (let number = 0; number < 20_000; number++) {
    slots.set(number, table.add(txid(number), 0, number % 7));
    // A long trace: of nearly all that was dirty only the last outputs still are.
    const gone = number - 40;
    const slot = slots.get(gone);
    if (slot !== undefined && gone % 50 !== 0) {
      table.remove(slot);
      slots.delete(gone);
    }
  }
  assert.equal(table.size, slots.size);
  for (let number = 0; number < 20_000; number++) {
    assert.equal(look(number), slots.get(number) ?? -1, String(number));
  }
});

test("the bitmap has a bit for every txid of the table, and few for those that are gone", () => {
  const table = outpointTable();
  const firstBits = (number: number): number => {
    const [a = 0, b = 0, c = 0] = txid(number);
    return (a | (b << 8) | (c << 16)) & table.bitmapMask;
  };
  const isMarked = (number: number): boolean => {
    const bit = firstBits(number);
    return (((table.bitmap[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 1;
  };
  const size = table.bitmap.length;
  for (let number = 0; number < 5_000; number++) table.remove(table.add(txid(number), 0, 0));
  assert.equal(table.bitmap.length, size, "outputs that are gone need no larger one");
  const stale = Array.from({ length: 5_000 }, (_, number) => number).filter(isMarked).length;
  assert.ok(stale < 1_000, `${stale} of 5,000`);
  for (let number = 0; number < 5_000; number++) table.add(txid(number), 0, 0);
  assert.ok(Array.from({ length: 5_000 }, (_, number) => number).every(isMarked));
  assert.ok(table.bitmap.length > size, "and those that stay one that is large enough");
});
