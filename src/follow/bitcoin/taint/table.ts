/** 32-bit words of an entry: four of the txid, two from each end, and the number of the output. */
const WORDS = 5;
const TXID_WORDS_AT = [0, 4, 24, 28] as const;
const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;
const FIRST_INDEX_BITS = 12;
/** Few outputs have a bitmap that lies in a processor's first cache (8 KB), millions one of 2 MB. */
const FEWEST_BITS = 1 << 16;
const MOST_BITS = 1 << 24;
/** Bits of the bitmap for each output, at least, when it is made anew: one question in so many is wrong. */
const BITS_EACH = 128;
/** Spreads the outputs of one transaction over the index. Source: Knuth, TAOCP 6.4: 2^32 / golden ratio. */
const SPREAD = 0x9e3779b1;

/** Outputs by outpoint, each with a slot, for tens of millions of them: typed arrays, no object for any.
 *
 *  Shape: a bitmap on the first bytes of txids answers most questions: it took most of the time of a trace
 *  while it had 2 MB for a handful of outputs. Then an index with open addressing (linear probing, at most
 *  70 % full) leads to entries, which lie in chunks, so that growing copies the index alone. An entry takes
 *  20 bytes and, in the index, 6 to 12. Slots are used again. Txids are bytes in the order of the hash, as
 *  inputs hold them.
 *  Limits: of a txid 16 bytes are kept. Two transactions that share them take 2^64 hashes to make.
 */
export interface OutpointTable {
  readonly size: number;
  /** Slots that were ever in use are all below. */
  readonly slots: number;
  /** A bit for the first bytes, least significant first and under the mask, of every txid that is in the
   *  table. Both change when outputs are added. */
  readonly bitmap: Uint8Array;
  readonly bitmapMask: number;
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
  bitmap = new Uint8Array(FEWEST_BITS >> 3);
  bitmapMask = FEWEST_BITS - 1;
  /** Outputs added since the bitmap was made. */
  #added = 0;
  readonly #chunks: Uint32Array[] = [];
  #index = new Uint32Array(1 << FIRST_INDEX_BITS);
  #shift = 32 - FIRST_INDEX_BITS;
  #firstFree = -1;

  find(bytes: Uint8Array, at: number, vout: number): number {
    const first = word(bytes, at);
    const bit = first & this.bitmapMask;
    if ((((this.bitmap[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 0) return -1;
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
    this.#mark(slot);
    this.#added += 1;
    // Seldom enough that each output pays for a few steps, however many slots are free.
    if (this.#added * BITS_EACH > this.bitmapMask && this.#added * 2 >= this.slots) this.#remark();
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

  #mark(slot: number): void {
    // The first bytes are the low ones of the word.
    const bit = (this.#chunkOf(slot)[(slot & (CHUNK - 1)) * WORDS] ?? 0) & this.bitmapMask;
    this.bitmap[bit >>> 3] = (this.bitmap[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }

  /** Makes the bitmap anew, as large as the outputs of now need it: bits of those that are gone go. */
  #remark(): void {
    let bits = FEWEST_BITS;
    while (bits < MOST_BITS && bits < this.size * BITS_EACH) bits *= 2;
    this.bitmap = new Uint8Array(bits >> 3);
    this.bitmapMask = bits - 1;
    this.#added = 0;
    for (let slot = 0; slot < this.slots; slot += 1) if (this.holds(slot)) this.#mark(slot);
  }

  #file(slot: number): void {
    const mask = this.#index.length - 1;
    let i = this.#homeOf(slot);
    while (this.#index[i] !== 0) i = (i + 1) & mask;
    this.#index[i] = slot + 1;
  }

  #grow(): void {
    this.#index = new Uint32Array(this.#index.length * 2);
    this.#shift -= 1;
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
