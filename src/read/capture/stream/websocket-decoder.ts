import { WebSocketHalf } from "../websocket.ts";
import type { Conversation, Side } from "../wire.ts";
import { type Chunk, type Origin, originOf, placeAt } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";
import type { StreamWorld } from "./json-decoder.ts";
import { parseJson } from "./parse-json.ts";

/** JSON messages in WebSocket text frames: miners inside browsers. */
export class WebSocketDecoder implements Decoder {
  readonly #conversation: Conversation;
  readonly #world: StreamWorld;
  readonly #halves: readonly [WebSocketHalf, WebSocketHalf];
  #chunk: Chunk | null = null;

  constructor(conversation: Conversation, world: StreamWorld) {
    this.#conversation = conversation;
    this.#world = world;
    this.#halves = [this.#half(0), this.#half(1)];
  }

  get held(): number {
    return this.#halves[0].held + this.#halves[1].held + this.#conversation.held;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    const half = this.#halves[side];
    this.#chunk = chunk;
    half.feed(chunk.bytes, chunk.at, chunk.end);
    this.#chunk = null;
    if (!half.failed && this.#conversation.state !== "other") return this;
    this.end();
    return null;
  }

  lost(side: Side): void {
    this.#halves[side].lost();
    this.#conversation.lost(side, "segments");
  }

  end(): void {
    this.#conversation.end((ip, atMicros) => this.#world.nameOf(ip, atMicros));
  }

  #half(side: Side): WebSocketHalf {
    let origin: Origin | null = null;
    return new WebSocketHalf({
      onStart: (index) => {
        origin = this.#chunk === null ? null : originOf(this.#chunk, index);
      },
      onText: (bytes) => {
        if (origin !== null) this.#text(side, Buffer.from(bytes).toString("utf8"), origin);
      },
      onBad: () => this.#conversation.lost(side, "malformed"),
    });
  }

  #text(side: Side, text: string, origin: Origin): void {
    const json = parseJson(text);
    if (json === undefined) return this.#conversation.lost(side, "malformed");
    if (typeof json !== "object" || json === null) return;
    const place = placeAt(origin, Buffer.byteLength(text));
    this.#conversation.message({ side, json, text, atMicros: origin.atMicros, place, http: null });
  }
}
