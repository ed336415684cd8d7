import { compareText } from "../../../bytes/text.ts";
import { isoMicros } from "../../../bytes/time.ts";
import type { ChainOutput, ChainTx } from "../../../model/chain.ts";
import type { Stop, TraceOutput, TraceSeed } from "../../../model/trace.ts";
import type { Flow } from "../options.ts";
import type { Dirty } from "./segments.ts";

/** Most outpoints that a flow names. */
const MOST_FROM = 20;

/** An output and the transaction that made it; `position` among its outputs. */
export interface Detail {
  readonly tx: ChainTx;
  readonly position: number;
}

/** What becomes of a dirty output: `spent` null where nobody can tell. */
export interface Fate {
  readonly dirty: Dirty;
  readonly spent: boolean | null;
  readonly stop: Stop | null;
}

export function listedOutput({ tx, position }: Detail, { dirty, spent, stop }: Fate): TraceOutput {
  const output = outputOf({ tx, position });
  return {
    txid: tx.txid,
    vout: output.vout,
    address: output.address,
    valueSats: String(output.valueSats),
    dirtySats: String(dirty.sats),
    segments: dirty.segments?.map(([first, length]) => [String(first), String(length)] as const) ?? null,
    ...momentOf(tx),
    spent,
    ...(stop === null ? {} : { stop: stop.stop, stopSays: stop.says }),
    place: tx.place,
  };
}

export function listedSeed({ tx, position }: Detail, asked: string): TraceSeed {
  const { vout, address, valueSats } = outputOf({ tx, position });
  const { txid, place } = tx;
  return { txid, vout, address, valueSats: String(valueSats), ...momentOf(tx), asked, place };
}

/** A flow to one output, or to the fee where `position` is null.
 *
 *  Shape: `from` are all dirty outpoints. It is `inferred` where all that the transaction spends is dirty,
 *  since then no policy decides; an examiner's choice is `assumed` like any policy's.
 */
export function listedFlow(
  { tx, position }: { readonly tx: ChainTx; readonly position: number | null },
  flow: {
    readonly from: readonly string[];
    readonly valueSats: bigint;
    readonly dirty: Dirty;
    readonly isWholly: boolean;
    readonly chosen: boolean;
  },
): Flow {
  const output = position === null ? null : outputOf({ tx, position });
  return {
    txid: tx.txid,
    vout: output === null ? null : output.vout,
    from: flow.from.slice(0, MOST_FROM),
    fromCount: flow.from.length,
    address: output?.address ?? null,
    valueSats: String(flow.valueSats),
    dirtySats: String(flow.dirty.sats),
    ...momentOf(tx),
    how: flow.isWholly && !flow.chosen ? "inferred" : "assumed",
    chosen: flow.chosen,
    place: tx.place,
  };
}

/** The most dirty first. */
export function compareOutputs(a: TraceOutput, b: TraceOutput): number {
  const [x, y] = [BigInt(a.dirtySats), BigInt(b.dirtySats)];
  if (x !== y) return x > y ? -1 : 1;
  return compareText(a.txid, b.txid) || (a.vout ?? -1) - (b.vout ?? -1);
}

/** In the order of the chain; what is in no block comes last, and stays as it was. */
export function compareTxs(a: ChainTx, b: ChainTx): number {
  const heights = (a.height ?? Infinity) - (b.height ?? Infinity);
  return (Number.isNaN(heights) ? 0 : heights) || (a.index ?? 0) - (b.index ?? 0);
}

function outputOf({ tx, position }: Detail): ChainOutput {
  const output = tx.outputs[position];
  if (output === undefined) throw new RangeError(`Cannot take output ${position} of ${tx.outputs.length}`);
  return output;
}

function momentOf({ height, atMicros }: ChainTx) {
  return { height, at: atMicros === null ? null : isoMicros(atMicros) };
}
