import { extensions, transport } from "./ip.ts";
import type { Packet } from "./packet.ts";

/** IP fragments, put together again (RFC 791 §3.2, RFC 8200 §4.5). Fragments are rare: this may allocate.
 *
 *  Limits: 4,096 datagrams at a time, 64 KiB each; the oldest is dropped and counted. Overlaps: the first copy wins.
 */
const MAX_DATAGRAMS = 4096;
const MAX_DATAGRAM_BYTES = 65_535;
/** Fragments of one datagram arrive within this time (RFC 1122 §3.3.2 gives 60 to 120 s). */
const TIMEOUT_MICROS = 120e6;

interface Datagram {
  readonly pieces: { readonly offset: number; readonly bytes: Uint8Array }[];
  readonly firstMicros: number;
  held: number;
  /** Known once the last fragment was seen, else -1. */
  totalBytes: number;
  /** Next header of the first fragment. */
  protocol: number;
}

interface Fragment {
  readonly key: string;
  readonly offset: number;
  readonly more: boolean;
  readonly protocol: number;
}

export class Fragments {
  readonly #datagrams = new Map<string, Datagram>();

  fragment4(p: Packet, headerAt: number): void {
    const field = p.view.getUint16(headerAt + 6);
    const protocol = p.bytes[headerAt + 9] ?? 0;
    const id = p.view.getUint16(headerAt + 4);
    const key = `${p.source4} ${p.destination4} ${protocol} ${id}`;
    const whole = this.#add(p, { key, offset: (field & 0x1fff) << 3, more: (field & 0x2000) !== 0, protocol });
    if (whole !== null) this.#resume(p, whole);
  }

  /** 0 next header 1 · 2 offset 13 bits, M flag 1 bit · 4 identification 4. */
  fragment6(p: Packet): void {
    const field = p.view.getUint16(p.at + 2);
    const protocol = p.bytes[p.at] ?? 59;
    const key = `${p.sourceIp()} ${p.destinationIp()} ${p.view.getUint32(p.at + 4)}`;
    p.at += 8;
    const whole = this.#add(p, { key, offset: field & 0xfff8, more: (field & 1) === 1, protocol });
    if (whole !== null) this.#resume(p, whole);
  }

  #add(p: Packet, { key, offset, more, protocol }: Fragment): Datagram | null {
    const bytes = p.bytes.slice(p.at, p.end);
    // An "atomic fragment" is a whole datagram (RFC 6946).
    if (offset === 0 && !more) return { pieces: [{ offset, bytes }], firstMicros: 0, held: 0, totalBytes: bytes.length, protocol };
    if (offset + bytes.length > MAX_DATAGRAM_BYTES) {
      p.fault("malformed-packet", "IP fragment ends beyond 65,535 bytes");
      return null;
    }
    let datagram = this.#datagrams.get(key);
    if (datagram !== undefined && p.atMicros - datagram.firstMicros > TIMEOUT_MICROS) {
      this.#datagrams.delete(key);
      p.fault("evicted-fragments", "IP fragments whose datagram was never complete");
      datagram = undefined;
    }
    if (datagram === undefined) {
      this.#makeRoom(p);
      datagram = { pieces: [], firstMicros: p.atMicros, held: 0, totalBytes: -1, protocol };
      this.#datagrams.set(key, datagram);
    }
    if (datagram.pieces.some((piece) => piece.offset === offset) || datagram.pieces.length > 8192) return null;
    datagram.pieces.push({ offset, bytes });
    datagram.held += bytes.length;
    if (offset === 0) datagram.protocol = protocol;
    if (!more) datagram.totalBytes = offset + bytes.length;
    if (datagram.totalBytes < 0 || datagram.held < datagram.totalBytes) return null;
    this.#datagrams.delete(key);
    return datagram;
  }

  #makeRoom(p: Packet): void {
    if (this.#datagrams.size < MAX_DATAGRAMS) return;
    const oldest = this.#datagrams.keys().next();
    if (!oldest.done) this.#datagrams.delete(oldest.value);
    p.fault("evicted-fragments", "IP fragments whose datagram was never complete");
  }

  /** Goes on with the datagram as if it had come in one packet; its place is that of the last fragment. */
  #resume(p: Packet, datagram: Datagram): void {
    const { bytes, view, base } = p;
    const addressBytes = p.isIp6 ? 32 : 0;
    const whole = new Uint8Array(addressBytes + datagram.totalBytes);
    for (const { offset, bytes: piece } of datagram.pieces.toReversed()) {
      const room = datagram.totalBytes - offset;
      if (room > 0) whole.set(piece.subarray(0, room), addressBytes + offset);
    }
    if (p.isIp6) {
      whole.set(bytes.subarray(p.source6, p.source6 + 16), 0);
      whole.set(bytes.subarray(p.destination6, p.destination6 + 16), 16);
      p.source6 = 0;
      p.destination6 = 16;
    }
    p.bytes = whole;
    p.view = new DataView(whole.buffer);
    p.at = addressBytes;
    p.end = whole.length;
    p.base = Number.NaN;
    p.missing = 0;
    if (p.isIp6) extensions(p, datagram.protocol);
    else transport(p, datagram.protocol);
    p.bytes = bytes;
    p.view = view;
    p.base = base;
  }
}
