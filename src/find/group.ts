import { compareText } from "../bytes/text.ts";

/** Things by a key, in the order of the keys. */
export function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): (readonly [string, T[]])[] {
  const byKey = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [item]);
    else known.push(item);
  }
  return [...byKey].sort(([a], [b]) => compareText(a, b));
}
