import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import type { AddressForms } from "../../../bytes/bitcoin-script.ts";
import { decodeTx, strippedTx } from "../../../bytes/bitcoin-tx.ts";
import { hashToHex } from "../../../bytes/hex.ts";
import type { BlockView, ChainBlocks, ChainTx } from "../../../model/chain.ts";
import { chainTx } from "../../../model/chain-tx.ts";
import { bytesAt } from "../../../model/place.ts";
import type { AddressIndex } from "./index-addresses.ts";

/** The cluster of a script: `root` is the same for all its scripts. */
export interface ScriptCluster {
  readonly root: number;
  readonly scripts: number;
}

/** The cluster of a script; null for one that the index does not have. */
export function clusterOf({ ids, sets }: AddressIndex, script: Uint8Array): ScriptCluster | null {
  const id = ids.find(script);
  return id < 0 ? null : { root: sets.root(id), scripts: sets.size(id) };
}

/** Where a script was paid or spent, in the order of the chain. */
export function placesOf(
  { ids, postings, blocks }: AddressIndex,
  script: Uint8Array,
): { readonly height: number | null; readonly index: number }[] {
  const id = ids.find(script);
  return id < 0 ? [] : postings.of(id).map((tx) => blocks.of(tx));
}

export interface ClusterTxOptions {
  readonly forms: AddressForms;
  readonly hash256: (bytes: Uint8Array) => Uint8Array;
  /** Transactions that may be kept. */
  readonly most: number;
  readonly signal: AbortSignal | null;
}

/** Every transaction of every script in these clusters, for `ownersOf` and `contextOf`, by a second pass over
 *  the blocks that looks at these alone.
 *
 *  Shape: in the order of the chain; `left` counts those beyond `most`, which are not made.
 *  Limits: a source that gives other blocks than before gives nonsense.
 */
export async function clusterTxs(
  chain: ChainBlocks,
  index: AddressIndex,
  request: ClusterTxOptions & { readonly roots: ReadonlySet<number> },
): Promise<{ readonly txs: readonly ChainTx[]; readonly left: number }> {
  const wanted = numbersOf(index, request.roots);
  const numbers = wanted.subarray(0, request.most);
  const txs: ChainTx[] = [];
  const layout = new BlockLayout();
  let [at, first] = [0, 0];
  if (numbers.length === 0) return { txs, left: 0 };
  for await (const view of chain.blocks(null)) {
    request.signal?.throwIfAborted();
    if (layout.read(view.bytes, view.at, view.end) !== null) continue;
    for (let tx = numbers[at]; tx !== undefined && tx < first + layout.txCount; tx = numbers[at]) {
      txs.push(await madeOf(view, { layout, index: tx - first, request }));
      at += 1;
    }
    first += layout.txCount;
    if (at === numbers.length) break;
  }
  return { txs, left: wanted.length - numbers.length };
}

/** Numbers of the transactions of all scripts in these clusters, ascending, each once. */
function numbersOf({ ids, sets, postings }: AddressIndex, roots: ReadonlySet<number>): Uint32Array {
  const numbers = new Set<number>();
  for (let id = 0; id < ids.count; id++) {
    if (roots.has(sets.root(id))) for (const tx of postings.of(id)) numbers.add(tx);
  }
  return Uint32Array.from(numbers).sort();
}

interface Wanted {
  readonly layout: BlockLayout;
  readonly index: number;
  readonly request: ClusterTxOptions;
}

async function madeOf(view: BlockView, { layout, index, request }: Wanted): Promise<ChainTx> {
  const { bytes, height, atMicros, evidence, atByte, at } = view;
  const from = layout.txAt[index] ?? 0;
  return chainTx(decodeTx(bytes, layout, index), {
    txid: hashToHex(request.hash256(strippedTx(bytes, layout, index)), 0),
    height,
    index,
    atMicros,
    place: bytesAt(evidence, atByte + from - at, (layout.txEnd[index] ?? 0) - from),
    spent: await view.spent(index),
    forms: request.forms,
  });
}
