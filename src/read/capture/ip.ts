/** IPv4 and IPv6, down to TCP, UDP and the tunnels.
 *
 *  IPv4  0 version·IHL 1 · 2 total length 2 · 6 flags·fragment offset 2 · 9 protocol 1 · 12 source 4
 *        16 destination 4
 *  IPv6  0 version 4 bits · 4 payload length 2 · 6 next header 1 · 8 source 16 · 24 destination 16
 *        extension headers: next header 1, length in units of 8 (fragment: fixed 8; AH: units of 4, plus 8)
 *  Source: RFC 791, RFC 8200, RFC 4302. Called for every packet: nothing here allocates.
 */
import { MAX_DEPTH, type Packet } from "./packet.ts";

/** By the version nibble, where a link layer does not say which. */
export function ip(p: Packet): void {
  const version = (p.bytes[p.at] ?? 0) >> 4;
  if (version === 4) ip4(p);
  else if (version === 6) ip6(p);
}

/** An IPv4 packet at `at … end`. Contradictions are faults of the packet. */
export function ip4(p: Packet): void {
  const at = p.at;
  if (p.end - at < 20) return p.fault("malformed-packet", "IPv4 header is cut");
  const headerBytes = ((p.bytes[at] ?? 0) & 15) << 2;
  let totalBytes = p.view.getUint16(at + 2);
  // Segmentation offload leaves the length 0 in packets captured on the sender.
  if (totalBytes === 0) totalBytes = p.end - at + p.missing;
  if (headerBytes < 20 || totalBytes < headerBytes) {
    return p.fault("malformed-packet", "IPv4 header contradicts its length");
  }
  if (at + headerBytes > p.end) return p.fault("malformed-packet", "IPv4 options are cut");
  const end = at + totalBytes;
  p.missing = end > p.end ? end - p.end : 0;
  if (end < p.end) p.end = end;
  p.isIp6 = false;
  p.source4 = p.view.getInt32(at + 12);
  p.destination4 = p.view.getInt32(at + 16);
  p.at = at + headerBytes;
  if ((p.view.getUint16(at + 6) & 0x3fff) !== 0) return p.sink.fragment4(p, at);
  transport(p, p.bytes[at + 9] ?? 0);
}

/** An IPv6 packet at `at … end`, its extension headers included. Contradictions are faults of the packet. */
export function ip6(p: Packet): void {
  const at = p.at;
  if (p.end - at < 40) return p.fault("malformed-packet", "IPv6 header is cut");
  const payloadBytes = p.view.getUint16(at + 4);
  // 0 is a jumbogram or segmentation offload: what was captured is what there is.
  const end = payloadBytes === 0 ? p.end + p.missing : at + 40 + payloadBytes;
  p.missing = end > p.end ? end - p.end : 0;
  if (end < p.end) p.end = end;
  p.isIp6 = true;
  p.source6 = at + 8;
  p.destination6 = at + 24;
  p.at = at + 40;
  extensions(p, p.bytes[at + 6] ?? 59);
}

/** Walks IPv6 extension headers to the transport header. */
export function extensions(p: Packet, next: number): void {
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (next === 6 || next === 17) return transport(p, next);
    if (next === 44) {
      if (p.end - p.at < 8) return p.fault("malformed-packet", "IPv6 fragment header is cut");
      return p.sink.fragment6(p);
    }
    const isOptions =
      next === 0 || next === 43 || next === 60 || next === 135 || next === 139 || next === 140;
    if (!isOptions && next !== 51) return transport(p, next);
    if (p.end - p.at < 8) return p.fault("malformed-packet", "IPv6 extension header is cut");
    const units = p.bytes[p.at + 1] ?? 0;
    next = p.bytes[p.at] ?? 59;
    p.at += isOptions ? 8 + 8 * units : 8 + 4 * units;
    if (p.at > p.end) return p.fault("malformed-packet", "IPv6 extension header exceeds its packet");
  }
  p.fault("malformed-packet", "more IPv6 extension headers than any packet needs");
}

/** Hands on what an IP protocol number announces. */
export function transport(p: Packet, protocol: number): void {
  if (protocol === 6) return tcp(p);
  if (protocol === 17) return udp(p);
  p.sink.other(p, protocol);
}

/** TCP (RFC 9293): 0 ports 4 · 4 sequence 4 · 8 acknowledgment 4 · 12 offset 4 bits · 13 flags 1. */
function tcp(p: Packet): void {
  const at = p.at;
  if (p.end - at < 20) return headerCut(p, "TCP");
  const headerBytes = ((p.bytes[at + 12] ?? 0) >> 4) << 2;
  if (headerBytes < 20 || at + headerBytes > p.end + p.missing) {
    return p.fault("malformed-packet", "TCP header contradicts its length");
  }
  p.sourcePort = p.view.getUint16(at);
  p.destinationPort = p.view.getUint16(at + 2);
  p.sequence = p.view.getInt32(at + 4);
  p.acknowledged = p.view.getInt32(at + 8);
  p.tcpFlags = p.bytes[at + 13] ?? 0;
  p.at = Math.min(at + headerBytes, p.end);
  p.sink.tcp(p);
}

/** UDP (RFC 768): 0 ports 4 · 4 length 2. */
function udp(p: Packet): void {
  const at = p.at;
  if (p.end - at < 8) return headerCut(p, "UDP");
  p.sourcePort = p.view.getUint16(at);
  p.destinationPort = p.view.getUint16(at + 2);
  p.at = at + 8;
  p.sink.udp(p);
}

/** A header that the snap length cut is counted by the capture; one that ends on its own is malformed. */
function headerCut(p: Packet, name: string): void {
  if (p.missing === 0) p.fault("malformed-packet", `${name} header is cut`);
}
