import type { Case } from "../../model/case.ts";
import type { CaseChain } from "../../model/follow-case.ts";
import { compareIds } from "../../model/order.ts";
import type { CaseTrace } from "../../model/trace.ts";
import { distinctParts } from "./distinct-parts.ts";
import { type FollowedParts, renamed } from "./parts.ts";

const NUMBERED = /^([a-z]+)(\d+)$/;

/** A case with what was followed now beside what was followed before.
 *
 *  Shape: a trace of the same source, direction, policy and seeds takes the place of the older one, and its
 *  id, with its paths; so does a revenue of the same name, and the source where no older trace is left of it.
 *  Other ids go on behind those that are there. What both tell alike stands once.
 */
export function joinedParts(before: FollowedParts, now: FollowedParts): FollowedParts {
  const kept = withoutRepeated(before, now);
  const ids = sameIds(before, now, kept.chains);
  const highest = highestOf(kept, ids.values());
  const id = (old: string): string => {
    const known = ids.get(old);
    if (known !== undefined) return known;
    const [, letters = "", number = ""] = NUMBERED.exec(old) ?? [];
    return number === "" ? old : `${letters}${Number(number) + (highest.get(letters) ?? 0)}`;
  };
  const added = renamed(now, { id, place: (place) => place });
  return distinctParts({
    chains: byId([...kept.chains, ...added.chains]),
    traces: byId([...kept.traces, ...added.traces]),
    paths: [...kept.paths, ...added.paths],
    revenues: byId([...kept.revenues, ...added.revenues]),
    owners: [...kept.owners, ...added.owners],
    tags: [...kept.tags, ...added.tags],
    swaps: [...kept.swaps, ...added.swaps],
  });
}

/** Whether a source has not grown in the meantime. */
function isAsLong({ tip }: CaseChain, { tip: now }: CaseChain): boolean {
  return tip.height === now.height && tip.hash === now.hash;
}

/** In the order of their ids; of equal ids the last stays. */
function byId<T extends { readonly id: string }>(rows: readonly T[]): readonly T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()].toSorted((a, b) => compareIds(a.id, b.id));
}

/** Ids of what is told now → ids under which the case knew the same. */
function sameIds(
  before: FollowedParts,
  now: FollowedParts,
  kept: FollowedParts["chains"],
): ReadonlyMap<string, string> {
  const [old, own] = [keyed(before), keyed(now)];
  const traces = new Map(before.traces.map((trace) => [old(trace), trace.id]));
  const revenues = new Map(before.revenues.map(({ about, id }) => [about, id]));
  const chains = new Map(
    now.chains.map((one) => [
      one.id,
      before.chains.find((old) => old.source === one.source && (!kept.includes(old) || isAsLong(old, one)))
        ?.id,
    ]),
  );
  const pairs = [
    ...now.traces.map((trace) => [trace.id, traces.get(own(trace))] as const),
    ...now.revenues.map(({ about, id }) => [id, revenues.get(about)] as const),
    ...chains,
  ];
  return new Map(pairs.flatMap(([id, known]) => (known === undefined ? [] : [[id, known] as const])));
}

function withoutRepeated(before: FollowedParts, now: FollowedParts): FollowedParts {
  const repeated = new Set(now.traces.map(keyed(now)));
  const names = keyed(before);
  const traces = before.traces.filter((trace) => !repeated.has(names(trace)));
  const ids = new Set(traces.map((trace) => trace.id));
  const used = new Set(traces.map(({ chain }) => chain));
  const about = new Set(now.revenues.map((revenue) => revenue.about));
  const isAlone = traces.length === 0;
  return {
    ...before,
    chains: before.chains.filter((chain) => used.has(chain.id)),
    traces,
    paths: before.paths.filter(({ trace }) => ids.has(trace)),
    revenues: before.revenues.filter((revenue) => !about.has(revenue.about)),
    // What is told of addresses was told for the traces that were there.
    owners: isAlone ? [] : before.owners,
    tags: isAlone ? [] : before.tags,
    swaps: isAlone ? [] : before.swaps,
  };
}

/** What makes two traces the same question. */
function keyed({ chains }: FollowedParts): (trace: CaseTrace) => string {
  const sources = new Map(chains.map(({ id, source }) => [id, source]));
  return ({ chain, direction, policy, seeds }) =>
    [sources.get(chain) ?? chain, direction, policy, ...new Set(seeds.map(({ asked }) => asked))].join("\n");
}

function highestOf(parts: FollowedParts, more: Iterable<string>): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  const lists: readonly (readonly { readonly id: string }[])[] = Object.values(parts);
  for (const id of [...lists.flat().map((one) => one.id), ...more]) {
    const [, letters = "", number = ""] = NUMBERED.exec(id) ?? [];
    if (number !== "") highest.set(letters, Math.max(highest.get(letters) ?? 0, Number(number)));
  }
  return highest;
}

/** The followed part of a case. */
export function partsOf(made: Case): FollowedParts {
  const { chains, traces, paths, revenues, owners, tags, swaps } = made;
  return { chains, traces, paths, revenues, owners, tags, swaps };
}
