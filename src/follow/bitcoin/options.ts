import type { ChainTx } from "../../model/chain.ts";
import type {
  CaseTrace,
  Policy,
  Stop,
  TraceEdge,
  TraceOutput,
  TraceSeed,
  TraceTotals,
} from "../../model/trace.ts";

/** Where to begin: outputs by name, and addresses whose receipts are meant.
 *
 *  Shape: `vout` null means every output of the transaction. A receipt of an address is a seed unless its
 *  transaction spends from one of the addresses itself: that is change coming back.
 */
export interface SeedRequest {
  readonly outpoints: readonly {
    readonly txid: string;
    readonly vout: number | null;
    readonly asked: string;
  }[];
  readonly addresses: readonly { readonly address: string; readonly asked: string }[];
}

export interface TraceOptions {
  readonly policies: readonly Policy[];
  /** Whether dirty fees are followed into the coinbase of their block. */
  readonly followFees: boolean;
  /** Last height and last block time that are looked at, both inclusive; null: no limit. */
  readonly untilHeight: number | null;
  readonly untilMicros: number | null;
  /** Outputs of less value, and dirty amounts below, are not followed further. */
  readonly dustSats: bigint;
  readonly minDirtySats: bigint;
  /** Hops that the examiner chose: all dirty coins of the transaction go to this output. */
  readonly chosen: ReadonlyMap<string, number>;
  /** Transactions whose details are kept and edges listed; beyond, only sums. */
  readonly mostTransactions: number;
  /** Why not to go on behind an output of a transaction, by its position among the outputs. */
  readonly stopAt: (tx: ChainTx, output: number) => Stop | null;
  /** An earlier trace of the same chain, with the same hops that were chosen: one through blocks goes on from
   *  it where that gives the same as beginning anew. null: none. */
  readonly from: Followed | null;
  /** SHA-256 twice. */
  readonly hash256: (bytes: Uint8Array) => Uint8Array;
  readonly signal: AbortSignal | null;
}

/** A way that coins took, before anything is said of what the output is. */
export type Flow = Omit<TraceEdge, "role" | "likelihood" | "confidence" | "votes">;

export interface Traced {
  readonly policy: Policy;
  readonly outputs: readonly TraceOutput[];
  readonly flows: readonly Flow[];
  readonly totals: TraceTotals;
  readonly counts: { readonly transactions: number; readonly outputs: number; readonly edges: number };
}

/** What a trace over one source gave. `hops` are the transactions that seeds are in or that spend dirty
 *  outputs, in the order of the chain, at most `mostTransactions`. */
export interface Followed {
  readonly direction: "forward" | "backward";
  readonly seeds: readonly TraceSeed[];
  readonly traces: readonly Traced[];
  readonly hops: readonly ChainTx[];
  readonly until: Omit<CaseTrace["until"], "asked">;
  readonly fees: "followed" | "not-followed";
  readonly isComplete: boolean;
  /** Height of the last block of the earlier trace that it went on from; missing where it began anew. */
  readonly wentOnFrom?: number;
}
