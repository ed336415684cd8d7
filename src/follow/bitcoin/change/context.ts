import { type ChainTx, outpointId } from "../../../model/chain.ts";
import { type PeelChain, peelChains } from "../owners/peel-chains.ts";
import type { SpendContext } from "./rule.ts";

const WEEK_MICROS = 7 * 86_400e6;

/** What a list of transactions tells of each of them.
 *
 *  Shape: transactions in the order of the chain. `known` answers what only more than these can tell: whole
 *  histories of addresses, tags, prices; without it an address that is not seen here before is not called
 *  new, for the list may lack what came before.
 */
export function contextOf(txs: Iterable<ChainTx>, known: Partial<SpendContext> = {}): SpendContext {
  const byId = new Map<string, ChainTx>();
  const spenders = new Map<string, ChainTx>();
  const order = new Map<ChainTx, number>();
  let peels: ReadonlyMap<string, number> | null = null;
  const receipts = new Map<string, { readonly first: number; last: number }>();
  for (const tx of txs) {
    const at = order.size;
    order.set(tx, at);
    byId.set(tx.txid, tx);
    for (const input of tx.inputs) spenders.set(outpointId(input), tx);
    for (const { address } of tx.outputs) {
      const before = address === null ? undefined : receipts.get(address);
      if (before !== undefined) before.last = at;
      else if (address !== null) receipts.set(address, { first: at, last: at });
    }
  }
  return {
    seenBefore: (address, tx) =>
      (receipts.get(address)?.first ?? Infinity) < (order.get(tx) ?? 0) ? true : null,
    paidAgain: (address, tx) => ((receipts.get(address)?.last ?? -1) > (order.get(tx) ?? 0) ? true : null),
    spender: (txid, vout) => spenders.get(outpointId({ txid, vout })) ?? null,
    tx: (txid) => byId.get(txid) ?? null,
    peelChange: (txid) => {
      peels ??= changesOf(peelChains(byId.values()));
      return peels.get(txid) ?? null;
    },
    service: () => null,
    usd: () => null,
    ...known,
  };
}

/** As `contextOf`, for all transactions of the addresses up to `tipMicros`: what is not in the list did not
 *  happen. */
export function wholeContextOf(
  txs: Iterable<ChainTx>,
  tipMicros: number,
  known: Partial<SpendContext> = {},
): SpendContext {
  const context = contextOf(txs);
  return {
    ...context,
    seenBefore: (address, tx) => context.seenBefore(address, tx) === true,
    paidAgain: (address, tx) =>
      context.paidAgain(address, tx) ??
      (tx.atMicros !== null && tipMicros - tx.atMicros >= WEEK_MICROS ? false : null),
    ...known,
  };
}

/** Of hops whose other output goes another way; behind the last one nothing tells which output is change. */
function changesOf(chains: readonly PeelChain[]): Map<string, number> {
  const known = chains.flatMap(({ hops }) => hops.filter(({ isTold }) => isTold));
  return new Map(known.map(({ txid, changeVout }) => [txid, changeVout]));
}
