import { type AddressForms, scriptAddress, scriptKind } from "../bytes/bitcoin-script.ts";
import type { DecodedTx } from "../bytes/bitcoin-tx.ts";
import type { ChainInput, ChainOutput, ChainTx, SpentOutput } from "./chain.ts";
import type { Place } from "./place.ts";

/** What the bytes of a transaction do not tell of it. */
export interface TxFacts {
  readonly txid: string;
  readonly height: number | null;
  readonly index: number | null;
  readonly atMicros: number | null;
  readonly place: Place;
  /** What its inputs spend, in their order; null where it is not known, as a whole or one by one. */
  readonly spent: readonly (SpentOutput | null)[] | null;
  /** How its network writes addresses. */
  readonly forms: AddressForms;
}

/** The transaction of these bytes, with what is known of it besides. */
export function chainTx(tx: DecodedTx, facts: TxFacts): ChainTx {
  const { txid, height, index, atMicros, place, forms } = facts;
  return {
    txid,
    height,
    index,
    atMicros,
    isCoinbase: tx.coinbase !== null,
    isWhole: true,
    version: tx.version,
    locktime: tx.locktime,
    inputs: tx.inputs.map(({ txid, vout, sequence }, input): ChainInput => {
      const spent = facts.spent?.[input] ?? null;
      return {
        txid,
        vout,
        valueSats: spent?.valueSats ?? null,
        address: spent === null ? null : scriptAddress(spent.script, forms),
        script: spent === null ? null : scriptKind(spent.script),
        sequence,
      };
    }),
    outputs: tx.outputs.map(
      ({ valueSats, script }, vout): ChainOutput => ({
        vout,
        valueSats,
        address: scriptAddress(script, forms),
        script: scriptKind(script),
      }),
    ),
    place,
  };
}
