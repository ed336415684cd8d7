import { compareText } from "../../../bytes/text.ts";
import type { ChainTx, Outpoint, Spender } from "../../../model/chain.ts";

/** Where in the chain a transaction that is in no block, or whose block is not known, stands: behind all. */
const NO_HEIGHT = Number.POSITIVE_INFINITY;

/** Transactions that wait for their turn, by height. */
export class Waiting {
  /** Descending: the next one is the last. */
  readonly #heights: number[] = [];
  readonly #byHeight = new Map<number, Map<string, ChainTx>>();

  add(tx: ChainTx): void {
    const height = tx.height ?? NO_HEIGHT;
    const known = this.#byHeight.get(height);
    if (known !== undefined) known.set(tx.txid, tx);
    else {
      this.#byHeight.set(height, new Map([[tx.txid, tx]]));
      this.#heights.splice(placeIn(this.#heights, height), 0, height);
    }
  }

  /** Takes the transaction that is next where that is certain, else all that wait at the lowest height;
   *  empty when none waits. */
  take(): readonly ChainTx[] {
    const height = this.#heights.at(-1);
    const group = height === undefined ? undefined : this.#byHeight.get(height);
    if (height === undefined || group === undefined) return [];
    const txs = [...group.values()];
    const taken = txs.every(({ index }) => index !== null) ? [txs.reduce(earlier)] : txs;
    for (const { txid } of taken) group.delete(txid);
    if (group.size === 0) {
      this.#byHeight.delete(height);
      this.#heights.pop();
    }
    return taken;
  }
}

function earlier(a: ChainTx, b: ChainTx): ChainTx {
  return (b.index ?? 0) < (a.index ?? 0) ? b : a;
}

/** Where a height goes in a descending list. */
function placeIn(heights: readonly number[], height: number): number {
  let low = 0;
  let high = heights.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((heights[middle] ?? 0) > height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts transactions of one height whose positions in the block are not known into an order in which each
 *  stands behind what it spends, with those between them that nobody has met yet.
 *
 *  Shape: of two that do not depend on each other, the one with the lower txid is first. No more than `most`
 *  are looked for.
 *  Source: Kahn (1962), "Topological sorting of large networks", CACM 5(11).
 */
export async function ordered(
  group: readonly ChainTx[],
  spenderOf: (output: Outpoint) => Promise<Spender>,
  most: number,
): Promise<readonly ChainTx[]> {
  if (group.length < 2) return group;
  const known = new Map(group.map((tx) => [tx.txid, tx]));
  for (const tx of known.values()) {
    for (const { vout } of tx.outputs) {
      if (vout === null || known.size >= most) continue;
      const spender = await spenderOf({ txid: tx.txid, vout });
      if (typeof spender !== "string" && spender.height === tx.height) known.set(spender.txid, spender);
    }
  }
  return sorted(known);
}

function sorted(known: ReadonlyMap<string, ChainTx>): ChainTx[] {
  const waitsFor = new Map<string, number>();
  const children = new Map<string, string[]>();
  for (const tx of known.values()) {
    const parents = new Set(tx.inputs.map(({ txid }) => txid).filter((txid) => known.has(txid)));
    waitsFor.set(tx.txid, parents.size);
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), tx.txid]);
  }
  const inOrder: ChainTx[] = [];
  let ready = [...known.keys()].filter((txid) => waitsFor.get(txid) === 0).sort(compareText);
  while (ready.length > 0) {
    const next: string[] = [];
    for (const txid of ready) {
      const tx = known.get(txid);
      if (tx !== undefined) inOrder.push(tx);
      for (const child of children.get(txid) ?? []) {
        const left = (waitsFor.get(child) ?? 0) - 1;
        waitsFor.set(child, left);
        if (left === 0) next.push(child);
      }
    }
    ready = next.sort(compareText);
  }
  return inOrder;
}
