import { readFileSync } from "node:fs";
import { formatIpv4, formatIpv6 } from "../../../src/bytes/ip.ts";
import type { PacketRef } from "../../../src/read/capture/packet-ref.ts";

/** A transport payload of a capture, read as simply as can be: a second opinion for tests, not a reader. */
export interface Packet extends PacketRef {
  readonly protocol: "tcp" | "udp";
  readonly from: string;
  readonly to: string;
}

/** TCP and UDP payloads over IPv4 and IPv6 in pcap and pcapng files (Ethernet, raw IP, Linux cooked,
 *  loopback). */
export function* packetsOf(path: string): Generator<Packet> {
  const file = readFileSync(path);
  let number = 0;
  for (const { link, at, end, atMicros } of framesOf(file)) {
    number++;
    const packet = payloadOf(file, ipAt(file, link, at), end);
    if (packet === null) continue;
    const { from, to } = packet;
    yield {
      ...packet,
      bytes: file,
      evidence: "e1",
      packet: number,
      atByte: at,
      byteLength: end - at,
      atMicros,
      sourceIp: () => from,
      destinationIp: () => to,
    };
  }
}

interface Frame {
  readonly link: number;
  readonly at: number;
  readonly end: number;
  readonly atMicros: number;
}

function framesOf(file: Buffer): Generator<Frame> {
  return file.readUInt32BE(0) === 0x0a0d0d0a ? pcapngFrames(file) : pcapFrames(file);
}

function* pcapFrames(file: Buffer): Generator<Frame> {
  const little = [0xd4c3b2a1, 0x4d3cb2a1].includes(file.readUInt32BE(0));
  const uint = (at: number) => (little ? file.readUInt32LE(at) : file.readUInt32BE(at));
  const nano = uint(0) === 0xa1b23c4d;
  for (let at = 24; at + 16 <= file.length; ) {
    const end = Math.min(file.length, at + 16 + uint(at + 8));
    const atMicros = uint(at) * 1e6 + (nano ? Math.floor(uint(at + 4) / 1000) : uint(at + 4));
    yield { link: uint(20) & 0xffff, at: at + 16, end, atMicros };
    at = end;
  }
}

function* pcapngFrames(file: Buffer): Generator<Frame> {
  const links: number[] = [];
  for (let at = 0; at + 12 <= file.length; ) {
    const type = file.readUInt32LE(at);
    const size = file.readUInt32LE(at + 4);
    if (size < 12 || at + size > file.length) return;
    if (type === 0x0a0d0d0a) links.length = 0;
    if (type === 1) links.push(file.readUInt16LE(at + 8));
    if (type === 6) {
      const link = links[file.readUInt32LE(at + 8)] ?? 1;
      const ticks = file.readUInt32LE(at + 12) * 2 ** 32 + file.readUInt32LE(at + 16);
      yield { link, at: at + 28, end: at + 28 + file.readUInt32LE(at + 20), atMicros: ticks };
    }
    at += size;
  }
}

function ipAt(file: Buffer, link: number, at: number): number {
  if ([12, 14, 101, 228, 229].includes(link)) return at;
  if (link === 0) return at + 4;
  if (link === 113) return at + 16;
  if (link === 276) return at + 20;
  let type = at + 12;
  while (type + 2 <= file.length && [0x8100, 0x88a8].includes(file.readUInt16BE(type))) type += 4;
  return type + 2;
}

function payloadOf(file: Buffer, at: number, frameEnd: number) {
  if (at + 20 > frameEnd) return null;
  const version = (file[at] ?? 0) >> 4;
  const four = version === 4;
  if (!four && (version !== 6 || at + 40 > frameEnd)) return null;
  const header = four ? ((file[at] ?? 0) & 15) * 4 : 40;
  const protocol = file[four ? at + 9 : at + 6];
  if (four && (file.readUInt16BE(at + 6) & 0x1fff) !== 0) return null;
  const stated = four ? file.readUInt16BE(at + 2) : 40 + file.readUInt16BE(at + 4);
  const end = Math.min(frameEnd, stated === 0 ? frameEnd : at + stated);
  const transport = at + header;
  if ((protocol !== 6 && protocol !== 17) || transport + (protocol === 6 ? 20 : 8) > end) return null;
  const address = (offset: number) =>
    four ? formatIpv4(file.readUInt32BE(at + offset)) : formatIpv6(file, at + offset);
  return {
    protocol: protocol === 6 ? ("tcp" as const) : ("udp" as const),
    at: transport + (protocol === 6 ? ((file[transport + 12] ?? 0) >> 4) * 4 : 8),
    end,
    from: address(four ? 12 : 8),
    to: address(four ? 16 : 24),
    sourcePort: file.readUInt16BE(transport),
    destinationPort: file.readUInt16BE(transport + 2),
  };
}
