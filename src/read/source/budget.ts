/** Unpacked bytes that are always allowed, and how many for each compressed one beyond that. Text logs shrink
 *  to a tenth or a fiftieth; gzip cannot do better than 1:1032, which only zeros reach. */
const FLOOR_BYTES = 256 << 20;
const MOST_RATIO = 200;

/** Archives within archives that are opened. */
export const MAX_DEPTH = 6;

/** How much one piece of evidence, with all archives inside it, may unpack to. */
export class UnpackBudget {
  readonly #packedBytes: () => number;
  /** Files in archives, archives within them included, that are looked at. */
  readonly members = 1_000_000;
  #used = 0;
  #taken = 0;
  /** The limit was reached, and what lay behind it was not read. */
  isSpent = false;

  /** @param packedBytes size of the evidence on disk, or what of it has been read so far */
  constructor(packedBytes: () => number) {
    this.#packedBytes = packedBytes;
  }

  get limit(): number {
    return Math.max(FLOOR_BYTES, this.#packedBytes() * MOST_RATIO);
  }

  /** Counts a file of an archive; false when there are too many: archives in archives multiply. */
  takeMember(): boolean {
    this.#taken += 1;
    return this.#taken <= this.members;
  }

  /** Hands on what fits. Errors: throws RangeError, after what fitted, when there is more. */
  async *pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      const { limit } = this;
      const left = limit - this.#used;
      this.#used += chunk.length;
      if (chunk.length <= left) {
        yield chunk;
        continue;
      }
      this.isSpent = true;
      if (left > 0) yield chunk.subarray(0, left);
      throw new RangeError(`it unpacks to more than the ${limit} bytes allowed`);
    }
  }
}
