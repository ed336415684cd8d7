import { uint16 } from "../../bytes/big-endian.ts";
import type { DnsWatch } from "./dns.ts";
import { Gathered } from "./gathered.ts";
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
  readonly #held = new Gathered(LENGTH_BYTES + MAX_MESSAGE_BYTES);

  constructor(watch: DnsWatch) {
    this.#watch = watch;
  }

  get held(): number {
    return this.#held.room;
  }

  /** Takes the chunk `ref.bytes[ref.at … ref.end)`;
   *  `ref.at` and `ref.bytes` are as they were when it returns. */
  feed(ref: PacketRef): void {
    const { bytes, at, end } = ref;
    let next = at;
    while (next < end)
      next = this.#held.length > 0 ? this.#gather(ref, next, end) : this.#inPlace(ref, next, end);
    ref.bytes = bytes;
    ref.at = at;
    ref.end = end;
  }

  /** The capture lost bytes: what was gathered belongs to no message that can be finished. */
  lost(): void {
    this.#held.clear();
  }

  #inPlace(ref: PacketRef, at: number, end: number): number {
    const size = end - at < LENGTH_BYTES ? 0 : uint16(ref.bytes, at);
    const next = at + LENGTH_BYTES + size;
    if (end - at < LENGTH_BYTES || next > end) {
      this.#held.add(ref.bytes, at, end);
      return end;
    }
    ref.at = at + LENGTH_BYTES;
    ref.end = next;
    this.#watch.packet(ref);
    return next;
  }

  #gather(ref: PacketRef, at: number, end: number): number {
    const source = ref.bytes;
    const next = Math.min(end, at + this.#wanted() - this.#held.length);
    this.#held.add(source, at, next);
    if (this.#held.length < this.#wanted()) return next;
    ref.bytes = this.#held.view();
    ref.at = LENGTH_BYTES;
    ref.end = this.#held.length;
    this.#held.clear();
    this.#watch.packet(ref);
    ref.bytes = source;
    return next;
  }

  /** Bytes of the message in hand, as far as its length is known. */
  #wanted(): number {
    return this.#held.length < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + uint16(this.#held.view(), 0);
  }
}
