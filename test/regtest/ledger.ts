import { outpointId } from "../../src/model/chain.ts";
import type { MadeChain } from "../kit/chain/made-chain.ts";
import { txsOf } from "../kit/chain/traced-chain.ts";

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

/** What a made-up chain would have in its ledger. */
export function ledgerOf(chain: MadeChain): Ledger {
  const transactions = txsOf(chain).map(({ txid, height, inputs, outputs }) => ({
    txid,
    height: height ?? 0,
    inputs: inputs.map(outpointId),
    outputs: outputs.map(({ valueSats, address, script }) => ({
      sats: valueSats,
      owner: script === "op-return" ? null : "somebody",
      address,
      script: new Uint8Array(),
    })),
  }));
  return { transactions, owners: new Map() };
}
