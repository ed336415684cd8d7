/** What the script that made a chain knows of it: every transaction in the order of the chain, and who owns
 *  each output. A tracer never sees the owners. */
export interface Ledger {
  readonly transactions: LedgerTx[];
  /** Owner by "txid:vout". */
  readonly owners: Map<string, string>;
}

export interface LedgerTx {
  readonly txid: string;
  readonly height: number;
  /** "txid:vout" of what it spends; none for a coinbase. */
  readonly inputs: readonly string[];
  readonly outputs: readonly LedgerOutput[];
}

export interface LedgerOutput {
  readonly sats: bigint;
  /** null: nobody can spend it. */
  readonly owner: string | null;
  readonly address: string | null;
  readonly script: Uint8Array;
}
