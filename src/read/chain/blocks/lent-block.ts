import { HEADER_BYTES } from "../../../bytes/bitcoin-layout.ts";
import { hashToHex } from "../../../bytes/hex.ts";
import { uint32le } from "../../../bytes/little-endian.ts";
import { MICROS_PER_SECOND } from "../../../bytes/time.ts";
import type { BlockView, SpentOutput } from "../../../model/chain.ts";
import type { BestChain } from "./best-chain.ts";
import type { BlockIndex } from "./block-index.ts";
import type { EvidenceIds } from "./evidence-ids.ts";
import type { LoadedRun } from "./in-order.ts";
import type { UndoFiles } from "./undo-files.ts";

/** What a view looks things up in. */
export interface Behind {
  readonly index: BlockIndex;
  readonly chain: BestChain;
  readonly ids: EvidenceIds;
  readonly undo: UndoFiles;
  /** Told once a block: undo data that should be there do not fit it. */
  missingUndo(block: LentBlock): void;
  /** Told once for each block that contradicts its format. */
  malformed(block: LentBlock, says: string): void;
  /** Positions in the index of blocks that were told so. */
  readonly told: Set<number>;
}

const NONE = new Uint8Array(0);

/** The block that is lent. What costs something (hash as text, evidence, undo data) is made when asked for.
 *  */
export class LentBlock implements BlockView {
  bytes: Uint8Array = NONE;
  at = 0;
  end = 0;
  #block = 0;
  #position = 0;
  #behind: Behind;
  /** null: not looked for yet. */
  #isUndone: boolean | null = null;

  constructor(behind: Behind) {
    this.#behind = behind;
  }

  /** Turns to the block at this position of the chain. */
  turn(run: LoadedRun, position: number): void {
    const { index, chain } = this.#behind;
    this.#position = position;
    this.#block = chain.order[position]!;
    this.#isUndone = null;
    this.bytes = run.bytes;
    this.at = index.at[this.#block]! - run.base;
    this.end = this.at + index.size[this.#block]!;
  }

  get height(): number | null {
    const height = this.#behind.chain.heights[this.#position]!;
    return height < 0 ? null : height;
  }

  get hash(): string {
    return hashToHex(this.#behind.index.hashOf(this.#block));
  }

  get atMicros(): number {
    return this.#behind.index.seconds[this.#block]! * MICROS_PER_SECOND;
  }

  get evidence(): string {
    return this.#behind.ids.of(this.#behind.index.file[this.#block]!);
  }

  get atByte(): number {
    return this.#behind.index.at[this.#block]!;
  }

  malformed(says: string): void {
    const { told } = this.#behind;
    if (told.has(this.#block)) return;
    told.add(this.#block);
    this.#behind.malformed(this, says);
  }

  spent(index: number): readonly SpentOutput[] | null {
    if (index === 0) return [];
    const { undo } = this.#behind;
    const file = this.#behind.index.file[this.#block]!;
    if (!undo.has(file)) return null;
    if (this.#isUndone === null) {
      this.#isUndone = undo.find({
        file,
        previous: this.#behind.index.previousOf(this.#block),
        txCount: txCountAt(this.bytes, this.at + HEADER_BYTES),
      });
      if (!this.#isUndone) this.#behind.missingUndo(this);
    }
    return this.#isUndone ? undo.spent(index) : null;
  }
}

/** The compact size behind a header; a block has fewer than 2^32 transactions. */
function txCountAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0xfd) return first;
  const four = uint32le(bytes, at + 1);
  return first === 0xfd ? four & 0xffff : four;
}
