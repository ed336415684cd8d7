import { compareText } from "../bytes/text.ts";
import { grouped } from "../model/group.ts";

/** Things by a key, in the order of the keys. */
export function inKeyOrder<T>(items: Iterable<T>, keyOf: (item: T) => string): (readonly [string, T[]])[] {
  return [...grouped(items, keyOf)].sort(([a], [b]) => compareText(a, b));
}
