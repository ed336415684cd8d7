import type { DnsWatch } from "./dns.ts";
import type { PacketRef } from "./packet-ref.ts";

const LENGTH_BYTES = 2;
const MAX_MESSAGE_BYTES = 65_535;

/** One direction of a DNS conversation over TCP: messages behind a 2-byte big-endian length.
 *
 *  Shape: bytes in stream order; a message that lies whole in one chunk is read in place, others are gathered
 *  in a buffer of at most 64 KiB.
 *  Source: RFC 1035 § 4.2.2, RFC 7766 § 8.
 */
export class DnsStream {
  readonly #watch: DnsWatch;
  #held = new Uint8Array(0);
  #length = 0;

  constructor(watch: DnsWatch) {
    this.#watch = watch;
  }

  /** Takes the chunk `ref.bytes[ref.at … ref.end)`; `ref.at` and `ref.bytes` are as they were when it
   *  returns. */
  feed(ref: PacketRef): void {
    const { bytes, at, end } = ref;
    let next = at;
    while (next < end) next = this.#length > 0 ? this.#gather(ref, next, end) : this.#inPlace(ref, next, end);
    ref.bytes = bytes;
    ref.at = at;
    ref.end = end;
  }

  /** The capture lost bytes: what was gathered belongs to no message that can be finished. */
  lost(): void {
    this.#length = 0;
  }

  #inPlace(ref: PacketRef, at: number, end: number): number {
    const size = end - at < LENGTH_BYTES ? 0 : lengthAt(ref.bytes, at);
    const next = at + LENGTH_BYTES + size;
    if (end - at < LENGTH_BYTES || next > end) {
      this.#hold(ref.bytes, at, end);
      return end;
    }
    ref.at = at + LENGTH_BYTES;
    ref.end = next;
    this.#watch.packet(ref);
    return next;
  }

  #gather(ref: PacketRef, at: number, end: number): number {
    const source = ref.bytes;
    const wanted = this.#length < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + lengthAt(this.#held, 0);
    const next = Math.min(end, at + wanted - this.#length);
    this.#hold(source, at, next);
    if (this.#length < LENGTH_BYTES || this.#length < LENGTH_BYTES + lengthAt(this.#held, 0)) return next;
    ref.bytes = this.#held;
    ref.at = LENGTH_BYTES;
    ref.end = this.#length;
    this.#length = 0;
    this.#watch.packet(ref);
    ref.bytes = source;
    return next;
  }

  #hold(bytes: Uint8Array, at: number, end: number): void {
    const length = this.#length + end - at;
    if (length > this.#held.length) {
      const roomier = new Uint8Array(Math.min(LENGTH_BYTES + MAX_MESSAGE_BYTES, Math.max(512, 2 * length)));
      roomier.set(this.#held.subarray(0, this.#length));
      this.#held = roomier;
    }
    this.#held.set(bytes.subarray(at, end), this.#length);
    this.#length = length;
  }
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
