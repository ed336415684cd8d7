import { type Chunk, type Origin, originOf } from "../stream/chunk.ts";
import {
  LOOKED_AT_BYTES,
  looksLikeSmb,
  SESSION_HEADER_BYTES,
  SMB_HEADER_BYTES,
  sessionKind,
  sessionLength,
} from "./smb-message.ts";

/** Takes the first bytes of a message: from its session header to `LOOKED_AT_BYTES`, or where it was cut. */
export type TakeMessage = (bytes: Uint8Array, span: { at: number; end: number }, origin: Origin) => void;

/** One direction of an SMB conversation, cut into session packets; only the head of each is looked at.
 *
 *  Where the capture lost or cut bytes, it waits for a segment that begins with a message: clients write each
 *  message at once, so that most begin a segment.
 *  Limits: behind a loss, a message that begins inside a segment is not seen.
 */
export class SmbPackets {
  readonly #take: TakeMessage;
  /** Bytes to pass over until the next packet begins. */
  #left = 0;
  #isLost = false;
  /** The head of a packet that is spread over segments. */
  #head: Uint8Array | null = null;
  #held = 0;
  #origin: Origin | null = null;

  constructor(take: TakeMessage) {
    this.#take = take;
  }

  /** Takes a chunk; false when it speaks another protocol, SMB 2 and 3 included. */
  feed(chunk: Chunk): boolean {
    let { at } = chunk;
    if (this.#isLost) {
      if (!looksLikeSmb(chunk.bytes, at, chunk.end)) return true;
      this.#isLost = false;
    }
    while (at < chunk.end && !this.#isLost) {
      const pass = Math.min(this.#left, chunk.end - at);
      this.#left -= pass;
      at += pass;
      if (at < chunk.end) at = this.#held === 0 ? this.#inPlace(chunk, at) : this.#gathered(chunk, at);
      if (at < 0) return false;
    }
    return true;
  }

  /** Bytes are missing: what is held of a message's head is all there will be. */
  lost(): void {
    if (this.#held >= SMB_HEADER_BYTES) this.#tell(this.#head ?? new Uint8Array(0), 0, this.#held);
    this.#held = 0;
    this.#left = 0;
    this.#isLost = true;
  }

  #inPlace(chunk: Chunk, at: number): number {
    const { bytes, end } = chunk;
    if (end - at < SESSION_HEADER_BYTES) return this.#gathered(chunk, at);
    const whole = SESSION_HEADER_BYTES + sessionLength(bytes, at);
    const wanted = Math.min(whole, LOOKED_AT_BYTES);
    if (end - at < wanted) return this.#gathered(chunk, at);
    this.#origin = originOf(chunk, at);
    if (!this.#tell(bytes, at, at + wanted)) return -1;
    this.#left = whole - wanted;
    return at + wanted;
  }

  #gathered(chunk: Chunk, at: number): number {
    this.#head ??= new Uint8Array(LOOKED_AT_BYTES);
    const head = this.#head;
    if (this.#held === 0) this.#origin = originOf(chunk, at);
    const next = Math.min(chunk.end, at + this.#wanted(head) - this.#held);
    head.set(chunk.bytes.subarray(at, next), this.#held);
    this.#held += next - at;
    if (this.#held < SESSION_HEADER_BYTES || this.#held < this.#wanted(head)) return next;
    const held = this.#held;
    this.#held = 0;
    this.#left = SESSION_HEADER_BYTES + sessionLength(head, 0) - held;
    return this.#tell(head, 0, held) ? next : -1;
  }

  #wanted(head: Uint8Array): number {
    if (this.#held < SESSION_HEADER_BYTES) return SESSION_HEADER_BYTES;
    return Math.min(SESSION_HEADER_BYTES + sessionLength(head, 0), LOOKED_AT_BYTES);
  }

  /** False when the packet is of another protocol. */
  #tell(bytes: Uint8Array, at: number, end: number): boolean {
    const kind = sessionKind(bytes, at, sessionLength(bytes, at));
    if (kind === "smb1" && this.#origin !== null) this.#take(bytes, { at, end }, this.#origin);
    return kind === "smb1" || kind === "session";
  }
}
