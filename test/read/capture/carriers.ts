import {
  type Chunk,
  erspan2,
  erspan3,
  ethernet,
  extension,
  frame,
  geneve,
  gre,
  ip,
  ipv4,
  ipv4Fragments,
  ipv6,
  ipv6Fragments,
  type Layer,
  loop,
  mpls,
  nullLink,
  ppp,
  pppoe,
  qinq,
  rawIp,
  sll,
  sll2,
  stack,
  type TcpTalk,
  udp,
  vlan,
  vxlan,
  type Wrap,
} from "../../kit/capture.ts";
import { SAMPLE_TALK, SAMPLE_TALK6 } from "../../kit/sample-talk.ts";

/** A way to carry the sample talk, under which nothing of it may be lost. */
export interface Carrier {
  readonly id: string;
  readonly linkType: number;
  readonly wrap: Wrap;
  readonly talk: TcpTalk;
}

/** Headers before the talk's own IP header. */
function before(id: string, layers: readonly Layer[], linkType = 1): Carrier {
  return { id, linkType, talk: SAMPLE_TALK, wrap: (chunk, way) => [frame([...layers, ip(way)], chunk)] };
}

const six = (carrier: Carrier): Carrier => ({ ...carrier, id: `${carrier.id}-ipv6`, talk: SAMPLE_TALK6 });

const OUTER: Layer = ipv4({ from: "203.0.113.1", to: "203.0.113.2" });
const OUTER6: Layer = ipv6({ from: "2001:db8:f::1", to: "2001:db8:f::2" });
const mirrored = (...tunnel: Layer[]): Layer[] => [ethernet(), OUTER, ...tunnel];

const optioned: Wrap = (chunk, { from, to }) => [
  frame([ethernet(), ipv4({ from: from.ip, to: to.ip, options: Uint8Array.of(148, 4, 0, 0, 1) })], chunk),
];

const extended: Wrap = (chunk, way) => [frame([ethernet(), ip(way), extension(0), extension(60)], chunk)];

/** Two pieces of IPv4 by turns in order and out of it. */
function fragmented(): Wrap {
  let id = 0;
  return (chunk, { from, to }) => {
    id += 1;
    const pieces = ipv4Fragments({ from: from.ip, to: to.ip, id }, 64, chunk).map((piece) => link(piece));
    return id % 2 === 0 ? pieces : pieces.reverse();
  };
}

const fragmented6: Wrap = (chunk, { from, to }) =>
  ipv6Fragments({ from: from.ip, to: to.ip }, 512, chunk).map(link);

function link(chunk: Chunk): Uint8Array {
  return frame([ethernet()], chunk);
}

/** Fragments of the tunnel's packet, not of the talk's. */
function tunnelFragmented(): Wrap {
  let id = 0;
  return (chunk, way) => {
    id += 1;
    const inner = stack([udp(5000, 4789), vxlan(7), ethernet(), ip(way)], chunk);
    return ipv4Fragments({ from: "203.0.113.1", to: "203.0.113.2", id }, 128, inner).map(link);
  };
}

export const CARRIERS: readonly Carrier[] = [
  before("ethernet", [ethernet()]),
  six(before("ethernet", [ethernet()])),
  before("vlan", [ethernet(), vlan(12)]),
  before("qinq", [ethernet(), qinq(100, 12)]),
  before("qinq-9100", [ethernet(), vlan(100, 0x9100), vlan(12)]),
  before("mpls", [ethernet(), mpls([16_001, 24])]),
  six(before("mpls", [ethernet(), mpls([24])])),
  before("mpls-pseudowire", [ethernet(), mpls([24]), controlWord(), ethernet()]),
  before("pppoe", [ethernet(), pppoe()]),
  six(before("pppoe", [ethernet(), pppoe()])),
  before("ppp", [ppp()], 9),
  six(before("ppp", [ppp()], 9)),
  before("sll", [sll()], 113),
  before("sll-vlan", [sll(), vlan(12)], 113),
  six(before("sll", [sll()], 113)),
  before("sll2", [sll2()], 276),
  before("null", [nullLink()], 0),
  before("null-big-endian", [nullLink(true)], 0),
  six(before("null", [nullLink()], 0)),
  before("loop", [loop()], 108),
  before("raw", [rawIp()], 101),
  six(before("raw", [rawIp()], 101)),
  before("raw-12", [rawIp()], 12),
  before("raw-ipv4", [rawIp()], 228),
  six(before("raw-ipv6", [rawIp()], 229)),
  before("gre", mirrored(gre())),
  before("gre-key", mirrored(gre({ key: 7, sequence: 1 }))),
  six(before("gre", mirrored(gre()))),
  before("gre-ethernet", mirrored(gre(), ethernet())),
  before("erspan2", mirrored(gre({ sequence: 5 }), erspan2(), ethernet())),
  before("erspan3", mirrored(gre({ sequence: 5 }), erspan3(), ethernet())),
  before("erspan3-platform", mirrored(gre({ sequence: 5 }), erspan3(true), ethernet())),
  before("vxlan", mirrored(udp(5000, 4789), vxlan(42), ethernet())),
  six(before("vxlan", mirrored(udp(5000, 4789), vxlan(42), ethernet()))),
  before("vxlan-vlan", mirrored(udp(5000, 4789), vxlan(42), ethernet(), vlan(9))),
  before("vxlan-over-ipv6", [ethernet(), OUTER6, udp(5000, 4789), vxlan(42), ethernet()]),
  before("geneve", mirrored(udp(5000, 6081), geneve(42), ethernet())),
  before("geneve-options", mirrored(udp(5000, 6081), geneve(42, new Uint8Array(12)), ethernet())),
  before("ip-in-ip", mirrored()),
  six(before("6in4", mirrored())),
  before("4in6", [ethernet(), OUTER6]),
  { id: "ipv4-options", linkType: 1, talk: SAMPLE_TALK, wrap: optioned },
  { id: "ipv6-extensions", linkType: 1, talk: SAMPLE_TALK6, wrap: extended },
  { id: "ipv4-fragments", linkType: 1, talk: SAMPLE_TALK, wrap: fragmented() },
  { id: "ipv6-fragments", linkType: 1, talk: SAMPLE_TALK6, wrap: fragmented6 },
  { id: "vxlan-in-fragments", linkType: 1, talk: SAMPLE_TALK, wrap: tunnelFragmented() },
];

/** The four zero bytes of RFC 4385 between a label stack and an Ethernet frame. */
function controlWord(): Layer {
  return (inner) => ({ ...inner, bytes: Uint8Array.from([0, 0, 0, 0, ...inner.bytes]) });
}
