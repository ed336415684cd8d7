import type { Place } from "./place.ts";

/** What a transaction's output asks of whoever spends it.
 *
 *  Source: Bitcoin Core src/script/solver.cpp, `TxoutType`.
 */
export const SCRIPT_KINDS = [
  "p2pk",
  "p2pkh",
  "p2sh",
  "multisig",
  "op-return",
  "p2wpkh",
  "p2wsh",
  "p2tr",
  "witness-unknown",
  "nonstandard",
] as const;
export type ScriptKind = (typeof SCRIPT_KINDS)[number];

/** One output of one transaction: `txid` as explorers print it (64 lower-case hex digits, last byte of the
 *  hash first), `vout` from 0. */
export interface Outpoint {
  readonly txid: string;
  readonly vout: number;
}

/** An output that is spent. What the source does not tell is null. */
export interface ChainInput extends Outpoint {
  readonly valueSats: bigint | null;
  /** As `ChainOutput.address`. */
  readonly address: string | null;
  readonly script: ScriptKind | null;
  readonly sequence: number | null;
}

export interface ChainOutput {
  /** null where a list of payments does not tell which output it was. */
  readonly vout: number | null;
  readonly valueSats: bigint;
  /** In the form of its network; for a bare public key (p2pk) the address of its hash, as explorers print
   *  it; null for a script that has none. */
  readonly address: string | null;
  readonly script: ScriptKind | null;
}

/** A transaction as far as its source tells of it.
 *
 *  Shape: `height` and `index` (position in its block, from 0) are null where the source does not say or
 *  where it is in no block; `atMicros` is the time of its block. A coinbase has no inputs. `isWhole` is
 *  false where the source knows only some of its outputs and none of its inputs, as a list of payments does.
 */
export interface ChainTx {
  readonly txid: string;
  readonly height: number | null;
  readonly index: number | null;
  readonly atMicros: number | null;
  readonly isCoinbase: boolean;
  readonly isWhole: boolean;
  readonly version: number | null;
  readonly locktime: number | null;
  readonly inputs: readonly ChainInput[];
  readonly outputs: readonly ChainOutput[];
  readonly place: Place;
}

/** The last block that a source knows. `hash` as explorers print it. */
export interface ChainTip {
  readonly height: number | null;
  readonly hash: string | null;
  readonly atMicros: number | null;
}

/** An output that a transaction spent, as undo data keeps it. `script` is the locking script. */
export interface SpentOutput {
  readonly valueSats: bigint;
  readonly script: Uint8Array;
}

export type MaybePromise<T> = T | Promise<T>;

/** One block, lent: `bytes` and the view itself are used again for the next block.
 *
 *  Shape: the 80-byte header begins at `at`, the block ends before `end`; `hash` as explorers print it;
 *  `height` is null where nothing tells it.
 */
export interface BlockView {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
  readonly height: number | null;
  readonly hash: string;
  readonly atMicros: number;
  /** The evidence and the offset of the header in it. */
  readonly evidence: string;
  readonly atByte: number;
  /** What the transaction at this position in the block (the coinbase is 0) spends, in the order of its
   *  inputs; null where the source does not keep it. A node is asked only then: the answer is as large as
   *  ten blocks. */
  spent(index: number): MaybePromise<readonly SpentOutput[] | null>;
  /** To be told by whoever finds that the block contradicts its format: a source that lends bytes as they are
   *  lays a gap `malformed-block`, once a block. */
  malformed?(says: string): void;
}

/** Source that gives whole blocks, in the order of the chain, and nothing else: block files, a node. */
export interface ChainBlocks {
  readonly kind: "blocks";
  /** Id of a row in `tables/bitcoin-networks.ts`. */
  readonly network: string;
  readonly firstHeight: number | null;
  readonly tip: ChainTip;
  /** Blocks of the best chain from this height on (inclusive; null: from the first).
   *  A source that fails in the midst lays a `source-failed` gap and throws `PaydirtError` "bad-source". */
  blocks(fromHeight: number | null): AsyncIterable<BlockView>;
  /** Outputs by "txid:vout", for spent outputs that `BlockView.spent` did not tell; those that are not found
   *  are missing in the answer. May read the whole source. */
  outputs(wanted: readonly Outpoint[]): Promise<ReadonlyMap<string, SpentOutput>>;
  /** Height of the first of these transactions, for a source that knows without reading them; null: it does
   *  not know of all of them. */
  firstOf?(txids: readonly string[]): Promise<number | null>;
  close(): Promise<void>;
}

/** What is known of who spent an output. */
export type Spender = ChainTx | "unspent" | "unknown";

/** Source that answers questions: an explorer's API, or a slice that was saved. */
export interface ChainLookup {
  readonly kind: "lookup";
  readonly network: string;
  readonly tip: ChainTip;
  /** null: not in the source. */
  tx(txid: string): Promise<ChainTx | null>;
  spender(of: Outpoint): Promise<Spender>;
  /** Every transaction that pays to or spends from the address, in the order of the chain. */
  touching(address: string): AsyncIterable<ChainTx>;
  /** What else the source says of addresses, such as the family of a list of ransom addresses. */
  readonly tags: readonly SourceTag[];
  /** What the source says that payments were worth: to be compared with a price table, never to be summed.
   *  Missing where it says nothing. */
  readonly claims?: readonly WorthClaim[];
  close(): Promise<void>;
}

/** Dollars that a source gives for one payment, as it gives them: 0 where it had no price. */
export interface WorthClaim {
  readonly txid: string;
  readonly address: string;
  readonly valueSats: bigint;
  readonly atMicros: number | null;
  readonly usd: number;
  readonly place: Place;
}

/** What a list says of an address, before it is looked at beside other lists. */
export interface SourceTag {
  readonly address: string;
  /** Ticker, lower case. */
  readonly coin: string;
  readonly label: string;
  /** As the list says: exchange, mixing_service, coinjoin, ransomware …; null: it does not. */
  readonly category: string | null;
  readonly abuse: string | null;
  /** Id of an actor in an ActorPack. */
  readonly actor: string | null;
  /** Where the list has it from. */
  readonly source: string | null;
  /** When the list says that it was last looked at, YYYY-MM-DD. */
  readonly date: string | null;
  /** The list's own word for how good its sourcing is. */
  readonly confidence: string | null;
  /** Whether the whole cluster of the address is meant; null: the list does not say. */
  readonly isClusterDefiner: boolean | null;
  /** Title or name of the list. */
  readonly list: string;
  readonly place: Place;
}

/** Who stands behind tags, as an ActorPack says. */
export interface TagActor {
  /** What tags call it. */
  readonly id: string;
  readonly label: string;
  readonly categories: readonly string[];
  /** Countries whose law it is under, ISO 3166-1. */
  readonly jurisdictions: readonly string[];
  readonly uri: string | null;
  readonly list: string;
  readonly place: Place;
}

/** The ones that a trace can use. */
export type Chain = ChainBlocks | ChainLookup;

/** "txid:vout". */
export function outpointId({ txid, vout }: Outpoint): string {
  return `${txid}:${vout}`;
}
