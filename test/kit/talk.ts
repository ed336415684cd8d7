import { ipv4, ipv6 } from "./internet.ts";
import { type Chunk, data, ethernet, FLAGS, frame, type Layer, tcp } from "./layers.ts";
import { join, text, u16 } from "./octets.ts";
import type { Random } from "./random.ts";
import type { Packet } from "./writers.ts";

export interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

export type Party = "client" | "server";

/** What one party says, `at` seconds after the talk's start. */
export interface Line {
  readonly from: Party;
  readonly at: number;
  readonly says: string | Uint8Array;
}

export interface TcpTalk {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly startMicros: number;
  readonly lines: readonly Line[];
  /** Sequence number of the client's SYN; near 2³² it wraps. */
  readonly clientSequence?: number;
  readonly serverSequence?: number;
  /** Most bytes of data in a segment. */
  readonly maxSegment?: number;
  readonly roundTripMicros?: number;
  /** "none": neither party closes. */
  readonly close?: "fin" | "rst" | "none";
}

export interface Segment {
  readonly atMicros: number;
  readonly from: Party;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payload: Uint8Array;
  readonly options?: Uint8Array;
}

/** Everything that both parties send: handshake, data, acknowledgements and the end, in time order. */
export function segments(talk: TcpTalk): Segment[] {
  const trip = talk.roundTripMicros ?? 20_000;
  const next = { client: talk.clientSequence ?? 1000, server: talk.serverSequence ?? 5_000_000 };
  const sent: Segment[] = [];
  const send = (from: Party, atMicros: number, what: { flags: number; payload?: Uint8Array }): void => {
    const { flags, payload = new Uint8Array(0) } = what;
    const other = from === "client" ? "server" : "client";
    const acknowledgement = (flags & FLAGS.ack) === 0 ? 0 : next[other];
    const syn = (flags & FLAGS.syn) !== 0;
    const options = syn ? { options: join([2, 4], u16(talk.maxSegment ?? 1460)) } : {};
    sent.push({ atMicros, from, sequence: next[from], acknowledgement, flags, payload, ...options });
    const counts = syn || (flags & FLAGS.fin) !== 0 ? 1 : 0;
    next[from] = (next[from] + payload.length + counts) % 2 ** 32;
  };
  send("client", talk.startMicros, { flags: FLAGS.syn });
  send("server", talk.startMicros + trip / 2, { flags: FLAGS.syn | FLAGS.ack });
  send("client", talk.startMicros + trip, { flags: FLAGS.ack });
  let last = talk.startMicros + trip;
  for (const line of [...talk.lines].sort((a, b) => a.at - b.at)) {
    const content = typeof line.says === "string" ? text(line.says) : line.says;
    const wanted = talk.startMicros + Math.round(line.at * 1e6);
    last = Math.max(last + 10, wanted);
    const step = talk.maxSegment ?? 1460;
    for (let at = 0; at < content.length; at += step, last += 10) {
      send(line.from, last, { flags: FLAGS.psh | FLAGS.ack, payload: content.subarray(at, at + step) });
    }
    send(line.from === "client" ? "server" : "client", last, { flags: FLAGS.ack });
  }
  if (talk.close === "rst") send("client", last + trip, { flags: FLAGS.rst | FLAGS.ack });
  if ((talk.close ?? "fin") === "fin") {
    send("client", last + trip, { flags: FLAGS.fin | FLAGS.ack });
    send("server", last + trip * 1.5, { flags: FLAGS.fin | FLAGS.ack });
    send("client", last + trip * 2, { flags: FLAGS.ack });
  }
  return sent;
}

/** How a segment becomes the bytes of one or more frames: `chunk` is its TCP header and data. */
export type Wrap = (
  chunk: Chunk,
  way: { from: Endpoint; to: Endpoint; party: Party },
) => readonly Uint8Array[];

/** IPv4 or IPv6, whichever the addresses are. */
export function ip(way: { from: Endpoint; to: Endpoint }): Layer {
  const header = { from: way.from.ip, to: way.to.ip };
  return header.from.includes(":") ? ipv6(header) : ipv4(header);
}

const inEthernet: Wrap = (chunk, way) => [frame([ethernet(way.party === "server"), ip(way)], chunk)];

export function packets(
  talk: TcpTalk,
  sent: readonly Segment[] = segments(talk),
  wrap = inEthernet,
): Packet[] {
  return sent.flatMap((segment) => {
    const { client, server } = talk;
    const [from, to] = segment.from === "client" ? [client, server] : [server, client];
    const { sequence, acknowledgement, flags, options } = segment;
    const header = { from: from.port, to: to.port, sequence, acknowledgement, flags };
    const layer = tcp(options === undefined ? header : { ...header, options });
    const frames = wrap(layer(data(segment.payload)), { from, to, party: segment.from });
    return frames.map((bytes) => ({ atMicros: Math.round(segment.atMicros), bytes }));
  });
}

/** Several talks, or other packets, in the order of time. */
export function merged(...lists: readonly (readonly Packet[])[]): Packet[] {
  return lists.flat().sort((a, b) => a.atMicros - b.atMicros);
}

// ---- what can go wrong on the way

const holdsData = (segment: Segment): boolean => segment.payload.length > 0;

/** Swaps neighbouring data segments of one burst of one party with the given chance; times stay in order. */
export function reordered(sent: readonly Segment[], chance: number, by: Random): Segment[] {
  const result = [...sent];
  for (let at = 0; at + 1 < result.length; at += 1) {
    const [one, other] = [result[at], result[at + 1]];
    if (one === undefined || other === undefined || one.from !== other.from) continue;
    if (!holdsData(one) || !holdsData(other) || by.next() >= chance) continue;
    result[at] = { ...other, atMicros: one.atMicros };
    result[at + 1] = { ...one, atMicros: other.atMicros };
  }
  return result;
}

/** Sends data segments again with the given chance, a quarter of a second later. */
export function retransmitted(sent: readonly Segment[], chance: number, by: Random): Segment[] {
  const again = sent.filter((segment) => holdsData(segment) && by.next() < chance);
  const late = again.map((segment) => ({ ...segment, atMicros: segment.atMicros + 250_000 }));
  return inOrder([...sent, ...late]);
}

/** After the data segment with this index, one with the same place and other content. */
export function contradicted(
  sent: readonly Segment[],
  index: number,
  content: (was: Uint8Array) => Uint8Array,
): Segment[] {
  const segment = sent.filter(holdsData)[index];
  if (segment === undefined) throw new RangeError(`Cannot contradict segment ${index}: there are fewer`);
  const forged = { ...segment, payload: content(segment.payload), atMicros: segment.atMicros + 5 };
  return inOrder([...sent, forged]);
}

/** Without the data segments for which `gone` says so; the index counts data segments only. */
export function lost(
  sent: readonly Segment[],
  gone: (segment: Segment, index: number) => boolean,
): Segment[] {
  const dropped = new Set(sent.filter(holdsData).filter(gone));
  return sent.filter((segment) => !dropped.has(segment));
}

export const oneSided = (sent: readonly Segment[], seen: Party): Segment[] =>
  sent.filter((segment) => segment.from === seen);

export const fromMicros = (sent: readonly Segment[], micros: number): Segment[] =>
  sent.filter((segment) => segment.atMicros >= micros);

function inOrder(list: Segment[]): Segment[] {
  return list.sort((a, b) => a.atMicros - b.atMicros);
}
