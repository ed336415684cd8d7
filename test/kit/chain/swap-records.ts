import type { CaseSwap } from "../../../src/model/follow-case.ts";
import { bytesAt } from "../../../src/model/place.ts";

type Record = Omit<CaseSwap, "joins">;

/** A swap of one bitcoin for 60 XMR of which only what is named is known. */
export function swapRecord(id: string, over: Partial<Omit<Record, "id">> = {}): Record {
  return {
    ...{ id, service: null, status: "complete", at: null, times: 1, place: bytesAt("e1", 0, 0) },
    from: { coin: "btc", amount: "1", address: null, txid: null },
    to: { coin: "xmr", amount: "60", address: null, txid: null },
    ...over,
  };
}
