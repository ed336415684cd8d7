import type { Place } from "../../../model/place.ts";
import { HttpHalf, type HttpHandler } from "../http.ts";
import type { HttpHead } from "../http-head.ts";
import type { Conversation, HttpContext, Opened, Side } from "../wire.ts";
import { type Chunk, type Origin, originOf, placeAt } from "./chunk.ts";
import type { Decoder } from "./decoder.ts";
import type { StreamWorld } from "./json-decoder.ts";
import { parseJson } from "./parse-json.ts";

/** Requests without an answer that are remembered; pipelining deeper than this is no miner's. */
const MAX_OPEN_REQUESTS = 64;

/** The target of a CONNECT, and the request that names it. */
export interface Reached {
  readonly target: string;
  readonly place: Place;
  readonly atMicros: number;
}

/** What else a stream of HTTP can turn into. */
export interface HttpTurns {
  conversation(opened: Opened): Conversation;
  webSocket(opened: Opened): Decoder;
  /** What CONNECT reached. */
  tunnel(opened: Opened, reached: Reached): Decoder;
}

/** JSON-RPC over HTTP/1: getwork, getblocktemplate, eth_getWork, and the ways from HTTP to something else. */
export class HttpDecoder implements Decoder {
  readonly #opened: Opened;
  readonly #turns: HttpTurns;
  readonly #world: StreamWorld;
  readonly #halves: readonly [HttpHalf, HttpHalf];
  readonly #requests: HttpContext[] = [];
  /** Which side sends responses, as its last head showed. */
  readonly #answers: [boolean, boolean] = [false, false];
  /** The request that the response in hand answers. */
  #answered: HttpContext | null = null;
  #conversation: Conversation | null = null;
  #chunk: Chunk | null = null;
  #origin: Origin | null = null;
  #turned: Decoder | null = null;
  /** Its JSON is no JSON-RPC. */
  #isPlain = false;
  #firstRequest: { readonly context: HttpContext; readonly place: Place; readonly atMicros: number } | null =
    null;

  constructor(opened: Opened, turns: HttpTurns, world: StreamWorld) {
    this.#opened = opened;
    this.#turns = turns;
    this.#world = world;
    this.#halves = [new HttpHalf(this.#handler(0)), new HttpHalf(this.#handler(1))];
  }

  get held(): number {
    return this.#halves[0].held + this.#halves[1].held + (this.#conversation?.held ?? 0);
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    this.#chunk = chunk;
    const half = this.#halves[side];
    chunk.at += half.feed(chunk.bytes, chunk.at, chunk.end);
    this.#chunk = null;
    if (this.#turned !== null) {
      this.#conversation?.end((ip, atMicros) => this.#world.nameOf(ip, atMicros));
      return this.#turned;
    }
    if (this.#isPlain || half.state === "failed" || this.#conversation?.state === "other")
      return this.#giveUp();
    return this;
  }

  lost(side: Side): void {
    this.#halves[side].lost();
    this.#conversation?.lost(side, "segments");
  }

  end(): void {
    for (const half of this.#halves) half.end();
    this.#conversation?.end((ip, atMicros) => this.#world.nameOf(ip, atMicros));
  }

  /** Not HTTP any more, or not mining; a conversation that was mining is laid down all the same. */
  #giveUp(): null {
    this.end();
    return null;
  }

  #handler(side: Side): HttpHandler {
    return {
      onHead: (head) => this.#head(side, head),
      onBodyStart: (index) => {
        this.#origin = this.#chunk === null ? null : originOf(this.#chunk, index);
      },
      onBody: (bytes) => this.#body(side, bytes),
      onUpgrade: (head) => this.#upgrade(head),
      onTooLong: () => {},
      requestMethod: () => this.#requests[0]?.method ?? null,
    };
  }

  #head(side: Side, head: HttpHead): void {
    this.#answers[side] = head.status !== null;
    if (head.status !== null) {
      // 100 Continue and its like announce the real answer.
      if (head.status >= 200 || head.status === 101) this.#answered = this.#requests.shift() ?? null;
      return;
    }
    if (head.request === null) return;
    if (this.#requests.length >= MAX_OPEN_REQUESTS) this.#requests.shift();
    this.#requests.push(head.request);
    if (this.#firstRequest !== null || this.#chunk === null) return;
    const { at, end, atMicros } = this.#chunk;
    this.#firstRequest = {
      context: head.request,
      place: placeAt(originOf(this.#chunk, at), end - at),
      atMicros,
    };
  }

  #body(side: Side, bytes: Uint8Array): void {
    const origin = this.#origin;
    if (origin === null) return;
    const http = (this.#answers[side] ? this.#answered : this.#requests.at(-1)) ?? null;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
    if (this.#conversation === null && !text.includes('"method"')) {
      // A call names its method (JSON-RPC 2.0 §4); answers are read once a call was.
      this.#isPlain = !this.#answers[side];
      return;
    }
    const json = parseJson(text);
    if (typeof json !== "object" || json === null) return;
    this.#conversation ??= this.#turns.conversation(this.#named("http"));
    const place = placeAt(origin, bytes.length);
    this.#conversation.message({ side, json, text, atMicros: origin.atMicros, place, http });
  }

  #upgrade(head: HttpHead): void {
    const request = this.#answered;
    if (head.status === 101) this.#turned = this.#turns.webSocket(this.#named("websocket"));
    else if (request?.method === "CONNECT" && this.#firstRequest !== null) {
      const { place, atMicros } = this.#firstRequest;
      this.#turned = this.#turns.tunnel(this.#opened, { target: request.target, place, atMicros });
    }
  }

  #named(transport: "http" | "websocket"): Opened {
    const first = this.#firstRequest;
    const host = first?.context.host?.replace(/:\d+$/, "") ?? null;
    const named =
      host === null || first === null
        ? null
        : { name: host.toLowerCase(), by: "http" as const, place: first.place };
    return { ...this.#opened, transport, named: this.#opened.named ?? named };
  }
}
