/** Things by a key, keys and things in the order in which they came; those without a key are left out. */
export function grouped<T, K = string>(items: Iterable<T>, keyOf: (item: T) => K | null): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  }
  return found;
}
