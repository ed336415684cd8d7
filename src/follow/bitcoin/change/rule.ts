import type { ChainInput, ChainOutput, ChainTx } from "../../../model/chain.ts";

/** What is known around a transaction. Each answer is null where the source cannot tell. */
export interface SpendContext {
  /** Whether the address had been paid before this transaction. */
  seenBefore(address: string, tx: ChainTx): boolean | null;
  /** Whether the address was paid again after it; false only when a week has passed at least. */
  paidAgain(address: string, tx: ChainTx): boolean | null;
  /** The transaction that spends an output. */
  spender(txid: string, vout: number): ChainTx | null;
  /** A transaction by its id. */
  tx(txid: string): ChainTx | null;
  /** Name of the service that the address is said to belong to; null: none that is known. */
  service(address: string): string | null;
  /** The output at which a peel chain goes on that a transaction is in, followed hop by hop. */
  peelChange(txid: string): number | null;
  /** What a bitcoin was worth at the time: lowest and highest price in US dollars. */
  usd(tx: ChainTx): { readonly low: number; readonly high: number } | null;
}

/** A transaction of one owner whose outputs are asked about. `payable` are the positions of the outputs that
 *  somebody can spend: at least two. */
export interface Spend {
  readonly tx: ChainTx;
  readonly inputs: readonly ChainInput[];
  readonly outputs: readonly ChainOutput[];
  readonly payable: readonly number[];
  readonly context: SpendContext;
}

/** Positions of the outputs that a rule does not rule out as change; null: it cannot tell. All of them, or
 *  none, is an answer that says nothing. */
export type Candidates = ReadonlySet<number> | null;

/** Rules of one family look at the same thing, so that only the surest of them counts. */
export type RuleFamily = "identity" | "history" | "amount" | "script" | "software" | "chain";

/** One way of telling change from payments. */
export interface ChangeRule {
  readonly id: string;
  readonly title: string;
  readonly family: RuleFamily;
  readonly source: string;
  /** How often it is wrong (0–1), as `measured` tells; null: nobody measured it as it stands here. */
  readonly errorShare: number | null;
  readonly measured: string;
  /** The error that it is weighed with; a judgement where nobody measured. */
  readonly weighedError: number;
  /** What the outputs are that it rules out. */
  readonly others: "payment" | "peel";
  /** Whether each of several candidates is change; otherwise several tell of none. */
  readonly isEach: boolean;
  candidates(spend: Spend): Candidates;
}
