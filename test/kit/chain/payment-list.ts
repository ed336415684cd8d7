import type { ChainTx, WorthClaim } from "../../../src/model/chain.ts";
import { bytesAt } from "../../../src/model/place.ts";
import { SLICE } from "../../../src/read/chain/slice/index.ts";
import { chainContext } from "./context.ts";

/** What a list says was paid to some addresses, and what it says that it was worth. */
export interface PaymentList {
  readonly txs: readonly ChainTx[];
  readonly claims: readonly WorthClaim[];
  readonly addresses: readonly string[];
}

/** A list of ransom addresses with its payments, asked for a family (by the label of its tags), or for those
 *  of its addresses that are named. */
export type AskList = (label: string, addresses?: readonly string[]) => Promise<PaymentList>;

export async function openList(path: string): Promise<AskList> {
  const slice = await SLICE.open(path, chainContext());
  if (slice.kind !== "lookup") throw new TypeError(`Cannot ask ${path}: it is no lookup`);
  return async (label, addresses) => {
    const meant = slice.tags.filter((tag) => tag.label === label).map(({ address }) => address);
    const asked = addresses ?? meant;
    const txs: ChainTx[] = [];
    for (const address of asked) {
      for await (const tx of slice.touching(address)) txs.push(tx);
    }
    return { addresses: asked, txs, claims: slice.claims ?? [] };
  };
}

const PLACE = bytesAt("e1", 0, 0);

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
