/** Bytes gathered from several chunks,
 *  in a buffer that grows with what has come and never with what was promised. */
export class Gathered {
  length = 0;
  readonly limit: number;
  #bytes = new Uint8Array(0);

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes of memory that it takes. */
  get room(): number {
    return this.#bytes.length;
  }

  /** Appends `bytes[at … end)`; false, and nothing appended, when that would pass the limit. */
  add(bytes: Uint8Array, at: number, end: number): boolean {
    const length = this.length + end - at;
    if (length > this.limit) return false;
    if (length > this.#bytes.length) {
      const roomier = new Uint8Array(Math.min(this.limit, Math.max(1024, 2 * length)));
      roomier.set(this.#bytes.subarray(0, this.length));
      this.#bytes = roomier;
    }
    this.#bytes.set(bytes.subarray(at, end), this.length);
    this.length = length;
    return true;
  }

  /** What was gathered, valid until the next `add`. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
    // A rare long message must not keep its memory for the life of the stream.
    if (this.#bytes.length > 65_536) this.#bytes = new Uint8Array(0);
  }
}
