import { extensions, transport } from "./ip.ts";
import type { Packet } from "./packet.ts";
import { isWatchedPort } from "./udp-ports.ts";

/** IP fragments, put together again (RFC 791 §3.2, RFC 8200 §4.5). Fragments are rare: this may allocate.
 *
 *  Limits: 4,096 datagrams and 16 MiB of memory at a time; the oldest is dropped and counted. Overlaps: the
 *  first copy wins.
 */
const MAX_DATAGRAMS = 4096;
const MAX_HELD_BYTES = 16 << 20;
const MAX_DATAGRAM_BYTES = 65_535;
/** 64 KiB in pieces of 8 bytes, the smallest there are. */
const MAX_PIECES = 8192;
/** What a piece takes in memory beside its bytes (measured: 8-byte pieces, Node 20). */
const PIECE_COST = 256;
/** Fragments of one datagram arrive within this time (RFC 1122 §3.3.2 gives 60 to 120 s). */
const TIMEOUT_MICROS = 120e6;
const UDP = 17;
/** Protocols that are read on: TCP, UDP, and the tunnels IP in IP and GRE. */
const READ_ON = new Set([6, UDP, 4, 41, 47]);

interface Datagram {
  /** By offset. */
  readonly pieces: Map<number, Uint8Array>;
  readonly firstMicros: number;
  held: number;
  /** Known once the last fragment was seen, else -1. */
  totalBytes: number;
  /** Next header of the first fragment. */
  protocol: number;
  /** Its first fragment showed that nobody would look at it; the others only pass. */
  isPassed: boolean;
}

interface Fragment {
  readonly key: string;
  readonly offset: number;
  readonly more: boolean;
  readonly protocol: number;
}

/** Datagrams of which some fragments have come; see the top of the file. */
export class Fragments {
  readonly #datagrams = new Map<string, Datagram>();
  #heldBytes = 0;

  fragment4(p: Packet, headerAt: number): void {
    const field = p.view.getUint16(headerAt + 6);
    const protocol = p.bytes[headerAt + 9] ?? 0;
    if (!READ_ON.has(protocol)) return;
    const id = p.view.getUint16(headerAt + 4);
    const key = `${p.source4} ${p.destination4} ${protocol} ${id}`;
    const whole = this.#add(p, {
      key,
      offset: (field & 0x1fff) << 3,
      more: (field & 0x2000) !== 0,
      protocol,
    });
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
    const length = p.end - p.at;
    if (offset + length > MAX_DATAGRAM_BYTES) {
      p.fault("malformed-packet", "IP fragment ends beyond 65,535 bytes");
      return null;
    }
    this.#makeRoom(p, MAX_DATAGRAMS);
    let datagram = this.#datagrams.get(key);
    if (datagram !== undefined && p.atMicros - datagram.firstMicros > TIMEOUT_MICROS) {
      this.#evict(p, key);
      datagram = undefined;
    }
    if (datagram === undefined) {
      this.#makeRoom(p, MAX_DATAGRAMS - 1);
      datagram = {
        pieces: new Map(),
        firstMicros: p.atMicros,
        held: 0,
        totalBytes: -1,
        protocol,
        isPassed: false,
      };
      this.#datagrams.set(key, datagram);
    }
    if (offset === 0 && isOfNoInterest(p, protocol)) {
      this.#release(datagram);
      datagram.isPassed = true;
    }
    if (!more) datagram.totalBytes = offset + length;
    datagram.held += length;
    if (!datagram.isPassed && !this.#keep(p, datagram, offset)) return null;
    if (offset === 0) datagram.protocol = protocol;
    if (datagram.totalBytes < 0 || datagram.held < datagram.totalBytes) return null;
    this.#drop(key);
    return datagram.isPassed ? null : datagram;
  }

  /** Forgets the pieces of a datagram. */
  #release(datagram: Datagram): void {
    for (const piece of datagram.pieces.values()) this.#heldBytes -= piece.length + PIECE_COST;
    datagram.pieces.clear();
  }

  /** Takes a datagram out of the table; its pieces no longer count as held. */
  #drop(key: string): void {
    const datagram = this.#datagrams.get(key);
    this.#datagrams.delete(key);
    for (const piece of datagram?.pieces.values() ?? []) this.#heldBytes -= piece.length + PIECE_COST;
  }

  #evict(p: Packet, key: string): void {
    this.#drop(key);
    p.fault("evicted-fragments", "IP fragments whose datagram was never complete");
  }

  /** False for a copy of a piece that is there already. */
  #keep(p: Packet, datagram: Datagram, offset: number): boolean {
    const { pieces } = datagram;
    if (pieces.has(offset) || pieces.size >= MAX_PIECES) {
      datagram.held -= p.end - p.at;
      return false;
    }
    pieces.set(offset, p.bytes.slice(p.at, p.end));
    this.#heldBytes += p.end - p.at + PIECE_COST;
    return true;
  }

  #makeRoom(p: Packet, most: number): void {
    while (this.#datagrams.size > most || this.#heldBytes > MAX_HELD_BYTES) {
      const oldest = this.#datagrams.keys().next();
      if (oldest.done) return;
      this.#evict(p, oldest.value);
    }
  }

  /** Goes on with the datagram as if it had come in one packet; its place is that of the last fragment. */
  #resume(p: Packet, datagram: Datagram): void {
    const { bytes, view, base } = p;
    const addressBytes = p.isIp6 ? 32 : 0;
    const whole = new Uint8Array(addressBytes + datagram.totalBytes);
    // Last come, first written, so that the first copy of overlapping bytes stays.
    for (const [offset, piece] of [...datagram.pieces].reverse()) {
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

/** UDP of other ports than names and tunnels use. Ports stand in the first fragment only. */
function isOfNoInterest(p: Packet, protocol: number): boolean {
  if (protocol !== UDP || p.end - p.at < 4) return false;
  return !isWatchedPort(p.view.getUint16(p.at)) && !isWatchedPort(p.view.getUint16(p.at + 2));
}
