import type { ClientHello } from "../tls.ts";
import { readClientHello } from "../tls.ts";
import type { Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";

const MAX_HELLO_BYTES = 1 << 16;

/** A ClientHello that spans several segments, as post-quantum keys make it. */
export class HelloDecoder implements Decoder {
  readonly #onHello: (hello: ClientHello, chunk: Chunk) => void;
  #held = new Uint8Array(0);

  constructor(onHello: (hello: ClientHello, chunk: Chunk) => void) {
    this.#onHello = onHello;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    if (side === 1) return this;
    const joined = new Uint8Array(this.#held.length + chunk.end - chunk.at);
    joined.set(this.#held);
    joined.set(chunk.bytes.subarray(chunk.at, chunk.end), this.#held.length);
    this.#held = joined;
    const hello = readClientHello(joined, 0, joined.length);
    if (hello === "incomplete") return joined.length > MAX_HELLO_BYTES ? null : this;
    if (hello !== null) this.#onHello(hello, chunk);
    return null;
  }

  lost(): void {}

  end(): void {}
}
