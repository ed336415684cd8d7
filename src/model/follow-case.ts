import type { SourceTag } from "./chain.ts";
import type { Place } from "./place.ts";
import type { Role, StopId } from "./trace.ts";
import type { Worth } from "./worth.ts";

/** The source of blocks or transactions that was followed. */
export interface CaseChain {
  readonly id: string;
  readonly network: string;
  /** "blocks", "rpc", "esplora" or "slice". */
  readonly kind: string;
  /** As the user named it, without passwords. */
  readonly source: string;
  readonly evidence: string;
  readonly firstHeight: number | null;
  readonly tip: { readonly height: number | null; readonly hash: string | null; readonly at: string | null };
}

/** Receipts counted in one way. A payment is a transaction: one that pays several of the addresses counts
 *  once. */
export interface RevenueCount {
  readonly id: "all" | "ransom-sized" | "without-internal" | "excluded";
  readonly says: string;
  readonly transactions: number;
  readonly outputs: number;
  readonly sats: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly worth: readonly Worth[];
}

/** What came in at addresses that belong together: a lower bound, beside what was left out of it and why. */
export interface Revenue {
  readonly id: string;
  /** "WannaCry", or what was asked for. */
  readonly about: string;
  readonly addresses: readonly string[];
  readonly until: string | null;
  readonly counts: readonly RevenueCount[];
  /** Which of `counts` is meant as the lower bound. */
  readonly bound: RevenueCount["id"];
  readonly excluded: readonly {
    readonly rule: string;
    readonly says: string;
    readonly transactions: number;
    readonly outputs: number;
    readonly sats: string;
  }[];
  readonly byAddress: readonly {
    readonly address: string;
    readonly outputs: number;
    readonly sats: string;
    readonly first: string | null;
    readonly last: string | null;
  }[];
  readonly byDay: readonly {
    readonly date: string;
    readonly transactions: number;
    readonly outputs: number;
    readonly sats: string;
    readonly usdClose: number | null;
  }[];
  /** What makes the figures doubtful: an address that was active years before its family, days without
   *  prices, prices of the source that differ from the table. */
  readonly cautions: readonly { readonly says: string; readonly place: Place | null }[];
}

/** A tag of an address that the case met. Tags that disagree stand side by side. */
export interface CaseTag extends SourceTag {
  readonly id: string;
  /** Ids of tags of the same address that say something else. */
  readonly conflicts: readonly string[];
  /** Why it is to be doubted; null: nothing known. */
  readonly caution: string | null;
}

/** Addresses that one owner seems to hold. */
export interface AddressOwner {
  readonly id: string;
  readonly addresses: readonly string[];
  /** All; `addresses` may hold fewer. */
  readonly addressCount: number;
  /** What joined them. */
  readonly joins: readonly {
    readonly rule: string;
    readonly txids: readonly string[];
    readonly txCount: number;
    readonly errorShare: number | null;
    readonly source: string;
  }[];
  readonly likelihood: number | null;
  readonly confidence: "high" | "medium" | "low";
  /** Ids of `Case.tags`. */
  readonly tags: readonly string[];
  readonly says: string;
}

/** A swap of one coin for another by a service, as a record tells it. Amounts are decimal strings of
 *  coins. */
export interface CaseSwap {
  readonly id: string;
  readonly service: string | null;
  readonly status: string | null;
  readonly from: SwapSide;
  readonly to: SwapSide;
  readonly at: string | null;
  /** How often the record is listed; it counts once. */
  readonly times: number;
  readonly place: Place;
  /** What it joins: outputs of traces that went into it, swaps whose coins it can have sold on. */
  readonly joins: readonly {
    readonly to: string;
    readonly rule: string;
    readonly likelihood: number | null;
    readonly confidence: "high" | "medium" | "low";
    readonly says: string;
  }[];
}

export interface SwapSide {
  readonly coin: string;
  readonly amount: string;
  readonly address: string | null;
  readonly txid: string | null;
}

/** The way from a seed to a service, and what can be asked of whom.
 *
 *  Shape: `hops` begins with the seed's output and ends with the one that the path is about; of a long way it
 *  holds both ends, at most 200, and `hopCount` counts all.
 */
export interface ServicePath {
  readonly id: string;
  readonly trace: string;
  /** Name of the service, or null where only the stop is known. */
  readonly service: string | null;
  readonly stop: StopId;
  readonly address: string | null;
  readonly txid: string;
  readonly vout: number | null;
  readonly dirtySats: string;
  readonly at: string | null;
  readonly worth: readonly Worth[];
  readonly hops: readonly {
    readonly txid: string;
    readonly vout: number | null;
    readonly address: string | null;
    readonly dirtySats: string;
    readonly at: string | null;
    readonly role: Role;
  }[];
  readonly hopCount: number;
  /** "Ask Huobi for the account behind deposit address … on 2017-12-07". */
  readonly nextStep: string;
}
