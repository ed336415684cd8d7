const FIRST_BLOCKS = 1024;
const NO_HEIGHT = -1;

/** Which block a transaction is in, by its number in the whole chain. */
export class BlockNumbers {
  count = 0;
  #first = new Uint32Array(FIRST_BLOCKS);
  #heights = new Int32Array(FIRST_BLOCKS);

  /** A block whose first transaction has this number. */
  add(height: number | null, firstTx: number): void {
    if (this.count === this.#first.length) {
      const [first, heights] = [new Uint32Array(this.count * 2), new Int32Array(this.count * 2)];
      first.set(this.#first);
      heights.set(this.#heights);
      this.#first = first;
      this.#heights = heights;
    }
    this.#first[this.count] = firstTx;
    this.#heights[this.count] = height ?? NO_HEIGHT;
    this.count += 1;
  }

  /** Height of a transaction's block (null: not known) and position in it. */
  of(tx: number): { readonly height: number | null; readonly index: number } {
    let [low, high] = [0, this.count];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#first[middle] ?? 0) <= tx) low = middle;
      else high = middle;
    }
    const height = this.#heights[low] ?? NO_HEIGHT;
    return { height: height === NO_HEIGHT ? null : height, index: tx - (this.#first[low] ?? 0) };
  }
}
