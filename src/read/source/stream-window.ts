import type { ByteWindow } from "./window.ts";

/** A window over chunks that arrive in order: small files, standard input, decompressed data. */
export class StreamWindow implements ByteWindow {
  bytes: Uint8Array;
  view: DataView;
  at = 0;
  end = 0;
  base = 0;
  readonly capacity: number;
  failed: string | null = null;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #ended = false;

  /** @param capacity most unread bytes that are kept, which bounds the largest record */
  constructor(chunks: AsyncIterable<Uint8Array>, capacity = 1 << 19) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.capacity = capacity;
    this.bytes = new Uint8Array(0);
    this.view = new DataView(this.bytes.buffer);
  }

  async more(): Promise<boolean> {
    if (this.#ended || this.end - this.at > this.capacity) return false;
    const chunk = await this.#next();
    if (chunk === null) return false;
    const kept = this.end - this.at;
    if (kept === 0) {
      this.#adopt(chunk);
    } else {
      const joined = new Uint8Array(kept + chunk.length);
      joined.set(this.bytes.subarray(this.at, this.end));
      joined.set(chunk, kept);
      this.#adopt(joined);
    }
    return true;
  }

  /** Reads to the end, for the hash's sake. */
  async drain(): Promise<void> {
    while (!this.#ended) await this.#next();
  }

  async #next(): Promise<Uint8Array | null> {
    try {
      for (;;) {
        const { done, value } = await this.#chunks.next();
        if (done) break;
        if (value.length > 0) return value;
      }
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
    this.#ended = true;
    return null;
  }

  #adopt(bytes: Uint8Array): void {
    this.base += this.at;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
    this.end = bytes.length;
  }
}
