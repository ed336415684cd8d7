import type { HostRecord } from "../../model/host-record.ts";
import type { Place } from "../../model/place.ts";
import type { Desk } from "../reader.ts";

/** What one source tells of a host itself; a field that it does not tell is left out. */
export type IdentityFacts = Partial<
  Pick<HostRecord, "name" | "os" | "machineId" | "zone" | "collector"> & {
    readonly addresses: readonly string[];
    readonly collectedFirstMicros: number;
    readonly collectedLastMicros: number;
  }
>;

/** One place that tells of a host. */
export interface IdentitySight {
  readonly host: string;
  /** The lower is believed where two tell a thing. */
  readonly rank: number;
  readonly facts: IdentityFacts;
  readonly place: Place;
  readonly excerpt: string;
}

interface Draft {
  readonly first: IdentitySight;
  readonly known: Record<string, unknown>;
  readonly ranks: Record<string, number>;
  readonly addresses: Set<string>;
}

/** Addresses of one host that are kept; a host of containers has some hundreds. */
const MAX_ADDRESSES = 1024;

/** Brings together what many files tell of a host itself: one record a collection. */
export class IdentityTable {
  readonly #drafts = new Map<string, Draft>();

  note(sight: IdentitySight): void {
    const { host, rank, facts } = sight;
    const draft = this.#drafts.get(host) ?? { first: sight, known: {}, ranks: {}, addresses: new Set() };
    this.#drafts.set(host, draft);
    const { addresses = [], ...single } = facts;
    for (const address of addresses) if (draft.addresses.size < MAX_ADDRESSES) draft.addresses.add(address);
    for (const [name, value] of Object.entries(single)) {
      if (value === undefined || value === null || (draft.ranks[name] ?? Number.POSITIVE_INFINITY) <= rank)
        continue;
      draft.known[name] = value;
      draft.ranks[name] = rank;
    }
  }

  /** Lays down what was brought together, and forgets it. */
  finish(desk: Desk): void {
    for (const [host, { first, known, addresses }] of this.#drafts) {
      desk.record({
        kind: "host",
        host,
        hostname: null,
        atMicros: null,
        atHow: null,
        clock: "utc",
        place: first.place,
        excerpt: first.excerpt,
        name: null,
        os: null,
        machineId: null,
        zone: null,
        collector: null,
        collectedFirstMicros: null,
        collectedLastMicros: null,
        // cast: `known` holds the fields of IdentityFacts as they were noted.
        ...(known as Omit<IdentityFacts, "addresses">),
        addresses: [...addresses].sort(),
      });
    }
    this.#drafts.clear();
  }
}

/** The hosts of this run. */
export function identityTable(desk: Desk): IdentityTable {
  return desk.state("identities", () => new IdentityTable());
}

/** Lays down the hosts of this run: `Reader.finish` of every reader that notes some. */
export function finishIdentities(desk: Desk): void {
  identityTable(desk).finish(desk);
}
