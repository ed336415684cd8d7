/** Whether a sorted list has a number at most `reach` away from another. */
export function hasNear(sorted: readonly number[], at: number, reach: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < at - reach) low = middle + 1;
    else high = middle;
  }
  return (sorted[low] ?? Number.POSITIVE_INFINITY) <= at + reach;
}

/** The first of a list in the order of time that lies within a stretch of it. */
export function firstAfter<T extends { readonly at: number }>(
  sorted: readonly T[],
  from: number,
  until: number,
): T | null {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const first = sorted[low];
  return first !== undefined && first.at <= until ? first : null;
}
