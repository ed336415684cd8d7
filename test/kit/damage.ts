import type { Random } from "./random.ts";

/** A copy that ends at a random place. */
export function cut(bytes: Uint8Array, by: Random): Uint8Array {
  return bytes.slice(0, by.below(bytes.length));
}

/** A copy with this many random bytes changed. */
export function flipped(bytes: Uint8Array, count: number, by: Random): Uint8Array {
  // Not slice(): that of a Buffer shares its memory.
  const copy = Uint8Array.from(bytes);
  for (let left = count; left > 0; left -= 1) {
    const at = by.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 + by.below(255));
  }
  return copy;
}
