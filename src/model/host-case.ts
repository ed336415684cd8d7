import type { How, Place } from "./place.ts";
import type { Interval } from "./work.ts";

/** Chapters of what happened to a host, in the order in which they are told. */
export const STAGES = [
  "way-in",
  "staying",
  "mining",
  "elbowing-out",
  "extortion",
  "theft",
  "covering-up",
] as const;
export type Stage = (typeof STAGES)[number];

/** One chapter: what was found of it, or that nothing was. */
export interface StoryStep {
  readonly stage: Stage;
  /** Finding ids, first sign first. */
  readonly findings: readonly string[];
  readonly first: string | null;
  readonly last: string | null;
  /** "seen" when at least one of the findings rests on what was seen; null when missing. */
  readonly how: How | null;
  readonly says: string;
}

/** How long a miner showed itself, and what it may have brought in that time.
 *
 *  Shape: `first` and `last` are the first and last sign; `signs` says what they are. `observedHps` is the
 *  hash rate as logged or measured; `extrapolated` is rate × dwell, null when a contradiction forbids it, and
 *  never part of any sum of what was observed.
 */
export interface Dwell {
  readonly first: string;
  readonly last: string;
  readonly seconds: number;
  readonly signs: readonly { readonly at: string; readonly says: string; readonly place: Place }[];
  readonly observedHps: Interval | null;
  readonly coin: string | null;
  readonly extrapolated: {
    readonly hashes: Interval;
    readonly amount: Interval | null;
    readonly usd: Interval | null;
    readonly unit: string | null;
    readonly says: string;
  } | null;
}

/** Two things that cannot both be true as they stand. */
export interface Contradiction {
  readonly says: string;
  readonly places: readonly Place[];
}

/** A host that the evidence tells of. Times are ISO 8601 UTC. */
export interface CaseHost {
  readonly id: string;
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly os: string | null;
  readonly machineId: string | null;
  readonly zone: string | null;
  /** What a time without a zone or year was taken for, in words; one entry a rule that was used. */
  readonly clock: readonly string[];
  readonly collector: string | null;
  readonly collectedFirst: string | null;
  readonly collectedLast: string | null;
  /** Ids of evidence that tells of it. */
  readonly evidence: readonly string[];
  readonly story: readonly StoryStep[];
  readonly dwell: Dwell | null;
  readonly contradictions: readonly Contradiction[];
  /** Records by kind. */
  readonly counts: Readonly<Record<string, number>>;
}

/** One event of the timeline. */
export interface TimelineEntry {
  readonly at: string;
  readonly how: How;
  readonly host: string | null;
  readonly what: string;
  readonly says: string;
  /** Findings that rest on the same place. */
  readonly findings: readonly string[];
  readonly place: Place;
}

/** A payment address and every place in which it stands. */
export interface CaseWallet {
  readonly coin: string;
  readonly address: string;
  readonly form: string;
  readonly checked: boolean;
  readonly hosts: readonly string[];
  readonly times: number;
  readonly seenIn: readonly { readonly what: string; readonly place: Place }[];
}

export const OBSERVABLE_KINDS = [
  "wallet",
  "pool-account",
  "login-key",
  "file-hash",
  "autostart-text",
  "address",
  "login-source",
  "domain",
] as const;
export type ObservableKind = (typeof OBSERVABLE_KINDS)[number];

/** Something by which hosts and cases can be recognised as one operator's work.
 *
 *  Shape: `common` says why it links nothing (a public pool, shared hosting, a documentation address, a tool
 *  that everyone has); null when it may link. `places` holds one place for each of `hosts`, in their order.
 */
export interface Observable {
  readonly kind: ObservableKind;
  readonly value: string;
  readonly hosts: readonly string[];
  readonly common: string | null;
  readonly places: readonly Place[];
}

/** Hosts (of one case or of several) that share what only one operator has. `id` is made of the shared values
 *  themselves, so that it is the same wherever they meet. */
export interface Cluster {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly shared: readonly {
    readonly kind: ObservableKind;
    readonly value: string;
    readonly hosts: readonly string[];
    readonly places: readonly Place[];
  }[];
  readonly says: string;
}
