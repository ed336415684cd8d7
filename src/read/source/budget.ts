/** Unpacked bytes that are always allowed, and how many for each compressed one beyond that. Text logs shrink
 *  to a tenth or a fiftieth; gzip cannot do better than 1:1032, which only zeros reach. */
const FLOOR_BYTES = 256 << 20;
const MOST_RATIO = 200;

/** Archives within archives that are opened. */
export const MAX_DEPTH = 6;

/** How much one piece of evidence, with all archives inside it, may unpack to. */
export class UnpackBudget {
  readonly limit: number;
  #used = 0;
  /** The limit was reached, and what lay behind it was not read. */
  isSpent = false;

  /** @param packedBytes size of the evidence on disk; null when not known */
  constructor(packedBytes: number | null) {
    this.limit = Math.max(FLOOR_BYTES, (packedBytes ?? 0) * MOST_RATIO);
  }

  /** Hands on what fits. Errors: throws RangeError, after what fitted, when there is more. */
  async *pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const left = this.limit - this.#used;
      this.#used += chunk.length;
      if (chunk.length <= left) {
        yield chunk;
        continue;
      }
      this.isSpent = true;
      if (left > 0) yield chunk.subarray(0, left);
      throw new RangeError(`it unpacks to more than the ${this.limit} bytes allowed`);
    }
  }
}
