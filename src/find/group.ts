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

/** The first of many moments, null when there is none. A spread into Math.min would overflow the stack. */
export function earliest(moments: readonly number[]): number | null {
  let first: number | null = null;
  for (const moment of moments) if (first === null || moment < first) first = moment;
  return first;
}

/** The last of many moments, null when there is none. */
export function latest(moments: readonly number[]): number | null {
  let last: number | null = null;
  for (const moment of moments) if (last === null || moment > last) last = moment;
  return last;
}
