import type { How, Place } from "./place.ts";
import type { Worth } from "./worth.ts";

/** How dirty coins of several inputs are said to go into several outputs.
 *
 *  Source: docs/methods.md, "Taint". Poison: every output is wholly dirty. Haircut: each output has the mean.
 *  FIFO, LIFO: what came in first leaves first, or last. TIHO: the largest output takes the dirty coins.
 */
export const POLICIES = ["fifo", "lifo", "haircut", "poison", "tiho"] as const;
export type Policy = (typeof POLICIES)[number];

/** Why a trace does not go on behind an output. */
export const STOPS = {
  service: "it belongs to a service, whose books alone can tell which coins left it for whom",
  coinjoin: "it leaves a CoinJoin, which is made so that inputs and outputs cannot be paired",
  coinbase: "it is newly mined: nothing comes before it",
  "cut-off": "it was made before the cut-off that was asked for",
  dust: "it is worth less than what is followed (--min-sats)",
  "min-taint": "less of it is dirty than the trace was asked to follow",
  "not-in-source": "the source does not hold the transaction that spends it, or cannot tell whether one does",
  "unknown-value": "it is spent with outputs whose values the source does not know",
  "source-failed": "the source failed before it was looked up",
  limit: "the trace has reached the number of transactions that it may hold",
} as const;
export type StopId = keyof typeof STOPS;

export interface Stop {
  readonly stop: StopId;
  /** What it was, in words: the name of the service and who says so, the kind of CoinJoin and its figures. */
  readonly says: string;
}

/** Where a trace begins. Amounts are decimal strings of satoshi. */
export interface TraceSeed {
  readonly txid: string;
  /** null where a list of payments does not tell it. */
  readonly vout: number | null;
  readonly address: string | null;
  readonly valueSats: string;
  readonly height: number | null;
  readonly at: string | null;
  /** What was asked for: "btc:1Nj…", "family:WannaCry", "wallet of the case". */
  readonly asked: string;
  readonly place: Place;
}

/** A tainted output that is unspent at the cut-off, or behind which the trace stops; in a backward trace one
 *  that the money came from.
 *
 *  Shape: amounts are decimal strings of satoshi, `dirtySats` of `valueSats`; `segments` are the dirty
 *  stretches [first, length] of the output for the policies that know them (FIFO, LIFO), else null; `spent`
 *  is null where the source cannot tell, as where blocks are missing. `stop` is missing where no spend is
 *  seen.
 */
export interface TraceOutput {
  readonly txid: string;
  readonly vout: number | null;
  readonly address: string | null;
  readonly valueSats: string;
  readonly dirtySats: string;
  readonly segments: readonly (readonly [first: string, length: string])[] | null;
  readonly height: number | null;
  readonly at: string | null;
  readonly spent: boolean | null;
  readonly stop?: StopId;
  readonly stopSays?: string;
  readonly place: Place;
}

/** What an output is in its transaction, as far as rules can tell. */
export const ROLES = ["change", "payment", "peel", "deposit", "coinjoin", "miner", "unknown"] as const;
export type Role = (typeof ROLES)[number];

/** One rule's opinion on an output. `errorShare` is how often it is wrong (0–1), as `source` measured; null:
 *  nobody did. */
export interface Vote {
  readonly rule: string;
  readonly role: Role;
  readonly errorShare: number | null;
  readonly source: string;
}

/** One way that dirty coins took: from outputs that a transaction spends to one of its outputs.
 *
 *  Shape: `from` are the dirty outpoints that it spends, "txid:vout" (at most 20, `fromCount` counts all),
 *  for a coinbase "txid:fee"; `vout` null is the fee, which goes to the miner of block `height`. That the
 *  transaction spends them is seen; which coins went where is `assumed` by the policy unless all of it is
 *  dirty (`inferred`).
 *  `role` with `likelihood` (0–1, null: no rule says) and `confidence` is a separate opinion.
 */
export interface TraceEdge {
  readonly txid: string;
  readonly vout: number | null;
  readonly from: readonly string[];
  readonly fromCount: number;
  readonly address: string | null;
  readonly valueSats: string;
  readonly dirtySats: string;
  readonly height: number | null;
  readonly at: string | null;
  readonly how: How;
  readonly role: Role;
  readonly likelihood: number | null;
  readonly confidence: "high" | "medium" | "low" | null;
  readonly votes: readonly Vote[];
  /** True where the examiner chose this output with --hop. */
  readonly chosen: boolean;
  readonly place: Place;
}

/** Amounts of a trace, decimal strings of satoshi. For every policy but poison
 *  `seedSats` = `dirtySats` (of `outputs`) + `feeSats` + `burntSats`; poison grows by design, and its
 *  `dirtySats` is no loss. `feeSats` are fees that were not followed into a coinbase. */
export interface TraceTotals {
  readonly seedSats: string;
  readonly dirtySats: string;
  readonly feeSats: string;
  readonly burntSats: string;
}

export interface CaseTrace {
  readonly id: string;
  readonly coin: string;
  readonly network: string;
  /** Id of `Case.chains`. */
  readonly chain: string;
  readonly direction: "forward" | "backward";
  readonly policy: Policy;
  readonly seeds: readonly TraceSeed[];
  /** The last block that was looked at, and the cut-off as it was asked for; `hash` null where not all blocks
   *  before it were looked at. */
  readonly until: {
    readonly height: number | null;
    readonly hash: string | null;
    readonly at: string | null;
    readonly asked: string | null;
  };
  readonly outputs: readonly TraceOutput[];
  readonly edges: readonly TraceEdge[];
  readonly totals: TraceTotals;
  /** What the seeds were worth, at each moment that can be told; the same for every policy. */
  readonly worth: readonly Worth[];
  /** What the outputs of each kind of end were worth: a stop, or where none is; none by poison. */
  readonly endWorths: readonly {
    readonly end: StopId | "unspent" | "perhaps-unspent";
    readonly worth: readonly Worth[];
  }[];
  /** All that were met; `outputs` and `edges` may hold fewer, the largest. */
  readonly counts: {
    readonly transactions: number;
    readonly outputs: number;
    readonly edges: number;
  };
  readonly fees: "followed" | "not-followed";
  /** Hops that the examiner chose: all dirty coins of `txid` go to `vout`. */
  readonly chosen: readonly { readonly txid: string; readonly vout: number }[];
  /** Whether the source failed before the trace was through. */
  readonly isComplete: boolean;
}
