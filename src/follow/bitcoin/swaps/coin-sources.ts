import { scaled } from "../../../bytes/decimal.ts";
import { parseIso } from "../../../bytes/time.ts";
import type { CaseSwap } from "../../../model/follow-case.ts";
import { grouped } from "../../../model/group.ts";
import { compareAmounts } from "../../../model/order.ts";
import type { TraceOutput } from "../../../model/trace.ts";

/** Decimals that amounts of any coin are held with: more than a coin has (Ethereum's 18 are the most). */
export const AMOUNT_PLACES = 24;
const SAT_PLACES = 8;

/** Sources of like amounts that are looked at: of so many none is likely. */
const MOST_ALIKE = 200;

/** Outputs of traces of one coin: those where a trace ended, or that coins went through. */
export interface TracedOutputs {
  readonly coin: string;
  readonly outputs: readonly Pick<TraceOutput, "txid" | "vout" | "address" | "valueSats" | "at">[];
}

/** Coins that a swap can have taken: an output of a trace, or what another swap paid out. */
export interface CoinSource {
  /** "txid:vout", or the id of the swap. */
  readonly to: string;
  readonly kind: "output" | "swap";
  readonly coin: string;
  /** In units of 10^-24; null: the record does not tell it, or not as a number. */
  readonly amount: bigint | null;
  readonly address: string | null;
  readonly txid: string | null;
  readonly atMicros: number | null;
}

export type SwapRecord = Omit<CaseSwap, "joins">;

/** Sources by what they can be found by. */
export interface SourceIndex {
  byAddress(coin: string, address: string): readonly CoinSource[];
  byTxid(coin: string, txid: string): readonly CoinSource[];
  /** Amounts from `low` to `high`, both included, the smallest first; of more than 200 the first. */
  byAmount(coin: string, low: bigint, high: bigint): readonly CoinSource[];
}

/** Each output of the traces once, however many policies tell of it, and what each swap paid out. */
export function sourcesOf(swaps: readonly SwapRecord[], traced: TracedOutputs): CoinSource[] {
  const outputs = new Map<string, CoinSource>();
  for (const { txid, vout, address, valueSats, at } of traced.outputs) {
    const to = vout === null ? txid : `${txid}:${vout}`;
    const amount = BigInt(valueSats) * 10n ** BigInt(AMOUNT_PLACES - SAT_PLACES);
    outputs.set(to, {
      ...{ to, kind: "output", coin: traced.coin, amount, address, txid },
      atMicros: at === null ? null : parseIso(at),
    });
  }
  const paidOut = swaps.map(
    ({ id, to, at }): CoinSource => ({
      ...{ to: id, kind: "swap", coin: coinKey(to.coin), amount: amountOf(to.amount) },
      ...{ address: to.address, txid: to.txid, atMicros: at === null ? null : parseIso(at) },
    }),
  );
  return [...outputs.values(), ...paidOut];
}

export function indexOf(sources: readonly CoinSource[]): SourceIndex {
  const byAddress = grouped(sources, ({ coin, address }) => (address === null ? null : `${coin} ${address}`));
  const byTxid = grouped(sources, ({ coin, txid }) => (txid === null ? null : `${coin} ${txid}`));
  const byAmount = grouped(sources, ({ coin, amount }) => (amount === null ? null : coin));
  for (const list of byAmount.values()) list.sort((a, b) => compareAmounts(a.amount ?? 0n, b.amount ?? 0n));
  return {
    byAddress: (coin, address) => byAddress.get(`${coin} ${address}`) ?? [],
    byTxid: (coin, txid) => byTxid.get(`${coin} ${txid}`) ?? [],
    byAmount: (coin, low, high) => {
      const sorted = byAmount.get(coin) ?? [];
      const first = firstAbove(sorted, low - 1n);
      return sorted.slice(first, Math.min(firstAbove(sorted, high), first + MOST_ALIKE));
    },
  };
}

/** An amount of a record; null: not a number, or finer than any coin. */
export function amountOf(text: string): bigint | null {
  return scaled(text, AMOUNT_PLACES);
}

export function coinKey(coin: string): string {
  return coin.toLowerCase();
}

/** Position of the first whose amount is above. */
function firstAbove(sorted: readonly CoinSource[], amount: bigint): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.amount ?? 0n) <= amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
