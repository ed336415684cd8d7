import type { Place } from "../../../model/place.ts";
import { Socks5 } from "../socks5.ts";
import type { Opened, Side } from "../wire.ts";
import { type Chunk, originOf, placeAt } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";

/** What a client sends before the proxy has answered is kept up to this size. */
const MAX_HELD_BYTES = 1 << 16;

/** The opening of a proxied connection; the stream inside is then read like any other. */
export class SocksDecoder implements Decoder {
  readonly #socks = new Socks5();
  readonly #opened: Opened;
  readonly #inside: (opened: Opened) => Decoder;
  readonly #onTarget: (host: string, place: Place, atMicros: number) => void;
  #asked: Place | null = null;
  #held: Chunk | null = null;

  constructor(
    opened: Opened,
    inside: (opened: Opened) => Decoder,
    onTarget: (host: string, place: Place, atMicros: number) => void,
  ) {
    this.#opened = opened;
    this.#inside = inside;
    this.#onTarget = onTarget;
  }

  get held(): number {
    return this.#held?.bytes.length ?? 0;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    const socks = this.#socks;
    const from = chunk.at;
    chunk.at += socks.feed(side, chunk);
    if (socks.target !== null && this.#asked === null) {
      this.#asked = placeAt(originOf(chunk, from), chunk.at - from);
      this.#onTarget(socks.target.host, this.#asked, chunk.atMicros);
    }
    if (socks.state === "failed") return null;
    if (socks.state === "pending") return this.#hold(side, chunk) ? this : null;
    const inner = this.#inside(this.#innerOpened());
    // What the client sent ahead of the answer comes first.
    return this.#held === null ? inner : inner.feed(0, this.#held);
  }

  lost(): void {
    this.#socks.state = "failed";
  }

  end(): void {}

  #hold(side: Side, chunk: Chunk): boolean {
    if (chunk.at >= chunk.end) return true;
    if (side === 1 || this.#held !== null || chunk.end - chunk.at > MAX_HELD_BYTES) return false;
    const bytes = chunk.bytes.slice(chunk.at, chunk.end);
    this.#held = { ...chunk, bytes, atByte: chunk.atByte + chunk.at, at: 0, end: bytes.length };
    return true;
  }

  #innerOpened(): Opened {
    const { target } = this.#socks;
    const named =
      target === null || this.#asked === null
        ? null
        : { name: target.host, by: "socks5" as const, place: this.#asked };
    return { ...this.#opened, via: "socks5", named };
  }
}
