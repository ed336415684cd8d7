import { type ChainLookup, type ChainTx, outpointId, type Spender } from "../../../model/chain.ts";
import type { Settled } from "./settled.ts";

/** Answers from a slice that is in memory.
 *
 *  Shape: an output that nothing in the slice spends is "unknown", unless the slice says that it is unspent,
 *  or that it is complete. A spender that is named without being in the slice is a transaction without
 *  outputs (`isWhole` false).
 */
export function sliceLookup(slice: Settled): ChainLookup {
  const { network, tip, tags, claims, transactions } = slice;
  let byAddress: ReadonlyMap<string, readonly ChainTx[]> | null = null;
  return {
    kind: "lookup",
    network,
    tip,
    tags,
    ...(claims.length > 0 ? { claims } : {}),
    tx: async (txid) => transactions.get(txid) ?? null,
    spender: async (of) => spenderOf(outpointId(of), slice),
    async *touching(address) {
      byAddress ??= indexed(transactions);
      yield* byAddress.get(address) ?? [];
    },
    close: async () => {},
  };
}

function spenderOf(id: string, { spenders, transactions, unspent, isComplete }: Settled): Spender {
  const named = spenders.get(id);
  if (named !== undefined) return transactions.get(named.txid) ?? onlyNamed(id, named);
  if (unspent.has(id)) return "unspent";
  const made = transactions.get(id.slice(0, id.indexOf(":")));
  return isComplete && made !== undefined ? "unspent" : "unknown";
}

function onlyNamed(
  id: string,
  { txid, place }: NonNullable<ReturnType<Settled["spenders"]["get"]>>,
): ChainTx {
  const unknown = { height: null, index: null, atMicros: null, version: null, locktime: null };
  const [spent = "", vout = "0"] = id.split(":");
  const input = { txid: spent, vout: Number(vout), valueSats: null, address: null };
  return {
    txid,
    ...unknown,
    isCoinbase: false,
    isWhole: false,
    inputs: [{ ...input, script: null, sequence: null }],
    outputs: [],
    place,
  };
}

/** By address, the transactions that pay to it or spend from it. */
function indexed(transactions: ReadonlyMap<string, ChainTx>): ReadonlyMap<string, readonly ChainTx[]> {
  const index = new Map<string, ChainTx[]>();
  for (const tx of transactions.values()) {
    for (const { address } of [...tx.inputs, ...tx.outputs]) {
      if (address === null) continue;
      const known = index.get(address);
      if (known === undefined) index.set(address, [tx]);
      else if (known.at(-1) !== tx) known.push(tx);
    }
  }
  return index;
}
