import { readFileSync } from "node:fs";
import type { ChainTx, WorthClaim } from "../../../src/model/chain.ts";
import { bytesAt } from "../../../src/model/place.ts";

/** Payments of a list such as Ransomwhere's, which knows neither senders nor numbers of outputs: one
 *  transaction for every address and transaction, as `ChainLookup.touching` gives them. */
export interface PaymentList {
  readonly txs: readonly ChainTx[];
  readonly claims: readonly WorthClaim[];
  readonly addresses: readonly string[];
}

interface Listed {
  readonly address: string;
  readonly family: string;
  readonly transactions: readonly {
    readonly hash: string;
    readonly time: number;
    readonly amount: number;
    readonly amountUSD: number;
  }[];
}

const PLACE = bytesAt("e1", 0, 0);

/** The families of Ransomwhere's export as it was saved. */
export function readRansomwhere(path: string): ReadonlyMap<string, PaymentList> {
  // cast: a file of the corpus, whose form its manifest tells
  const listed = JSON.parse(readFileSync(path, "utf8")) as Listed[];
  const families = new Map<string, Listed[]>();
  for (const row of listed) families.set(row.family, [...(families.get(row.family) ?? []), row]);
  return new Map([...families].map(([family, rows]) => [family, listOf(rows)]));
}

/** The payments to some of the addresses of a list. */
export function paidTo(list: PaymentList, addresses: readonly string[]): PaymentList {
  const wanted = new Set(addresses);
  return {
    addresses,
    txs: list.txs.filter(({ outputs }) => wanted.has(outputs[0]?.address ?? "")),
    claims: list.claims.filter(({ address }) => wanted.has(address)),
  };
}

function listOf(rows: readonly Listed[]): PaymentList {
  const claims = rows.flatMap(({ address, transactions }) =>
    transactions.map(({ hash, time, amount, amountUSD }) => ({
      txid: hash,
      address,
      valueSats: BigInt(amount),
      atMicros: time * 1_000_000,
      usd: amountUSD,
      place: PLACE,
    })),
  );
  return { addresses: rows.map(({ address }) => address), claims, txs: rows.flatMap(txsOf) };
}

function txsOf({ address, transactions }: Listed): ChainTx[] {
  const times = new Map(transactions.map(({ hash, time }) => [hash, time]));
  return [...times].map(([txid, time]) =>
    listedTx(txid, {
      atMicros: time * 1_000_000,
      paid: transactions.filter(({ hash }) => hash === txid).map(({ amount }) => [address, BigInt(amount)]),
    }),
  );
}

/** A transaction of which a list tells only what it paid to whom. */
export function listedTx(
  txid: string,
  {
    atMicros,
    paid,
  }: { readonly atMicros: number | null; readonly paid: readonly (readonly [string, bigint])[] },
): ChainTx {
  return {
    txid,
    ...{ height: null, index: null, atMicros, isCoinbase: false, isWhole: false },
    ...{ version: null, locktime: null, inputs: [] },
    outputs: paid.map(([address, valueSats]) => ({ vout: null, valueSats, address, script: null })),
    place: PLACE,
  };
}
