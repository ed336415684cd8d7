import { readFileSync } from "node:fs";
import type { CaseSwap } from "../../../src/model/follow-case.ts";
import { bytesAt } from "../../../src/model/place.ts";

type Record = Omit<CaseSwap, "joins">;

/** A swap of bitcoin for Monero of which only what is named is known. */
export function swapRecord(id: string, over: Partial<Omit<Record, "id">> = {}): Record {
  return {
    ...{ id, service: null, status: "complete", at: null, times: 1, place: bytesAt("e1", 0, 0) },
    from: { coin: "btc", amount: "1", address: null, txid: null },
    to: { coin: "xmr", amount: "60", address: null, txid: null },
    ...over,
  };
}

interface ShapeShift {
  readonly status: string;
  readonly address: string;
  readonly deposit_txid?: string;
  readonly withdraw: string;
  readonly incomingCoin: number;
  readonly incomingType: string;
  readonly outgoingCoin: string;
  readonly outgoingType: string;
  readonly transaction: string;
}

/** ShapeShift's answers as they were saved, commas between them missing; each transaction once. */
export function readShapeShift(path: string, firstId: number): Record[] {
  const text = readFileSync(path, "utf8").replace(/\}\s*\{/g, "},{");
  // cast: a file of the corpus, whose form its manifest tells
  const parsed = JSON.parse(text) as ShapeShift[] | { readonly shapeshift_transactions: ShapeShift[] };
  const listed = "shapeshift_transactions" in parsed ? parsed.shapeshift_transactions : parsed;
  const once = new Map(listed.map((answer) => [answer.transaction, answer]));
  return [...once.values()].map((answer, index) =>
    swapRecord(`w${firstId + index}`, {
      status: answer.status,
      times: listed.filter(({ transaction }) => transaction === answer.transaction).length,
      from: {
        coin: answer.incomingType.toLowerCase(),
        amount: String(answer.incomingCoin),
        address: answer.address,
        txid: answer.deposit_txid ?? null,
      },
      to: {
        coin: answer.outgoingType.toLowerCase(),
        amount: answer.outgoingCoin,
        address: answer.withdraw,
        txid: answer.transaction,
      },
    }),
  );
}
