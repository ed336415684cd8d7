import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import type { AddressForms } from "../../../bytes/bitcoin-script.ts";
import { decodeTx } from "../../../bytes/bitcoin-tx.ts";
import type { BlockView, ChainBlocks, SpentOutput } from "../../../model/chain.ts";
import { chainTx } from "../../../model/chain-tx.ts";
import { bytesAt } from "../../../model/place.ts";
import { coinJoinLook } from "../coinjoin/index.ts";
import { UnionFind } from "../owners/union-find.ts";
import { BlockNumbers } from "./block-numbers.ts";
import { Postings, type Scratch } from "./postings.ts";
import { ScriptIds } from "./script-ids.ts";
import { hasAddress, outputScript } from "./spot.ts";

export interface IndexOptions {
  /** How the network writes addresses. */
  readonly forms: AddressForms;
  /** At least 8 bytes that nobody knew who made these transactions, such as the hash of the last block. */
  readonly key: Uint8Array;
  /** null: all entries stay in memory. */
  readonly scratch: Scratch | null;
  /** Scripts that may get a number: 20 to 28 bytes of memory each. */
  readonly mostScripts: number;
  /** Entries that gather before they are sorted and written: 8 bytes each. */
  readonly gathered: number;
  readonly signal: AbortSignal | null;
}

/** What was looked at, and what was not. */
export interface IndexCounts {
  blocks: number;
  transactions: number;
  /** Transactions whose inputs made clusters; that are CoinJoins; that may be. */
  joined: number;
  mixes: number;
  unclear: number;
  /** Inputs of which the source did not tell what they spend: they are missing in the index. */
  unknownInputs: number;
  /** Blocks that could not be laid out. */
  faults: number;
}

/** Where the scripts of a chain stand, and which of them are one owner's. */
export interface AddressIndex {
  readonly counts: Readonly<IndexCounts>;
  readonly ids: ScriptIds;
  readonly sets: UnionFind;
  readonly postings: Postings;
  readonly blocks: BlockNumbers;
}

/** Reads all blocks once, and numbers, places and clusters every script that has an address.
 *
 *  Method: multi-input joins (H1) alone, without what `COINJOINS` recognise or cannot tell.
 *  Limits: without undo data only outputs are placed and nothing is joined (`unknownInputs`). A bare public
 *  key and the address of its hash are two scripts. Scripts beyond `mostScripts` are left out, and counted.
 *  Union-find and fingerprints stay in memory, places go to the scratch room.
 */
export async function indexAddresses(chain: ChainBlocks, options: IndexOptions): Promise<AddressIndex> {
  const making = new Making(options);
  for await (const view of chain.blocks(null)) {
    options.signal?.throwIfAborted();
    await making.take(view);
  }
  making.postings.finish();
  return making;
}

class Making implements AddressIndex {
  readonly counts: IndexCounts = {
    blocks: 0,
    transactions: 0,
    joined: 0,
    mixes: 0,
    unclear: 0,
    unknownInputs: 0,
    faults: 0,
  };
  readonly ids: ScriptIds;
  readonly sets = new UnionFind();
  readonly postings: Postings;
  readonly blocks = new BlockNumbers();
  readonly #forms: AddressForms;
  readonly #layout = new BlockLayout();
  readonly #span = { at: 0, end: 0 };

  constructor({ key, mostScripts, scratch, gathered, forms }: IndexOptions) {
    this.ids = new ScriptIds(key, mostScripts);
    this.postings = new Postings(scratch, gathered);
    this.#forms = forms;
  }

  async take(view: BlockView): Promise<void> {
    const layout = this.#layout;
    if (layout.read(view.bytes, view.at, view.end) !== null) {
      this.counts.faults += 1;
      return;
    }
    this.blocks.add(view.height, this.counts.transactions);
    for (let index = 0; index < layout.txCount; index++) {
      this.#takeOutputs(view.bytes, index);
      if (index > 0) {
        const told = view.spent(index);
        // Block files tell at once: a wait for each transaction would take longer than all else.
        this.#takeInputs(view, index, told instanceof Promise ? await told : told);
      }
      this.counts.transactions += 1;
    }
    this.counts.blocks += 1;
  }

  #takeOutputs(bytes: Uint8Array, index: number): void {
    const { outputAt, outputFirst } = this.#layout;
    const end = outputFirst[index + 1] ?? 0;
    for (let output = outputFirst[index] ?? 0; output < end; output++) {
      outputScript(bytes, outputAt[output] ?? 0, this.#span);
      this.#place(bytes);
    }
  }

  #takeInputs(view: BlockView, index: number, spent: readonly SpentOutput[] | null): void {
    const { inputFirst } = this.#layout;
    if (spent === null) {
      this.counts.unknownInputs += (inputFirst[index + 1] ?? 0) - (inputFirst[index] ?? 0);
      return;
    }
    let first = -1;
    let others: number[] | null = null;
    for (const { script } of spent) {
      this.#span.at = 0;
      this.#span.end = script.length;
      const id = this.#place(script);
      if (first < 0) first = id;
      else if (id >= 0 && id !== first) {
        others ??= [];
        others.push(id);
      }
    }
    if (others === null || !this.#isOneOwner(view, index, spent)) return;
    for (const other of others) this.sets.join(first, other);
    this.counts.joined += 1;
  }

  /** The number of the script in the span, placed in this transaction; -1 for one without. */
  #place(bytes: Uint8Array): number {
    if (!hasAddress(bytes, this.#span)) return -1;
    const id = this.ids.add(bytes, this.#span.at, this.#span.end);
    if (id < 0) return -1;
    if (id === this.sets.count) this.sets.add();
    this.postings.add(id, this.counts.transactions);
    return id;
  }

  #isOneOwner(view: BlockView, index: number, spent: readonly SpentOutput[]): boolean {
    if (!this.#mayBeMix(view.bytes, index)) return true;
    const { atByte, evidence, height, atMicros } = view;
    const place = bytesAt(evidence, atByte, 0);
    const facts = { txid: "", height, index, atMicros, place, spent, forms: this.#forms };
    const { mix, unclear } = coinJoinLook(chainTx(decodeTx(view.bytes, this.#layout, index), facts));
    if (mix !== null) this.counts.mixes += 1;
    else if (unclear.length > 0) this.counts.unclear += 1;
    return mix === null && unclear.length === 0;
  }

  /** What every rule for CoinJoins asks for: three outputs, two of them of one value; Wasabi 2's outputs are
   *  so many that two are. Most transactions have no more than two. */
  #mayBeMix(bytes: Uint8Array, index: number): boolean {
    const { outputAt, outputFirst } = this.#layout;
    const first = outputFirst[index] ?? 0;
    const end = outputFirst[index + 1] ?? 0;
    if (end - first < 3) return false;
    const values = new Set<number>();
    for (let output = first; output < end; output++) values.add(sats(bytes, outputAt[output] ?? 0));
    return values.size < end - first;
  }
}

/** As a number: values that differ only beyond 2^53 would be taken for equal, which asks the rules. */
function sats(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let byte = 7; byte >= 0; byte--) value = value * 256 + (bytes[at + byte] ?? 0);
  return value;
}
