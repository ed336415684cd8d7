/** 32-bit words of an entry: four of the txid, two from each end, and the number of the output. */
const WORDS = 5;
const TXID_WORDS_AT = [0, 4, 24, 28] as const;
const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;
const FIRST_INDEX_BITS = 12;
const BITMAP_BITS = 24;
/** Spreads the outputs of one transaction over the index. Source: Knuth, TAOCP 6.4: 2^32 / golden ratio. */
const SPREAD = 0x9e3779b1;

/** Outputs by outpoint, each with a slot, for tens of millions of them: typed arrays, no object for any.
 *
 *  Shape: a bitmap of 2^24 bits on the first three bytes of txids (2 MB, in a processor's cache) answers
 *  most questions; then an index with open addressing (linear probing, at most 70 % full) leads to entries,
 *  which lie in chunks, so that growing copies the index alone. An entry takes 20 bytes and, in the index,
 *  6 to 12. Slots are used again. Txids are bytes in the order of the hash, as inputs hold them.
 *  Limits: of a txid 16 bytes are kept. Two transactions that share them take 2^64 hashes to make.
 */
export interface OutpointTable {
  readonly size: number;
  /** Slots that were ever in use are all below. */
  readonly slots: number;
  /** A bit for the first three bytes, least significant first, of every txid that is in the table. */
  readonly bitmap: Uint8Array;
  /** The slot of an outpoint, -1 where it is not in the table. */
  find(bytes: Uint8Array, at: number, vout: number): number;
  /** Adds an outpoint that is not in the table; returns its slot. */
  add(bytes: Uint8Array, at: number, vout: number): number;
  remove(slot: number): void;
  /** Whether the slot is in use. */
  holds(slot: number): boolean;
}

export function outpointTable(): OutpointTable {
  return new Table();
}

/** The number of outputs that a free entry has in place of its own; it fits no output of a transaction. */
const FREE = 0xffffffff;

class Table implements OutpointTable {
  size = 0;
  slots = 0;
  readonly bitmap = new Uint8Array((1 << BITMAP_BITS) >> 3);
  readonly #chunks: Uint32Array[] = [];
  #index = new Uint32Array(1 << FIRST_INDEX_BITS);
  #shift = 32 - FIRST_INDEX_BITS;
  #firstFree = -1;

  find(bytes: Uint8Array, at: number, vout: number): number {
    const first = word(bytes, at);
    if ((((this.bitmap[(first & 0xffffff) >>> 3] ?? 0) >>> (first & 7)) & 1) === 0) return -1;
    const last = word(bytes, at + 28);
    const mask = this.#index.length - 1;
    for (let i = this.#home(first ^ last, vout); ; i = (i + 1) & mask) {
      const slot = (this.#index[i] ?? 0) - 1;
      if (slot < 0) return -1;
      const chunk = this.#chunks[slot >>> CHUNK_BITS];
      const entry = (slot & (CHUNK - 1)) * WORDS;
      if (
        chunk !== undefined &&
        chunk[entry] === first &&
        chunk[entry + 4] === vout &&
        chunk[entry + 1] === word(bytes, at + 4) &&
        chunk[entry + 2] === word(bytes, at + 24) &&
        chunk[entry + 3] === last
      ) {
        return slot;
      }
    }
  }

  add(bytes: Uint8Array, at: number, vout: number): number {
    if ((this.size + 1) * 10 > this.#index.length * 7) this.#grow();
    const slot = this.#take();
    const chunk = this.#chunkOf(slot);
    const entry = (slot & (CHUNK - 1)) * WORDS;
    for (const [i, offset] of TXID_WORDS_AT.entries()) chunk[entry + i] = word(bytes, at + offset);
    chunk[entry + 4] = vout;
    this.size += 1;
    this.#file(slot);
    return slot;
  }

  remove(slot: number): void {
    const chunk = this.#chunkOf(slot);
    const entry = (slot & (CHUNK - 1)) * WORDS;
    const mask = this.#index.length - 1;
    let hole = this.#homeOf(slot);
    while (this.#index[hole] !== slot + 1) hole = (hole + 1) & mask;
    for (let i = (hole + 1) & mask; ; i = (i + 1) & mask) {
      const filed = this.#index[i] ?? 0;
      if (filed === 0) break;
      // What would not be found behind the hole moves into it.
      if (((i - this.#homeOf(filed - 1)) & mask) < ((i - hole) & mask)) continue;
      this.#index[hole] = filed;
      hole = i;
    }
    this.#index[hole] = 0;
    chunk[entry] = this.#firstFree + 1;
    chunk[entry + 4] = FREE;
    this.#firstFree = slot;
    this.size -= 1;
  }

  holds(slot: number): boolean {
    return slot < this.slots && this.#chunkOf(slot)[(slot & (CHUNK - 1)) * WORDS + 4] !== FREE;
  }

  #take(): number {
    const slot = this.#firstFree;
    if (slot !== -1) {
      this.#firstFree = (this.#chunkOf(slot)[(slot & (CHUNK - 1)) * WORDS] ?? 0) - 1;
      return slot;
    }
    if ((this.slots & (CHUNK - 1)) === 0) this.#chunks.push(new Uint32Array(CHUNK * WORDS));
    this.slots += 1;
    return this.slots - 1;
  }

  #file(slot: number): void {
    const first = this.#chunkOf(slot)[(slot & (CHUNK - 1)) * WORDS] ?? 0;
    // The bit of the first three bytes, which are the low ones of the word.
    const at = (first & 0xffffff) >>> 3;
    this.bitmap[at] = (this.bitmap[at] ?? 0) | (1 << (first & 7));
    const mask = this.#index.length - 1;
    let i = this.#homeOf(slot);
    while (this.#index[i] !== 0) i = (i + 1) & mask;
    this.#index[i] = slot + 1;
  }

  /** Bits of the bitmap that nothing stands for any more go when the index grows. */
  #grow(): void {
    this.#index = new Uint32Array(this.#index.length * 2);
    this.#shift -= 1;
    this.bitmap.fill(0);
    for (let slot = 0; slot < this.slots; slot += 1) if (this.holds(slot)) this.#file(slot);
  }

  #chunkOf(slot: number): Uint32Array {
    const chunk = this.#chunks[slot >>> CHUNK_BITS];
    if (chunk === undefined) throw new RangeError(`Cannot look at slot ${slot} of ${this.slots}`);
    return chunk;
  }

  #homeOf(slot: number): number {
    const chunk = this.#chunkOf(slot);
    const entry = (slot & (CHUNK - 1)) * WORDS;
    return this.#home((chunk[entry] ?? 0) ^ (chunk[entry + 3] ?? 0), chunk[entry + 4] ?? 0);
  }

  #home(mixed: number, vout: number): number {
    return (mixed ^ Math.imul(vout + 1, SPREAD)) >>> this.#shift;
  }
}

function word(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at + 3] ?? 0) << 24) | ((bytes[at + 2] ?? 0) << 16);
  return (high | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0;
}
