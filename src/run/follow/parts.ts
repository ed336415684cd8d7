import type { Case, NOTHING_FOLLOWED } from "../../model/case.ts";
import type { Place } from "../../model/place.ts";

/** The part of a case that tells of followed money. */
export type FollowedParts = Pick<Case, keyof typeof NOTHING_FOLLOWED>;

/** New names for what followed money is told by: ids of chains, traces, paths, revenues, owners, tags and
 *  swaps, and places. */
export interface Names {
  id(old: string): string;
  place(old: Place): Place;
}

/** The same under other names, so that several traces can stand in one case. */
export function renamed(parts: FollowedParts, names: Names): FollowedParts {
  const id = names.id.bind(names);
  const placed = <T extends { readonly place: Place }>(one: T): T => ({
    ...one,
    place: names.place(one.place),
  });
  return {
    chains: parts.chains.map((one) => ({
      ...one,
      id: id(one.id),
      evidence: names.place({ evidence: one.evidence, atByte: 0, byteLength: 0, packet: null, line: null })
        .evidence,
    })),
    traces: parts.traces.map((one) => ({
      ...one,
      id: id(one.id),
      chain: id(one.chain),
      seeds: one.seeds.map(placed),
      outputs: one.outputs.map(placed),
      edges: one.edges.map(placed),
    })),
    paths: parts.paths.map((one) => {
      const trace = id(one.trace);
      return { ...one, id: `${trace}${one.id.slice(one.trace.length)}`, trace };
    }),
    revenues: parts.revenues.map((one) => ({
      ...one,
      id: id(one.id),
      cautions: one.cautions.map(({ says, place }) => ({
        says,
        place: place === null ? null : names.place(place),
      })),
    })),
    owners: parts.owners.map((one) => ({ ...one, id: id(one.id), tags: one.tags.map(id) })),
    tags: parts.tags.map((one) => placed({ ...one, id: id(one.id), conflicts: one.conflicts.map(id) })),
    swaps: parts.swaps.map((one) =>
      placed({ ...one, id: id(one.id), joins: one.joins.map((join) => ({ ...join, to: id(join.to) })) }),
    ),
  };
}
