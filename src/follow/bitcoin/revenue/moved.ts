import { utcDay } from "../../../bytes/time.ts";
import { type ChainTx, outpointId } from "../../../model/chain.ts";
import type { SatsByDay } from "../../worth.ts";
import type { Receipt } from "./receipts.ts";

/** Days on which outputs of the addresses were spent, by outpoint, as far as the source tells. */
export type SpentDays = ReadonlyMap<string, string | null>;

export function spentDays(txs: readonly ChainTx[], addresses: ReadonlySet<string>): SpentDays {
  const days = new Map<string, string | null>();
  for (const { inputs, atMicros } of txs) {
    for (const input of inputs) {
      if (input.address === null || !addresses.has(input.address)) continue;
      days.set(outpointId(input), atMicros === null ? null : utcDay(atMicros));
    }
  }
  return days;
}

/** What came in, by the day on which it was moved on; what lies still, or may have been moved, is under null.
 *  null where none is known to have been moved. */
export function movedByDay(receipts: readonly Receipt[], spent: SpentDays): SatsByDay | null {
  const days = new Map<string | null, bigint>();
  let isAnyMoved = false;
  for (const { txid, outputs } of receipts) {
    for (const { vout, valueSats } of outputs) {
      const day = vout === null ? undefined : spent.get(outpointId({ txid, vout }));
      isAnyMoved ||= day !== undefined;
      days.set(day ?? null, (days.get(day ?? null) ?? 0n) + valueSats);
    }
  }
  return isAnyMoved ? days : null;
}
