// Answers of Esplora's HTTP API besides transactions: FIELD / MEANING
//
// /block/:hash                 height; timestamp in seconds since 1970
// /tx/:txid/outspends          [] in the order of the outputs: spent; where it is: txid, status as in a
//                              transaction
// /address/:address            chain_stats.tx_count: transactions in blocks; mempool_stats.tx_count: in none
//
// Source: Blockstream/esplora API.md; Blockstream/electrs src/rest.rs.

import { boundedMicros, MICROS_PER_SECOND } from "../../../bytes/time.ts";
import type { ChainTip } from "../../../model/chain.ts";
import { valueAt, wholeOf } from "../../json.ts";
import { isTxid } from "../esplora-tx.ts";

/** What became of an output: nothing, or the transaction that spends it and the height of its block, null
 *  while it is in none. */
export type Outspend = { readonly by: null } | { readonly by: string; readonly height: number | null };

/** Reads what became of one output; a text says what is wrong. */
export function readOutspend(value: unknown): Outspend | string {
  const spent = valueAt(value, "spent");
  if (spent === false) return { by: null };
  const by = valueAt(value, "txid");
  const confirmed = valueAt(value, "status", "confirmed");
  if (spent !== true || !isTxid(by)) return "it does not tell what became of an output";
  if (confirmed === false) return { by, height: null };
  const height = countOf(valueAt(value, "status", "block_height"));
  return confirmed !== true || height === null
    ? "it does not tell where an output was spent"
    : { by, height };
}

/** Reads what became of all outputs of a transaction; a text says what is wrong. */
export function readOutspends(value: unknown): readonly Outspend[] | string {
  if (!Array.isArray(value)) return "it is no list";
  const all: Outspend[] = [];
  for (const entry of value) {
    const one = readOutspend(entry);
    if (typeof one === "string") return one;
    all.push(one);
  }
  return all;
}

/** Reads a block's height and time; a text says what is wrong. */
export function readTip(hash: string): (value: unknown) => ChainTip | string {
  return (value) => {
    const height = countOf(valueAt(value, "height"));
    const seconds = countOf(valueAt(value, "timestamp"));
    const atMicros = seconds === null ? null : boundedMicros(seconds * MICROS_PER_SECOND);
    if (height === null || atMicros === null) return "it has no height or no time";
    return { height, hash, atMicros };
  };
}

/** Reads how many transactions touch an address; a text says what is wrong. */
export function readTouches(value: unknown): { readonly inBlocks: number; readonly inNone: number } | string {
  const inBlocks = countOf(valueAt(value, "chain_stats", "tx_count"));
  const inNone = countOf(valueAt(value, "mempool_stats", "tx_count")) ?? 0;
  return inBlocks === null ? "it does not tell how many transactions there are" : { inBlocks, inNone };
}

function countOf(value: unknown): number | null {
  return typeof value === "number" ? wholeOf(value) : null;
}
