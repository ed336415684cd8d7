import { Gathered } from "../gathered.ts";
import { type ClientHello, readClientHello } from "../tls.ts";
import type { Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";

const MAX_HELLO_BYTES = 1 << 16;
/** The hello is read again when it has grown by this: segments of one byte must not cost a look each. */
const GROWTH = 1.25;

/** A ClientHello that spans several segments, as post-quantum keys make it. */
export class HelloDecoder implements Decoder {
  readonly #onHello: (hello: ClientHello, chunk: Chunk) => void;
  readonly #held = new Gathered(MAX_HELLO_BYTES);
  #lookAt = 0;
  #last: Chunk | null = null;

  constructor(onHello: (hello: ClientHello, chunk: Chunk) => void) {
    this.#onHello = onHello;
  }

  get held(): number {
    return this.#held.room;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    // The server answers a hello that is whole.
    if (side === 1) return this.#look() ? null : this;
    if (!this.#held.add(chunk.bytes, chunk.at, chunk.end)) return null;
    this.#last = { ...chunk };
    if (this.#held.length < this.#lookAt) return this;
    this.#lookAt = this.#held.length * GROWTH;
    return this.#look() ? null : this;
  }

  lost(): void {}

  end(): void {
    this.#look();
  }

  /** Whether nothing more is to be waited for. */
  #look(): boolean {
    const chunk = this.#last;
    if (chunk === null) return false;
    const held = this.#held.view();
    const hello = readClientHello(held, 0, held.length);
    if (hello === "incomplete") return false;
    this.#last = null;
    if (hello !== null) this.#onHello(hello, chunk);
    return true;
  }
}
