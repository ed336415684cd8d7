/** Tunnels in which mirrored and overlaid traffic arrives.
 *
 *  GRE      0 flags 2 (C 0x8000, K 0x2000, S 0x1000, version 3 bits) · 2 protocol 2
 *           4 each: checksum, key, sequence
 *  ERSPAN   type II (0x88be): 8, or none when GRE has no sequence number (type I); type III (0x22eb): 12,
 *           plus 8 when the O bit (0x01 of byte 11) is set; then Ethernet
 *  VXLAN    port 4789: 0 flags 1 (I 0x08) · 4 VNI 3 · header 8; then Ethernet
 *  GENEVE   port 6081: 0 version 2 bits, options length 6 bits in units of 4 · 2 protocol 2
 *           header 8 + options
 *  Source: RFC 2784, RFC 2890, draft-foschiano-erspan-03, RFC 7348, RFC 8926.
 */
import { ip, ip4, ip6 } from "./ip.ts";
import { ethernet, etherType } from "./links.ts";
import { MAX_DEPTH, type Packet } from "./packet.ts";
import { GENEVE_PORT, OLD_VXLAN_PORT, VXLAN_PORT } from "./udp-ports.ts";

type Layer = (p: Packet) => void;

function gre(p: Packet): void {
  if (p.end - p.at < 4) return p.fault("malformed-packet", "GRE header is cut");
  const flags = p.view.getUint16(p.at);
  const protocol = p.view.getUint16(p.at + 2);
  const isEnhanced = (flags & 7) === 1;
  let headerBytes = 4;
  if ((flags & 0xc000) !== 0) headerBytes += 4;
  if ((flags & 0x2000) !== 0) headerBytes += 4;
  if ((flags & 0x1000) !== 0) headerBytes += 4;
  // PPTP's version 1 adds an acknowledgment number.
  if (isEnhanced && (flags & 0x0080) !== 0) headerBytes += 4;
  if (p.end - p.at < headerBytes) return p.fault("malformed-packet", "GRE options are cut");
  p.at += headerBytes;
  if (protocol === 0x88be) return erspan2(p, (flags & 0x1000) !== 0);
  if (protocol === 0x22eb) return erspan3(p);
  if (protocol === 0x6558) return ethernet(p);
  if (protocol === 0x880b) return pptp(p);
  etherType(p, protocol);
}

function erspan2(p: Packet, hasSequence: boolean): void {
  const headerBytes = hasSequence ? 8 : 0;
  if (p.end - p.at < headerBytes) return p.fault("malformed-packet", "ERSPAN header is cut");
  p.at += headerBytes;
  ethernet(p);
}

function erspan3(p: Packet): void {
  if (p.end - p.at < 12) return p.fault("malformed-packet", "ERSPAN III header is cut");
  const hasSubheader = ((p.bytes[p.at + 11] ?? 0) & 1) === 1;
  p.at += hasSubheader ? 20 : 12;
  if (p.at > p.end) return p.fault("malformed-packet", "ERSPAN III platform header is cut");
  ethernet(p);
}

/** PPP inside PPTP: address and control bytes may be left out. */
function pptp(p: Packet): void {
  if (p.bytes[p.at] === 0xff && p.bytes[p.at + 1] === 0x03) p.at += 2;
  const first = p.bytes[p.at] ?? 0;
  const protocol = (first & 1) === 1 ? first : p.end - p.at >= 2 ? p.view.getUint16(p.at) : 0;
  p.at += (first & 1) === 1 ? 1 : 2;
  if (protocol === 0x21) ip4(p);
  else if (protocol === 0x57) ip6(p);
}

function vxlan(p: Packet): void {
  if (p.end - p.at < 8 + 14 || ((p.bytes[p.at] ?? 0) & 0x08) === 0) return;
  p.at += 8;
  ethernet(p);
}

function geneve(p: Packet): void {
  const first = p.bytes[p.at] ?? 0;
  const headerBytes = 8 + ((first & 0x3f) << 2);
  if (first >> 6 !== 0 || p.end - p.at < headerBytes) return;
  const protocol = p.view.getUint16(p.at + 2);
  p.at += headerBytes;
  if (protocol === 0x6558) ethernet(p);
  else etherType(p, protocol);
}

/** By IP protocol number. */
const TUNNELS: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [4, ip],
  [41, ip],
  [47, gre],
]);

/** Decodes an IP protocol that is a tunnel; others are ordinary and passed over. */
export function ipTunnel(p: Packet, protocol: number): void {
  const tunnel = TUNNELS.get(protocol);
  if (tunnel === undefined) return;
  if (++p.depth > MAX_DEPTH) return p.fault("malformed-packet", "tunnels inside tunnels without end");
  tunnel(p);
}

/** Decodes what a UDP port announces as a tunnel. */
export function udpTunnel(p: Packet, port: number): void {
  if (port !== VXLAN_PORT && port !== OLD_VXLAN_PORT && port !== GENEVE_PORT) return;
  if (++p.depth > MAX_DEPTH) return p.fault("malformed-packet", "tunnels inside tunnels without end");
  if (port === GENEVE_PORT) geneve(p);
  else vxlan(p);
}
