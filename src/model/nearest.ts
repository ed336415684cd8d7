/** The name that was probably meant: the nearest by edits (one letter more, less, other, or two swapped),
 *  when it is near enough to suggest; null otherwise.
 *
 *  Source: optimal string alignment distance (Damerau 1964 restricted), threshold of a third of the length
 *  as git has.
 */
export function nearest(wanted: string, names: readonly string[]): string | null {
  const word = wanted.slice(0, 64).toLowerCase();
  const near = names
    .map((name) => {
      const isStart = word.length > 2 && name.toLowerCase().startsWith(word);
      return { name, edits: isStart ? 0 : editsBetween(word, name.toLowerCase()) };
    })
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(Math.max(word.length, name.length) / 3)))
    .sort((one, other) => one.edits - other.edits);
  return near[0]?.name ?? null;
}

function editsBetween(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
