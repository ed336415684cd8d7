import type { AddressOwner, CaseSwap, CaseTag } from "../../model/follow-case.ts";
import { type FollowedParts, renamed } from "./parts.ts";
import { rowText } from "./row-text.ts";

/** Tags, owners and records of swaps, each once: several runs and cases read the same lists.
 *
 *  Shape: the first of equals stays, with its id; what named the others names it. Places and the names of
 *  files do not count: the same list may lie in two folders.
 */
export function distinctParts(parts: FollowedParts): FollowedParts {
  const tags = firstsOf(parts.tags, tagKey);
  const swaps = firstsOf(parts.swaps, swapKey);
  const told = renamed(parts, {
    id: (id) => tags.get(id) ?? swaps.get(id) ?? id,
    place: (place) => place,
  });
  return {
    ...told,
    tags: merged(
      told.tags,
      ({ id }) => id,
      (one, same) => ({
        ...one,
        conflicts: [...new Set([...one.conflicts, ...same.conflicts])].filter((id) => id !== one.id),
        caution: one.caution ?? same.caution,
      }),
    ),
    owners: merged(told.owners, ownerKey, (one) => one),
    swaps: merged(
      told.swaps,
      ({ id }) => id,
      (one, same) => ({
        ...one,
        joins: merged(
          [...one.joins, ...same.joins],
          (join) => rowText(join),
          (join) => join,
        ),
      }),
    ),
  };
}

function tagKey({ address, coin, label, category, abuse, actor, source, date, list }: CaseTag): string {
  return rowText([address, coin, label, category, abuse, actor, source, date, list]);
}

function swapKey({ service, status, from, to, at, times }: CaseSwap): string {
  return rowText([service, status, from, to, at, times]);
}

function ownerKey({ addresses, addressCount, joins, tags }: AddressOwner): string {
  return rowText([addresses, addressCount, joins, tags]);
}

/** Id of each row → id of the first row that says the same. */
function firstsOf<T extends { readonly id: string }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): ReadonlyMap<string, string> {
  const firsts = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const row of rows) {
    const key = keyOf(row);
    const first = firsts.get(key) ?? row.id;
    firsts.set(key, first);
    ids.set(row.id, first);
  }
  return ids;
}

function merged<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  join: (one: T, same: T) => T,
): readonly T[] {
  const byKey = new Map<string, T>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? row : join(known, row));
  }
  return [...byKey.values()];
}
