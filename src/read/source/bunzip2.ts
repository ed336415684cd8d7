import bitIterator, { type Bits } from "unbzip2-stream/lib/bit_iterator.js";
import bzip2 from "unbzip2-stream/lib/bzip2.js";

/** A block never takes more of the compressed stream than its size and some tables. */
const TABLE_BYTES = 25_000;
const BLOCK_UNIT = 100_000;
const PART_BYTES = 1 << 18;

/** Decompresses bzip2, also several streams in a row, a block at a time: one of 45 bytes can hold 46 MB of
 *  zeros, and the library's own stream hands out all blocks of a buffer at once.
 *
 *  Errors: throws where the data is damaged or ends early, after what came before.
 */
export async function* bunzip2(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const blocks = new Blocks();
  for await (const chunk of raw) {
    blocks.add(chunk);
    while (blocks.isWhole) yield* blocks.next();
  }
  while (blocks.left > 0) yield* blocks.next();
  if (blocks.isInside) throw new RangeError("the bzip2 data ends early");
}

class Blocks {
  readonly #queue: Uint8Array[] = [];
  #bits: Bits | null = null;
  #held = 0;
  /** 0 in front of a stream's header. */
  #size = 0;
  #checksum: number | null = null;

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#queue.push(chunk);
    this.#held += chunk.length;
    this.#bits ??= bitIterator(() => this.#shift());
  }

  get left(): number {
    return this.#held - (this.#bits?.bytesRead ?? 0);
  }

  get isInside(): boolean {
    return this.#checksum !== null;
  }

  /** Whether the next block, or a header, is certainly there. */
  get isWhole(): boolean {
    return this.left + 1 >= TABLE_BYTES + BLOCK_UNIT * this.#size;
  }

  next(): Uint8Array[] {
    const bits = this.#bits;
    if (bits === null) return [];
    if (this.#size === 0) {
      this.#size = bzip2.header(bits);
      this.#checksum = 0;
      return [];
    }
    const size = BLOCK_UNIT * this.#size;
    const out = new Parts();
    this.#checksum = bzip2.decompress(
      bits,
      (byte) => out.take(byte),
      new Int32Array(size),
      size,
      this.#checksum,
    );
    if (this.#checksum === null) this.#size = 0;
    return out.all();
  }

  #shift(): Uint8Array {
    const chunk = this.#queue.shift();
    if (chunk === undefined) throw new RangeError("the bzip2 data ends early");
    return chunk;
  }
}

/** Bytes that come one by one. */
class Parts {
  readonly #full: Uint8Array[] = [];
  #part = new Uint8Array(PART_BYTES);
  #at = 0;

  take(byte: number): void {
    if (this.#at === PART_BYTES) {
      this.#full.push(this.#part);
      this.#part = new Uint8Array(PART_BYTES);
      this.#at = 0;
    }
    this.#part[this.#at++] = byte;
  }

  all(): Uint8Array[] {
    return this.#at === 0 ? this.#full : [...this.#full, this.#part.subarray(0, this.#at)];
  }
}
