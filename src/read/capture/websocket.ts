// WebSocket frame, RFC 6455 § 5.2
//
//   OFFSET  SIZE  MEANING
//        0     1  FIN(1) RSV(3) opcode(4): 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong
//        1     1  MASK(1) length(7): 126 and 127 announce 2 and 8 more bytes of length
//        …   0,4  masking key, from client to server
//        …     …  payload, XORed with the key repeated
import { constants, inflateRawSync } from "node:zlib";
import { Gathered } from "./gathered.ts";

const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 14;
const MAX_CONTROL_BYTES = 125;
const WINDOW_BYTES = 32_768;
const FIN = 0x80;
const RSV1 = 0x40;
const RSV23 = 0x30;
const MASK = 0x80;
const TEXT = 1;
const CLOSE = 8;
const OPCODES = new Set([0, 1, 2, 8, 9, 10]);
/** What a sender with permessage-deflate leaves off each message (RFC 7692 § 7.2.1). */
const DEFLATE_TAIL = Uint8Array.of(0, 0, 0xff, 0xff);

export interface WebSocketHandler {
  /** The first byte of a message's first frame is about to be taken from the chunk that was fed, at this
   *  index. */
  onStart(index: number): void;
  /** A whole text message, unmasked, frames joined and inflated; valid during the call. */
  onText(bytes: Uint8Array): void;
  /** What could not be read; with "broken" nothing more is taken. */
  onBad(reason: "broken" | "too-long" | "undecodable"): void;
}

/** Reads one direction of a WebSocket, in chunks of any size.
 *
 *  Errors: none; a frame that breaks the rules ends in `failed`, messages over 1 MiB are skipped, messages
 *  that do not inflate (to at most 1 MiB) are skipped too; `onBad` tells each.
 *  Source: RFC 6455 § 5; RFC 7692 § 7.2.2 for permessage-deflate, with context takeover: a message that was
 *  lost makes the compressed ones after it undecodable until the sender starts anew.
 *  Limits: binary messages are skipped; UTF-8 is not checked.
 */
export class WebSocketHalf {
  failed = false;
  closed = false;
  readonly #handler: WebSocketHandler;
  readonly #header = new Gathered(MAX_HEADER_BYTES);
  readonly #message = new Gathered(MAX_MESSAGE_BYTES);
  readonly #key = new Uint8Array(4);
  #inPayload = false;
  #masked = false;
  #opcode = 0;
  #final = false;
  #left = 0;
  #keyAt = 0;
  /** Opcode of the message that is open, 0 for none. */
  #open = 0;
  #deflated = false;
  #tooLong = false;
  #window = Buffer.alloc(0);

  constructor(handler: WebSocketHandler) {
    this.#handler = handler;
  }

  /** Bytes of memory, about, of the message in hand and of what compressed ones refer back to. */
  get held(): number {
    return this.#message.room + this.#window.length;
  }

  feed(bytes: Uint8Array, at: number, end: number): void {
    let next = at;
    while (next < end && !this.failed && !this.closed) {
      next = this.#inPayload ? this.#takePayload(bytes, next, end) : this.#takeHeader(bytes, next);
    }
  }

  /** The capture lost bytes: frames have no marks to find them by,
   *  so a frame has to begin at the next chunk. */
  lost(): void {
    this.#header.clear();
    this.#inPayload = false;
    this.#forget();
  }

  #takeHeader(bytes: Uint8Array, at: number): number {
    if (this.#header.length === 0 && this.#open === 0 && (bytes[at] ?? 0) % 16 < CLOSE)
      this.#handler.onStart(at);
    this.#header.add(bytes, at, at + 1);
    const header = this.#header.view();
    const second = header[1] ?? 0;
    const lengthBytes = (second & 127) === 126 ? 2 : (second & 127) === 127 ? 8 : 0;
    const keyBytes = second & MASK ? 4 : 0;
    if (header.length < 2 || header.length < 2 + lengthBytes + keyBytes) return at + 1;
    this.#begin(header, lengthBytes);
    return at + 1;
  }

  #begin(header: Uint8Array, lengthBytes: number): void {
    const first = header[0] ?? 0;
    this.#opcode = first & 15;
    this.#final = (first & FIN) !== 0;
    this.#masked = ((header[1] ?? 0) & MASK) !== 0;
    this.#left = (header[1] ?? 0) & 127;
    if (lengthBytes > 0)
      this.#left = header.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    if (this.#masked) this.#key.set(header.subarray(2 + lengthBytes, 6 + lengthBytes));
    this.#header.clear();
    this.#keyAt = 0;
    if (!this.#allowed(first)) {
      this.failed = true;
      this.#handler.onBad("broken");
      return;
    }
    if (this.#opcode === CLOSE) this.closed = true;
    if (this.#opcode === 1 || this.#opcode === 2) {
      this.#open = this.#opcode;
      this.#deflated = (first & RSV1) !== 0;
    }
    this.#inPayload = true;
    if (this.#left === 0) this.#endFrame();
  }

  #allowed(first: number): boolean {
    if (!OPCODES.has(this.#opcode) || (first & RSV23) !== 0 || this.#left > Number.MAX_SAFE_INTEGER)
      return false;
    if (this.#opcode >= CLOSE) return this.#final && this.#left <= MAX_CONTROL_BYTES && (first & RSV1) === 0;
    const continues = this.#opcode === 0;
    return continues ? this.#open !== 0 && (first & RSV1) === 0 : this.#open === 0;
  }

  #takePayload(bytes: Uint8Array, at: number, end: number): number {
    const stop = Math.min(end, at + this.#left);
    if (this.#opcode < CLOSE && this.#open === TEXT) this.#keep(bytes, at, stop);
    this.#left -= stop - at;
    this.#keyAt = (this.#keyAt + stop - at) & 3;
    if (this.#left === 0) this.#endFrame();
    return stop;
  }

  #keep(bytes: Uint8Array, at: number, stop: number): void {
    if (this.#tooLong) return;
    const from = this.#message.length;
    if (!this.#message.add(bytes, at, stop)) {
      this.#tooLong = true;
      this.#message.clear();
      this.#handler.onBad("too-long");
      return;
    }
    if (!this.#masked) return;
    const held = this.#message.view();
    for (let i = from; i < held.length; i++) {
      held[i] = (held[i] ?? 0) ^ (this.#key[(this.#keyAt + i - from) & 3] ?? 0);
    }
  }

  #endFrame(): void {
    this.#inPayload = false;
    if (this.#opcode >= CLOSE || !this.#final) return;
    const text = this.#open === TEXT && !this.#tooLong ? this.#decoded() : null;
    if (text !== null) this.#handler.onText(text);
    this.#forget();
  }

  #decoded(): Uint8Array | null {
    if (!this.#deflated) return this.#message.view();
    try {
      const input = Buffer.concat([this.#message.view(), DEFLATE_TAIL]);
      const text = inflateRawSync(input, {
        maxOutputLength: MAX_MESSAGE_BYTES,
        finishFlush: constants.Z_SYNC_FLUSH,
        ...(this.#window.length > 0 ? { dictionary: this.#window } : {}),
      });
      this.#window = Buffer.concat([this.#window, text]).subarray(-WINDOW_BYTES);
      return text;
    } catch {
      this.#handler.onBad("undecodable");
      return null;
    }
  }

  #forget(): void {
    this.#message.clear();
    this.#open = 0;
    this.#deflated = false;
    this.#tooLong = false;
  }
}

/** Whether bytes begin with an unfragmented text frame whose payload opens a JSON object or array: how a
 *  mining WebSocket looks from its middle. Allocates nothing. One random chunk in 10⁵ passes. */
export function looksLikeWebSocketFrame(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 3 || bytes[at] !== (FIN | TEXT)) return false;
  const second = bytes[at + 1] ?? 0;
  const short = second & 127;
  const keyAt = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
  const masked = (second & MASK) !== 0;
  const payload = masked ? keyAt + 4 : keyAt;
  if (payload >= end || short === 0) return false;
  const first = (bytes[payload] ?? 0) ^ (masked ? (bytes[keyAt] ?? 0) : 0);
  return first === 0x7b || first === 0x5b;
}
