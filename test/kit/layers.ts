import { join, text, u16, u32 } from "./octets.ts";

/** Bytes of one layer and how the layer outside must announce them. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** EtherType; 0x6558 for an Ethernet frame. null: nothing but IP can carry it. */
  readonly etherType: number | null;
  /** IP protocol number; null: not carried in IP directly. */
  readonly ipProtocol: number | null;
  /** A transport header whose checksum the IP layer still has to fill in. */
  readonly transport: { readonly at: number; readonly checksumAt: number; readonly protocol: number } | null;
}

/** Wraps a chunk in one more header. */
export type Layer = (inner: Chunk) => Chunk;

export const PLAIN = { etherType: null, ipProtocol: null, transport: null };

export function data(content: Uint8Array | string): Chunk {
  return { ...PLAIN, bytes: typeof content === "string" ? text(content) : content };
}

/** Headers, outermost first, around a chunk: `stack([ethernet(), ipv4({…}), udp({…})], data("…"))`. */
export function stack(layers: readonly Layer[], inner: Chunk): Chunk {
  return layers.reduceRight((chunk, layer) => layer(chunk), inner);
}

export function frame(layers: readonly Layer[], inner: Chunk): Uint8Array {
  return stack(layers, inner).bytes;
}

// ---- link layers

const CLIENT_MAC = [2, 0, 0, 0, 0, 1];
const SERVER_MAC = [2, 0, 0, 0, 0, 2];

export function ethernet(flip = false): Layer {
  const [to, from] = flip ? [CLIENT_MAC, SERVER_MAC] : [SERVER_MAC, CLIENT_MAC];
  return (inner) => ({
    ...PLAIN,
    bytes: join(to, from, u16(inner.etherType ?? 0x0800), inner.bytes),
    etherType: 0x6558,
  });
}

/** 802.1Q; `tpid` 0x88a8 makes the outer tag of QinQ. */
export function vlan(id: number, tpid = 0x8100): Layer {
  return (inner) => ({
    ...PLAIN,
    bytes: join(u16(id), u16(inner.etherType ?? 0x0800), inner.bytes),
    etherType: tpid,
  });
}

export const qinq =
  (outer: number, inner: number): Layer =>
  (chunk) =>
    vlan(outer, 0x88a8)(vlan(inner)(chunk));

export function mpls(labels: readonly number[]): Layer {
  const entries = labels.map((label, index) =>
    u32(((label << 12) | (index === labels.length - 1 ? 0x100 : 0) | 64) >>> 0),
  );
  return (inner) => ({ ...PLAIN, bytes: join(...entries, inner.bytes), etherType: 0x8847 });
}

const pppProtocol = (inner: Chunk): number => (inner.etherType === 0x86dd ? 0x0057 : 0x0021);

export function pppoe(session = 7): Layer {
  return (inner) => ({
    ...PLAIN,
    bytes: join(
      [0x11, 0x00],
      u16(session),
      u16(inner.bytes.length + 2),
      u16(pppProtocol(inner)),
      inner.bytes,
    ),
    etherType: 0x8864,
  });
}

/** PPP in HDLC-like framing, link type 9. */
export function ppp(): Layer {
  return (inner) => ({ ...PLAIN, bytes: join([0xff, 0x03], u16(pppProtocol(inner)), inner.bytes) });
}

/** Linux cooked v1, link type 113. */
export function sll(): Layer {
  return (inner) => ({
    ...PLAIN,
    bytes: join(u16(0), u16(1), u16(6), CLIENT_MAC, u16(0), u16(inner.etherType ?? 0x0800), inner.bytes),
  });
}

/** Linux cooked v2, link type 276. */
export function sll2(): Layer {
  return (inner) => ({
    ...PLAIN,
    bytes: join(
      u16(inner.etherType ?? 0x0800),
      u16(0),
      u32(3),
      u16(1),
      [0, 6],
      CLIENT_MAC,
      u16(0),
      inner.bytes,
    ),
  });
}

const family = (inner: Chunk): number => (inner.etherType === 0x86dd ? 30 : 2);

/** BSD loopback, link type 0: the address family in the capturing host's byte order. */
export function nullLink(bigEndian = false): Layer {
  return (inner) => ({
    ...PLAIN,
    bytes: join(bigEndian ? u32(family(inner)) : u32(family(inner)).reverse(), inner.bytes),
  });
}

/** OpenBSD loopback, link type 108: the address family in network order. */
export const loop = (): Layer => nullLink(true);

/** Link type 101, or 228 and 229: nothing stands before the IP header. */
export const rawIp = (): Layer => (inner) => inner;

// ---- transport

export function udp(from: number, to: number): Layer {
  return (inner) => ({
    etherType: null,
    bytes: join(u16(from), u16(to), u16(inner.bytes.length + 8), u16(0), inner.bytes),
    ipProtocol: 17,
    transport: { at: 0, checksumAt: 6, protocol: 17 },
  });
}

export const FLAGS = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32 } as const;

export interface TcpHeader {
  readonly from: number;
  readonly to: number;
  readonly sequence: number;
  readonly acknowledgement?: number;
  readonly flags?: number;
  /** Padded to a multiple of four. */
  readonly options?: Uint8Array;
}

export function tcp(header: TcpHeader): Layer {
  const options = padded(header.options ?? new Uint8Array(0), 4);
  return (inner) => ({
    etherType: null,
    bytes: join(
      join(u16(header.from), u16(header.to), u32(header.sequence), u32(header.acknowledgement ?? 0)),
      [(5 + options.length / 4) << 4, header.flags ?? FLAGS.ack],
      join(u16(64_240), u16(0), u16(0), options, inner.bytes),
    ),
    ipProtocol: 6,
    transport: { at: 0, checksumAt: 16, protocol: 6 },
  });
}

export function padded(bytes: Uint8Array, multiple: number): Uint8Array {
  return join(bytes, new Uint8Array((multiple - (bytes.length % multiple)) % multiple));
}
