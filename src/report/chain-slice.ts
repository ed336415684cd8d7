// A part of a chain as a file that `--chain slice:FILE` reads: docs/slices-and-tags.md.

import type { ChainInput, ChainOutput, ChainTip, ChainTx, ScriptKind } from "../model/chain.ts";

const SCHEMA = 1;
const MICROS_PER_SECOND = 1_000_000;

/** As Esplora names them. Source: electrs src/rest.rs, `TxOutValue::new`. */
const KIND_NAMES: Readonly<Record<ScriptKind, string>> = {
  p2pk: "p2pk",
  p2pkh: "p2pkh",
  p2sh: "p2sh",
  multisig: "multisig",
  "op-return": "op_return",
  p2wpkh: "v0_p2wpkh",
  p2wsh: "v0_p2wsh",
  p2tr: "v1_p2tr",
  "witness-unknown": "witness_unknown",
  nonstandard: "nonstandard",
};

export interface ChainSlice {
  readonly network: string;
  readonly tip: ChainTip;
  readonly transactions: readonly ChainTx[];
  /** "txid:vout" of outputs that are known to be unspent at the tip. */
  readonly unspent: readonly string[];
}

/** Writes a slice: whole transactions as Esplora gives them, one a line, and payments of others.
 *
 *  Shape: the same text for the same transactions, in whatever order; values are JSON numbers, exact up to
 *  2^53 satoshi, which is more than there are.
 */
export function sliceJson({ network, tip, transactions, unspent }: ChainSlice): string {
  const ordered = [...transactions].sort((a, b) => rank(a) - rank(b) || (a.txid < b.txid ? -1 : 1));
  const whole = ordered.filter(({ isWhole }) => isWhole).map(transaction);
  const payments = ordered.filter(({ isWhole }) => !isWhole).flatMap(paymentsOf);
  const members = [
    `"schema":${SCHEMA}`,
    `"network":${JSON.stringify(network)}`,
    `"tip":${JSON.stringify({ height: tip.height, hash: tip.hash, time: seconds(tip.atMicros) })}`,
    list("unspent", [...unspent].sort()),
    list("payments", payments),
    list("transactions", whole),
  ];
  return `{${members.join(",\n")}}\n`;
}

/** What is in no block comes last. */
function rank({ height, index }: ChainTx): number {
  return (height ?? 2 ** 32) * 2 ** 20 + (index ?? 2 ** 20 - 1);
}

function list(name: string, values: readonly unknown[]): string {
  const lines = values.map((value) => `\n${JSON.stringify(value)}`);
  return `${JSON.stringify(name)}:[${lines.join(",")}]`;
}

function seconds(atMicros: number | null): number | null {
  return atMicros === null ? null : atMicros / MICROS_PER_SECOND;
}

function transaction(tx: ChainTx): Readonly<Record<string, unknown>> {
  const { height, index, atMicros } = tx;
  return {
    txid: tx.txid,
    version: tx.version,
    locktime: tx.locktime,
    vin: tx.isCoinbase ? [{ is_coinbase: true }] : tx.inputs.map(input),
    vout: tx.outputs.map(output),
    ...(height === null
      ? { time: seconds(atMicros) }
      : { status: { confirmed: true, block_height: height, block_time: seconds(atMicros) } }),
    ...(index === null ? {} : { index }),
  };
}

function input({ txid, vout, valueSats, address, script, sequence }: ChainInput): unknown {
  const prevout = valueSats === null ? null : output({ valueSats, address, script });
  return { txid, vout, prevout, sequence };
}

function output({ valueSats, address, script }: Omit<ChainOutput, "vout">): unknown {
  return {
    value: Number(valueSats),
    ...(script === null ? {} : { scriptpubkey_type: KIND_NAMES[script] }),
    ...(address === null ? {} : { scriptpubkey_address: address }),
  };
}

function paymentsOf({ txid, height, atMicros, outputs }: ChainTx): unknown[] {
  return outputs.map(({ vout, address, valueSats }) => ({
    txid,
    vout,
    address,
    satoshi: Number(valueSats),
    height,
    time: seconds(atMicros),
  }));
}
