import { type Chunk, type Layer, PLAIN, padded } from "./layers.ts";
import { checksum, ipBytes, join, u16, u32 } from "./octets.ts";

export interface Ipv4Header {
  readonly from: string;
  readonly to: string;
  readonly options?: Uint8Array;
  readonly id?: number;
  readonly ttl?: number;
}

export function ipv4(header: Ipv4Header): Layer {
  return (inner) => ipv4Piece(header, { bytes: summed(header, inner), inner, at: 0, more: false });
}

/** One datagram in pieces of `size` bytes (a multiple of 8). */
export function ipv4Fragments(header: Ipv4Header, size: number, inner: Chunk): Chunk[] {
  const whole = summed(header, inner);
  const pieces: Chunk[] = [];
  for (let at = 0; at < whole.length; at += size) {
    const bytes = whole.subarray(at, at + size);
    pieces.push(ipv4Piece(header, { bytes, inner, at, more: at + size < whole.length }));
  }
  return pieces;
}

function ipv4Piece(
  header: Ipv4Header,
  piece: { bytes: Uint8Array; inner: Chunk; at: number; more: boolean },
): Chunk {
  const options = padded(header.options ?? new Uint8Array(0), 4);
  const length = 20 + options.length;
  const head = join(
    join([0x40 | (length / 4), 0], u16(length + piece.bytes.length), u16(header.id ?? 1)),
    join(u16((piece.more ? 0x2000 : 0) | (piece.at / 8)), [header.ttl ?? 64, piece.inner.ipProtocol ?? 253]),
    join(u16(0), ipBytes(header.from), ipBytes(header.to), options),
  );
  head.set(u16(checksum(head)), 10);
  return { ...PLAIN, bytes: join(head, piece.bytes), etherType: 0x0800, ipProtocol: 4 };
}

export interface Ipv6Header {
  readonly from: string;
  readonly to: string;
}

export function ipv6(header: Ipv6Header): Layer {
  return (inner) => {
    const bytes = summed(header, inner);
    const head = join(u32(0x6000_0000), u16(bytes.length), [inner.ipProtocol ?? 59, 64]);
    return {
      ...PLAIN,
      bytes: join(head, ipBytes(header.from), ipBytes(header.to), bytes),
      etherType: 0x86dd,
      ipProtocol: 41,
    };
  };
}

/** An extension header of the common shape: hop-by-hop 0, routing 43, destination options 60. */
export function extension(kind: number, body = Uint8Array.of(1, 4, 0, 0, 0, 0)): Layer {
  const whole = padded(join([0, 0], body), 8);
  return (inner) => {
    whole.set([inner.ipProtocol ?? 59, whole.length / 8 - 1]);
    return shifted(inner, join(whole, inner.bytes), kind);
  };
}

export function ipv6Fragments(header: Ipv6Header, size: number, inner: Chunk): Chunk[] {
  const whole = summed(header, inner);
  const pieces: Chunk[] = [];
  for (let at = 0; at < whole.length; at += size) {
    const more = at + size < whole.length ? 1 : 0;
    const head = join([inner.ipProtocol ?? 59, 0], u16(at | more), u32(0x0102_0304));
    const bytes = join(head, whole.subarray(at, at + size));
    pieces.push(ipv6(header)({ ...PLAIN, bytes, ipProtocol: 44 }));
  }
  return pieces;
}

function shifted(inner: Chunk, bytes: Uint8Array, ipProtocol: number): Chunk {
  const by = bytes.length - inner.bytes.length;
  const { transport } = inner;
  return {
    bytes,
    etherType: null,
    ipProtocol,
    transport:
      transport === null
        ? null
        : { ...transport, at: transport.at + by, checksumAt: transport.checksumAt + by },
  };
}

/** The chunk's bytes with its transport checksum filled in over the pseudo-header. */
function summed(header: { from: string; to: string }, inner: Chunk): Uint8Array {
  const { transport } = inner;
  if (transport === null) return inner.bytes;
  const bytes = inner.bytes.slice();
  const covered = bytes.subarray(transport.at);
  const pseudo = join(ipBytes(header.from), ipBytes(header.to), u32(covered.length), u32(transport.protocol));
  const sum = checksum(join(pseudo, covered));
  bytes.set(u16(sum === 0 && transport.protocol === 17 ? 0xffff : sum), transport.checksumAt);
  return bytes;
}
