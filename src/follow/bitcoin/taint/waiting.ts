import { compareText } from "../../../bytes/text.ts";
import type { ChainTx } from "../../../model/chain.ts";

/** Where in the chain a transaction that is in no block, or whose block is not known, stands: behind all. */
const NO_HEIGHT = Number.POSITIVE_INFINITY;

/** Transactions of one height, the next one last; their order is known only where all have an index. */
interface Group {
  readonly txids: Set<string>;
  readonly txs: ChainTx[];
  readonly places: number[];
  hasOrder: boolean;
}

/** Transactions that wait for their turn, by height: ascending where a trace goes forward, descending where
 *  it goes back. */
export class Waiting {
  readonly #sign: 1 | -1;
  /** Turns in descending order: the next one is the last. */
  readonly #turns: number[] = [];
  readonly #byTurn = new Map<number, Group>();

  constructor(direction: "forward" | "backward") {
    this.#sign = direction === "forward" ? 1 : -1;
  }

  add(tx: ChainTx): void {
    const group = this.#groupOf(this.#sign * (tx.height ?? NO_HEIGHT));
    if (group.txids.has(tx.txid)) return;
    const place = this.#sign * (tx.index ?? 0);
    const at = placeIn(group.places, place);
    group.places.splice(at, 0, place);
    group.txs.splice(at, 0, tx);
    group.txids.add(tx.txid);
    group.hasOrder &&= tx.index !== null;
  }

  /** Takes the transaction that is next where that is certain, else all that wait at the next height; empty
   *  when none waits. */
  take(): readonly ChainTx[] {
    const turn = this.#turns.at(-1);
    const group = turn === undefined ? undefined : this.#byTurn.get(turn);
    if (turn === undefined || group === undefined) return [];
    const taken = group.txs.splice(group.hasOrder ? -1 : 0);
    group.places.length = group.txs.length;
    for (const { txid } of taken) group.txids.delete(txid);
    if (group.txs.length === 0) {
      this.#byTurn.delete(turn);
      this.#turns.pop();
    }
    return taken;
  }

  #groupOf(turn: number): Group {
    const known = this.#byTurn.get(turn);
    if (known !== undefined) return known;
    const group = { txids: new Set<string>(), txs: [], places: [], hasOrder: true };
    this.#byTurn.set(turn, group);
    this.#turns.splice(placeIn(this.#turns, turn), 0, turn);
    return group;
  }
}

/** Where a turn goes in a descending list, before those that are alike: the first to come is taken first.
 *  */
function placeIn(turns: readonly number[], turn: number): number {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((turns[middle] ?? 0) > turn) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts transactions of one height whose positions in the block are not known into an order in which each
 *  stands behind what it spends, with those between them that nobody has met yet.
 *
 *  Shape: `next` gives the transactions that one leads to, in the direction of the trace. Of two that do not
 *  depend on each other, the one with the lower txid is first. No more than `most` are looked for. Those that
 *  wait for each other, as no chain has it, come last.
 *  Source: Kahn (1962), "Topological sorting of large networks", CACM 5(11).
 */
export async function ordered(
  group: readonly ChainTx[],
  next: (tx: ChainTx) => AsyncIterable<ChainTx>,
  most: number,
): Promise<readonly ChainTx[]> {
  if (group.length < 2) return group;
  const known = new Map(group.map((tx) => [tx.txid, tx]));
  for (const tx of known.values()) {
    if (known.size >= most) break;
    for await (const found of next(tx)) if (found.height === tx.height) known.set(found.txid, found);
  }
  return sorted(known);
}

function sorted(known: ReadonlyMap<string, ChainTx>): ChainTx[] {
  const waitsFor = new Map<string, number>();
  const children = new Map<string, string[]>();
  for (const tx of known.values()) {
    const parents = new Set(tx.inputs.map(({ txid }) => txid).filter((txid) => known.has(txid)));
    waitsFor.set(tx.txid, parents.size);
    for (const parent of parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [tx.txid]);
      else known.push(tx.txid);
    }
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
  const placed = new Set(inOrder);
  for (const tx of known.values()) if (!placed.has(tx)) inOrder.push(tx);
  return inOrder;
}
