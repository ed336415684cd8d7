import type { Case } from "../../model/case.ts";
import type { CaseTrace } from "../../model/trace.ts";
import { type FollowedParts, renamed } from "./parts.ts";

const NUMBERED = /^([a-z]+)(\d+)$/;

/** A case with what was followed now beside what was followed before.
 *
 *  Shape: a trace of the same source, direction, policy and seeds takes the place of the older one, with its
 *  paths; so does a revenue of the same name. Ids go on behind those that are there.
 */
export function joinedParts(before: FollowedParts, now: FollowedParts): FollowedParts {
  const kept = withoutRepeated(before, now);
  const highest = highestOf(kept);
  const id = (old: string): string => {
    const [, letters = "", number = ""] = NUMBERED.exec(old) ?? [];
    return number === "" ? old : `${letters}${Number(number) + (highest.get(letters) ?? 0)}`;
  };
  const added = renamed(now, { id, place: (place) => place });
  return {
    chains: [...kept.chains, ...added.chains],
    traces: [...kept.traces, ...added.traces],
    paths: [...kept.paths, ...added.paths],
    revenues: [...kept.revenues, ...added.revenues],
    owners: [...kept.owners, ...added.owners],
    tags: [...kept.tags, ...added.tags],
    swaps: [...kept.swaps, ...added.swaps],
  };
}

function withoutRepeated(before: FollowedParts, now: FollowedParts): FollowedParts {
  const repeated = new Set(keysOf(now));
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

function keysOf(parts: FollowedParts): string[] {
  return parts.traces.map(keyed(parts));
}

/** What makes two traces the same question. */
function keyed({ chains }: FollowedParts): (trace: CaseTrace) => string {
  const sources = new Map(chains.map(({ id, source }) => [id, source]));
  return ({ chain, direction, policy, seeds }) =>
    [sources.get(chain) ?? chain, direction, policy, ...new Set(seeds.map(({ asked }) => asked))].join("\n");
}

function highestOf(parts: FollowedParts): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  const lists: readonly (readonly { readonly id: string }[])[] = Object.values(parts);
  for (const { id } of lists.flat()) {
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
