import { HEADER } from "../../../bytes/bitcoin-header.ts";
import { uint32le } from "../../../bytes/little-endian.ts";

const HASH_BYTES = 32;

/** Where a block lies. */
export interface BlockAt {
  /** Position in the list of files. */
  readonly file: number;
  /** Offset of the header, and bytes from there to the block's end. */
  readonly at: number;
  readonly size: number;
  /** What its coinbase says; -1 for nothing. */
  readonly toldHeight: number;
  /** Position in `BITCOIN_NETWORKS`; `NO_NETWORK` for a block without a magic. */
  readonly network: number;
}

export const NO_NETWORK = 255;

/** The most that any of the networks has is 6 million, testnet3's and Dogecoin's. */
const MAX_BLOCKS = 10_000_000;

/** Arrays grow by a quarter: no more than that is spare. */
const GROWTH = 1.25;

/** What is known of each block from its header and first bytes: columns of numbers and a hash table, so that
 *  the 900,000 blocks of Bitcoin take 105 MB (measured).
 *
 *  Limits: positions in the index are 32-bit; hashes are all that a block is known by.
 */
export class BlockIndex {
  count = 0;
  hash = new Uint8Array(0);
  previous = new Uint8Array(0);
  seconds = new Uint32Array(0);
  bits = new Uint32Array(0);
  file = new Uint32Array(0);
  at = new Float64Array(0);
  size = new Uint32Array(0);
  toldHeight = new Int32Array(0);
  network = new Uint8Array(0);
  #slots = new Int32Array(1 << 10).fill(-1);

  /** Takes the block of this header and hash, unless it is there already. Errors: throws RangeError when
   *  there are more than memory is meant for. */
  add(header: Uint8Array, hash: Uint8Array, block: BlockAt): void {
    const slot = this.#slot(hash, 0);
    if (this.#slots[slot] !== -1) return;
    if (this.count === MAX_BLOCKS) throw new RangeError(`more than ${MAX_BLOCKS} blocks`);
    if (this.count === this.seconds.length) this.#grow();
    const i = this.count++;
    this.hash.set(hash, i * HASH_BYTES);
    this.previous.set(header.subarray(HEADER.previous, HEADER.merkleRoot), i * HASH_BYTES);
    this.seconds[i] = uint32le(header, HEADER.time);
    this.bits[i] = uint32le(header, HEADER.bits);
    this.file[i] = block.file;
    this.at[i] = block.at;
    this.size[i] = block.size;
    this.toldHeight[i] = block.toldHeight;
    this.network[i] = block.network;
    this.#slots[slot] = i;
    if (this.count * 2 > this.#slots.length) this.#rehash();
  }

  hashOf(block: number): Uint8Array {
    return this.hash.subarray(block * HASH_BYTES, (block + 1) * HASH_BYTES);
  }

  previousOf(block: number): Uint8Array {
    return this.previous.subarray(block * HASH_BYTES, (block + 1) * HASH_BYTES);
  }

  /** The block before this one; -1 where it is not there. */
  parent(block: number): number {
    return this.#slots[this.#slot(this.previous, block * HASH_BYTES)]!;
  }

  /** The slot of the hash at `at`, or the free one where it would be. The step comes from other bytes than
   *  the beginning: who makes headers that fall together has to make 64 bits of a hash agree. */
  #slot(bytes: Uint8Array, at: number): number {
    const mask = this.#slots.length - 1;
    const step = uint32le(bytes, at + 4) | 1;
    let slot = uint32le(bytes, at) & mask;
    for (;;) {
      const found = this.#slots[slot]!;
      if (found === -1 || this.#isAt(found, bytes, at)) return slot;
      slot = (slot + step) & mask;
    }
  }

  #isAt(block: number, bytes: Uint8Array, at: number): boolean {
    const own = block * HASH_BYTES;
    for (let i = 0; i < HASH_BYTES; i++) if (this.hash[own + i] !== bytes[at + i]) return false;
    return true;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let i = 0; i < this.count; i++) this.#slots[this.#slot(this.hash, i * HASH_BYTES)] = i;
  }

  #grow(): void {
    const rows = Math.ceil(Math.max(1024, this.count * GROWTH));
    this.hash = into(new Uint8Array(rows * HASH_BYTES), this.hash);
    this.previous = into(new Uint8Array(rows * HASH_BYTES), this.previous);
    this.seconds = into(new Uint32Array(rows), this.seconds);
    this.bits = into(new Uint32Array(rows), this.bits);
    this.file = into(new Uint32Array(rows), this.file);
    this.at = into(new Float64Array(rows), this.at);
    this.size = into(new Uint32Array(rows), this.size);
    this.toldHeight = into(new Int32Array(rows), this.toldHeight);
    this.network = into(new Uint8Array(rows), this.network);
  }
}

function into<T extends { set(from: T): void }>(larger: T, from: T): T {
  larger.set(from);
  return larger;
}
