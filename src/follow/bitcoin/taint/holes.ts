import { hashToHex } from "../../../bytes/hex.ts";
import type { BlockView, ChainTx } from "../../../model/chain.ts";

/** Offset in a header of the hash of the block before. */
const PREVIOUS_AT = 4;

/** Where blocks that come one after another do not follow each other: what was there before and is not seen
 *  to be spent may have been spent in blocks that are missing. */
export class Holes {
  #last: Pick<BlockView, "height" | "hash"> | null = null;
  /** The first block behind the last hole. */
  #behind: Pick<BlockView, "height"> | null = null;

  /** A block comes next; what is missing above `untilHeight` was not asked for. */
  pass({ bytes, at, height, hash }: BlockView, untilHeight: number | null): void {
    const last = this.#last;
    this.#last = { height, hash };
    if (last === null || last.hash === hashToHex(bytes, at + PREVIOUS_AT)) return;
    if (untilHeight === null || (last.height ?? -1) < untilHeight) this.#behind = { height };
  }

  /** Whether all blocks that can spend outputs of the transaction were there. */
  isWholeAfter({ height }: ChainTx): boolean {
    const behind = this.#behind;
    return behind === null || (height !== null && behind.height !== null && height >= behind.height);
  }
}
