import { basename, dirname } from "node:path";
import type { Case } from "../model/case.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Finding } from "../model/finding.ts";
import type { Gap } from "../model/gap.ts";
import type { CaseHost, CaseWallet, Observable, TimelineEntry } from "../model/host-case.ts";
import type { Place } from "../model/place.ts";
import { RANSOM_ADDRESSES_NAME } from "../tables/ransom-addresses.ts";
import { partsOf } from "./follow/into.ts";
import { type FollowedParts, renamed } from "./follow/parts.ts";

/** A case that is to be linked with others. */
export interface LinkedCase {
  /** Its own id among the evidence, "k1", "k2" … */
  readonly id: string;
  /** Its case.json. */
  readonly path: string;
  readonly case: Case;
  readonly bytes: number;
  readonly sha256: string;
  readonly isChanged: boolean;
}

/** What a case brings along, under ids that no other case has. */
export interface Renamed {
  readonly evidence: readonly Evidence[];
  readonly findings: readonly Finding[];
  readonly observables: readonly Observable[];
  readonly wallets: readonly CaseWallet[];
  readonly timeline: readonly TimelineEntry[];
  readonly followed: FollowedParts;
  readonly gaps: readonly Gap[];
}

/** Gives what several cases hold ids of its own, so that they can stand in one.
 *
 *  Shape: "e3" of the first case becomes "k1.e3". A host that two cases know by the same machine id and name
 *  is one host; a host that is known by an address alone is another in each case, because networks share
 *  private addresses.
 */
export class Renaming {
  readonly #cases: readonly LinkedCase[];
  /** Machine id and name → id under which the host stands. */
  readonly #machines = new Map<string, string>();

  constructor(cases: readonly LinkedCase[]) {
    this.#cases = cases;
  }

  of(linked: LinkedCase): Renamed {
    const { id, case: one } = linked;
    const at = placeWithin(id);
    const host = (known: string): string => this.#hostId(linked, known);
    return {
      evidence: [this.#itself(linked), ...one.evidence.map((piece) => this.#evidence(linked, piece))],
      findings: one.findings.map((finding) => ({
        ...finding,
        id: `${id}.${finding.id}`,
        host: finding.host === null ? null : host(finding.host),
        basis: finding.basis.map((basis) => ({ ...basis, place: at(basis.place) })),
      })),
      observables: one.observables.map((seen) => ({
        ...seen,
        hosts: seen.hosts.map(host),
        places: seen.places.map(at),
      })),
      wallets: one.wallets.map((wallet) => ({
        ...wallet,
        hosts: wallet.hosts.map(host),
        seenIn: wallet.seenIn.map((sighting) => ({ ...sighting, place: at(sighting.place) })),
      })),
      timeline: one.timeline.map((entry) => ({
        ...entry,
        host: entry.host === null ? null : host(entry.host),
        findings: entry.findings.map((finding) => `${id}.${finding}`),
        place: at(entry.place),
      })),
      followed: renamed(partsOf(one), { id: (old) => idWithin(id, old), place: at }),
      gaps: one.gaps.map((gap) => ({ ...gap, place: at(gap.place) })),
    };
  }

  /** The hosts of all cases; one that several cases know has the longest of its stories. */
  hosts(): CaseHost[] {
    const byId = new Map<string, CaseHost>();
    for (const linked of this.#cases) {
      for (const host of linked.case.hosts) {
        const renamed = this.#host(linked, host);
        const known = byId.get(renamed.id);
        byId.set(renamed.id, known === undefined ? renamed : together(known, renamed));
      }
    }
    return [...byId.values()];
  }

  #hostId({ id, case: { hosts } }: LinkedCase, known: string): string {
    const host = hosts.find((one) => one.id === known);
    const own = `${id}.${known}`;
    if (host === undefined || host.machineId === null) return own;
    const machine = `${host.machineId} ${host.name ?? ""}`;
    const first = this.#machines.get(machine);
    if (first === undefined) this.#machines.set(machine, own);
    return first ?? own;
  }

  #host(linked: LinkedCase, host: CaseHost): CaseHost {
    const { id } = linked;
    const at = placeWithin(id);
    return {
      ...host,
      id: this.#hostId(linked, host.id),
      evidence: host.evidence.map((piece) => `${id}.${piece}`),
      story: host.story.map((step) => ({
        ...step,
        findings: step.findings.map((finding) => `${id}.${finding}`),
      })),
      dwell:
        host.dwell === null
          ? null
          : {
              ...host.dwell,
              signs: host.dwell.signs.map((sign) => ({ ...sign, place: at(sign.place) })),
            },
      contradictions: host.contradictions.map(({ says, places }) => ({ says, places: places.map(at) })),
    };
  }

  #evidence(linked: LinkedCase, piece: Evidence): Evidence {
    const { id } = linked;
    const { custody, within, host } = piece;
    return {
      ...piece,
      id: `${id}.${piece.id}`,
      within: `${id}${within === null ? "" : `.${within}`}`,
      host: host === null ? null : this.#hostId(linked, host),
      custody: custody === null ? null : { ...custody, place: placeWithin(id)(custody.place) },
    };
  }

  #itself({ id, path, bytes, sha256, case: one }: LinkedCase): Evidence {
    return {
      id,
      name: `${basename(dirname(path))}/case.json`,
      kind: "paydirt-case",
      compression: null,
      within: null,
      host: null,
      bytes,
      sha256,
      packets: null,
      first: null,
      last: null,
      files: one.evidence.length,
      filesRead: one.evidence.length,
      custody: null,
    };
  }
}

/** A place of one case as it is named among several. A shipped table is the same in all of them. */
function placeWithin(id: string): (place: Place) => Place {
  return (place) =>
    place.evidence === RANSOM_ADDRESSES_NAME ? place : { ...place, evidence: `${id}.${place.evidence}` };
}

/** An id of one case among several. An output, "txid:vout", is the same in all of them. */
function idWithin(id: string, old: string): string {
  return old.includes(":") ? old : `${id}.${old}`;
}

function together(known: CaseHost, other: CaseHost): CaseHost {
  const told = other.story.length > known.story.length ? other : known;
  return {
    ...told,
    evidence: [...known.evidence, ...other.evidence],
    contradictions: [...known.contradictions, ...other.contradictions],
  };
}
