/** Link layers, down to the network layer's first byte.
 *
 *  Ethernet   OFFSET 0 destination 6 · 6 source 6 · 12 EtherType 2; tags 0x8100/0x88a8/0x9100 add 4 each
 *  SLL        14 EtherType 2, header 16                 SLL2    0 EtherType 2, header 20
 *  null       0 address family 4, host byte order       loop    the same in network byte order
 *  PPP        protocol 2 (or 1 when compressed), after ff 03 where present
 *  PPPoE      0 ver/type 1 · 1 code 1 · 2 session 2 · 4 length 2, then PPP
 *  MPLS       4 a label, the last has bit 0x100 set
 *  Source: IEEE 802.3/802.1Q, tcpdump.org LINKTYPE_LINUX_SLL(2), RFC 1661, RFC 2516, RFC 3032.
 */
import { LINK_TYPES, type LinkLayer } from "../../tables/link-types.ts";
import { ip, ip4, ip6 } from "./ip.ts";
import { MAX_DEPTH, type Packet } from "./packet.ts";

type Layer = (p: Packet) => void;

/** Decodes what an EtherType announces.
 *  Everything that is not IP or a way to it is ordinary and passed over. */
export function etherType(p: Packet, type: number): void {
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (type === 0x0800) return ip4(p);
    if (type === 0x86dd) return ip6(p);
    if (type === 0x8100 || type === 0x88a8 || type === 0x9100) {
      if (p.end - p.at < 4) return p.fault("malformed-packet", "VLAN tag is cut");
      type = p.view.getUint16(p.at + 2);
      p.at += 4;
    } else if (type === 0x8864) return pppoe(p);
    else if (type === 0x8847 || type === 0x8848) return mpls(p);
    else return;
  }
  p.fault("malformed-packet", "more VLAN tags than any network uses");
}

/** An Ethernet frame at `at … end`; LLC and other lengths in place of an EtherType are passed over. */
export function ethernet(p: Packet): void {
  if (p.end - p.at < 14) return p.fault("malformed-packet", "Ethernet header is cut");
  const type = p.view.getUint16(p.at + 12);
  p.at += 14;
  if (type === 0x0800) ip4(p);
  else etherType(p, type);
}

function mpls(p: Packet): void {
  for (;;) {
    if (p.end - p.at < 4) return p.fault("malformed-packet", "MPLS label stack is cut");
    const last = ((p.bytes[p.at + 2] ?? 0) & 1) === 1;
    p.at += 4;
    if (last) break;
  }
  // A stack says nothing of what it carries:
  // IP by its version, or Ethernet behind a control word of zeros (RFC 4385).
  const first = (p.bytes[p.at] ?? 0) >> 4;
  if (first === 4 || first === 6) return ip(p);
  if (first === 0 && p.end - p.at >= 4) p.at += 4;
  ethernet(p);
}

function pppoe(p: Packet): void {
  if (p.end - p.at < 6) return p.fault("malformed-packet", "PPPoE header is cut");
  p.at += 6;
  ppp(p);
}

function ppp(p: Packet): void {
  if (p.bytes[p.at] === 0xff && p.bytes[p.at + 1] === 0x03) p.at += 2;
  if (p.end - p.at < 2) return p.fault("malformed-packet", "PPP header is cut");
  const compressed = ((p.bytes[p.at] ?? 0) & 1) === 1;
  const protocol = compressed ? (p.bytes[p.at] ?? 0) : p.view.getUint16(p.at);
  p.at += compressed ? 1 : 2;
  if (protocol === 0x21) ip4(p);
  else if (protocol === 0x57) ip6(p);
  else if (protocol === 0x281) mpls(p);
}

/** Cisco framing inside LINKTYPE_PPP_HDLC, or PPP behind ff 03. */
function pppHdlc(p: Packet): void {
  if (p.bytes[p.at] === 0x0f || p.bytes[p.at] === 0x8f) {
    if (p.end - p.at < 4) return p.fault("malformed-packet", "HDLC header is cut");
    const type = p.view.getUint16(p.at + 2);
    p.at += 4;
    return etherType(p, type);
  }
  ppp(p);
}

/** The family's number depends on the system that captured; IPv6 has four.
 *  The version nibble says the same. */
function nullLink(p: Packet): void {
  if (p.end - p.at < 4) return p.fault("malformed-packet", "loopback header is cut");
  p.at += 4;
  ip(p);
}

function sll(p: Packet): void {
  if (p.end - p.at < 16) return p.fault("malformed-packet", "Linux cooked header is cut");
  const type = p.view.getUint16(p.at + 14);
  p.at += 16;
  etherType(p, type);
}

function sll2(p: Packet): void {
  if (p.end - p.at < 20) return p.fault("malformed-packet", "Linux cooked v2 header is cut");
  const type = p.view.getUint16(p.at);
  p.at += 20;
  etherType(p, type);
}

const LAYERS: Readonly<Record<LinkLayer, Layer>> = {
  ethernet,
  null: nullLink,
  loop: nullLink,
  ppp,
  "ppp-hdlc": pppHdlc,
  pppoe,
  raw: ip,
  sll,
  sll2,
};

/** The decoder of a link type; null where the type is not decoded.
 *  Bits above 16 carry FCS lengths (pcap-savefile). */
export function linkLayer(linkType: number): Layer | null {
  const layer = LINK_TYPES.get(linkType)?.layer ?? null;
  return layer === null ? null : LAYERS[layer];
}
