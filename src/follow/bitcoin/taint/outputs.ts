import type { ChainTx } from "../../../model/chain.ts";
import { amounts } from "./holdings.ts";
import { compareTxs, type Detail } from "./listing.ts";
import { type OutpointTable, outpointTable } from "./table.ts";

/** A transaction and the bytes of its hash. */
export interface Hashed {
  readonly tx: ChainTx;
  readonly hash: Uint8Array;
}

/** Inputs and outputs that kept transactions may have in all, about 300 bytes each: services sweep thousands
 *  of outputs at once, so that a number of transactions alone bounds no memory. */
const MOST_PARTS = 1_000_000;

/** The outputs of the table: what they are worth, which are seeds, and the details of as many as may be
 *  listed. */
export class Outputs {
  readonly table: OutpointTable = outpointTable();
  readonly #values = amounts();
  readonly #details = new Map<number, Detail>();
  readonly #seeds = new Set<number>();
  readonly #own = new Set<number>();
  readonly #hops = new Map<string, ChainTx>();
  #parts = 0;
  readonly #mostTransactions: number;
  readonly #mostListed: number;

  constructor(mostTransactions: number, mostListed: number) {
    this.#mostTransactions = mostTransactions;
    this.#mostListed = mostListed;
  }

  /** Keeps the details of a transaction, of the first ones that come; says whether. */
  keep(tx: ChainTx): boolean {
    if (this.#hops.has(tx.txid)) return true;
    if (this.isFull) return false;
    this.#hops.set(tx.txid, tx);
    this.#parts += tx.inputs.length + tx.outputs.length;
    return true;
  }

  /** Whether no further transaction is kept. */
  get isFull(): boolean {
    return this.#hops.size >= this.#mostTransactions || this.#parts >= MOST_PARTS;
  }

  /** Transactions whose details were kept. */
  hops(): ChainTx[] {
    return [...this.#hops.values()].sort(compareTxs);
  }

  /** The slot of an output, -1 where it is not in the table. */
  find({ tx, hash }: Hashed, position: number): number {
    const vout = tx.outputs[position]?.vout ?? null;
    return vout === null ? -1 : this.table.find(hash, 0, vout);
  }

  /** Puts an output that is not in the table there. */
  place({ tx, hash }: Hashed, position: number): number {
    const output = tx.outputs[position];
    if (output === undefined || output.vout === null) throw new RangeError(`Cannot place output ${position}`);
    const slot = this.table.add(hash, 0, output.vout);
    this.#values.set(slot, Number(output.valueSats));
    this.describe(slot, { tx, position });
    return slot;
  }

  /** The output of a slot is this one, as far as details are kept. Where no more transactions are, those of
   *  outputs that lie still are, until these are as many: what a long trace ends at counts most.
   */
  describe(slot: number, detail: Detail): void {
    const isKept = this.#hops.has(detail.tx.txid);
    if (this.#details.size >= (isKept ? this.#mostListed : this.#mostTransactions)) return;
    this.#details.set(slot, isKept ? detail : alone(detail));
  }

  forget(slot: number): void {
    this.table.remove(slot);
    this.#details.delete(slot);
    this.#seeds.delete(slot);
    this.#own.delete(slot);
  }

  valueOf(slot: number): bigint {
    return BigInt(this.#values.get(slot));
  }

  /** The transaction that made an output; null where its details are not kept. */
  detailOf(slot: number): Detail | null {
    return this.#details.get(slot) ?? null;
  }

  markSeed(slot: number): void {
    this.#seeds.add(slot);
  }

  isSeed(slot: number): boolean {
    return this.#seeds.has(slot);
  }

  /** It belongs to an address whose receipts are seeds. */
  markOwn(slot: number): void {
    this.#own.add(slot);
  }

  isOwn(slot: number): boolean {
    return this.#own.has(slot);
  }

  /** Outputs whose details are kept, by slot. */
  listed(): ReadonlyMap<number, Detail> {
    return this.#details;
  }
}

/** An output without the others of its transaction, which would stay in memory with it. */
function alone({ tx, position }: Detail): Detail {
  return { tx: { ...tx, inputs: [], outputs: tx.outputs.slice(position, position + 1) }, position: 0 };
}
