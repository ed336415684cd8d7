import type { Policy } from "../../model/trace.ts";
import type { OpenedCase } from "../../store/index.ts";

/** What `paydirt follow` is asked to do. */
export interface FollowOptions {
  /** "btc:ADDRESS", "btc:TXID", "btc:TXID:VOUT" or "family:NAME"; none: the wallets of `into`. */
  readonly seeds: readonly string[];
  /** "blocks:PATH", "rpc:URL", "esplora:URL" or "slice:FILE". */
  readonly chain: string;
  readonly policies: readonly Policy[];
  readonly direction: "forward" | "backward";
  readonly followFees: boolean;
  /** The cut-off, both inclusive, and as it was asked for. */
  readonly until: {
    readonly height: number | null;
    readonly micros: number | null;
    readonly asked: string | null;
  };
  readonly minDirtySats: bigint;
  readonly chosen: ReadonlyMap<string, number>;
  /** Files or folders of tags, and files of records of swaps. */
  readonly tags: readonly string[];
  readonly swaps: readonly string[];
  /** Whether seeds and tags stand for all addresses that are spent together with theirs: needs blocks. */
  readonly byCluster: boolean;
  /** Spans of ransom as typed: "250-350", "0.5-1btc". */
  readonly demands: readonly string[];
  /** Day (YYYY-MM-DD) at whose price coins are valued too; null: not asked. */
  readonly asOf: string | null;
  /** The case that the trace is added to; null: a case of its own. */
  readonly into: OpenedCase | null;
  readonly caseNumber: string | null;
  readonly examiner: string | null;
  /** Folder of the user's own tables; null: the platform's data folder. */
  readonly dataFolder: string | null;
  /** Folder of answers that were fetched; null: the platform's cache folder. */
  readonly cacheFolder: string | null;
  readonly signal: AbortSignal | null;
  readonly onProgress: ((step: FollowProgress) => void) | null;
}

export interface FollowProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}
