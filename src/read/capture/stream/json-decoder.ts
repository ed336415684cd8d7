import type { NamedServer } from "../../../model/record.ts";
import type { Desk } from "../../reader.ts";
import type { Conversation, HttpContext, Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";
import { placeAt } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";
import { JsonMessages } from "./json-messages.ts";

/** What a decoder needs of the world around its stream. */
export interface StreamWorld {
  readonly desk: Desk;
  nameOf(ip: string, atMicros: number): NamedServer | null;
}

/** Cuts one side's bytes into messages for a conversation. */
export function messagesOf(
  conversation: Conversation,
  side: Side,
  http: () => HttpContext | null,
): JsonMessages {
  return new JsonMessages({
    message: (json, { text, byteLength, origin }) => {
      const place = placeAt(origin, byteLength);
      conversation.message({ side, json, text, atMicros: origin.atMicros, place, http: http() });
    },
    malformed: () => conversation.lost(side, "malformed"),
  });
}

/** JSON messages straight over the stream: most stratum dialects. */
export class JsonDecoder implements Decoder {
  readonly #conversation: Conversation;
  readonly #world: StreamWorld;
  readonly #sides: readonly [JsonMessages, JsonMessages];

  constructor(conversation: Conversation, world: StreamWorld) {
    this.#conversation = conversation;
    this.#world = world;
    this.#sides = [messagesOf(conversation, 0, () => null), messagesOf(conversation, 1, () => null)];
  }

  get held(): number {
    return this.#sides[0].held + this.#sides[1].held + this.#conversation.held;
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    this.#sides[side].feed(chunk);
    return this.#conversation.state === "other" ? null : this;
  }

  lost(side: Side): void {
    this.#sides[side].lost();
    this.#conversation.lost(side, "segments");
  }

  end(): void {
    this.#conversation.end((ip, atMicros) => this.#world.nameOf(ip, atMicros));
  }
}
