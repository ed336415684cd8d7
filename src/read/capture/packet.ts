import { formatIpv4, formatIpv6 } from "../../bytes/ip.ts";
import type { GapCode } from "../../model/gap.ts";
import type { PacketRef } from "./packet-ref.ts";
import type { Tally } from "./tally.ts";

/** Where packets go from the IP layer. `tcp` and `udp` get the payload in `at … end`; `other` any other
 *  protocol (tunnels); a fragment comes with `at` at its data, for IPv4 with the index of its header. */
export interface PacketSink {
  tcp(p: Packet): void;
  udp(p: Packet): void;
  other(p: Packet, protocol: number): void;
  fragment4(p: Packet, headerAt: number): void;
  fragment6(p: Packet): void;
}

/** How many headers of tunnels may lie around each other before a packet is called malformed. */
export const MAX_DEPTH = 16;

/** The packet in hand. There is one per capture; every layer moves `at` and `end` and fills its own fields,
 *  so that nothing is allocated per packet.
 *
 *  Shape: `bytes[at … end)` is what the current layer holds; `atByte`, `byteLength` locate the captured frame
 *  in the evidence; addresses are int32 for IPv4 and an index of 16 bytes in `bytes` for IPv6.
 */
export class Packet implements PacketRef {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  at = 0;
  end = 0;
  evidence = "";
  packet = 0;
  // Doubles from the start: a field that turns from integer to double later costs a recompilation of every
  // layer.
  atMicros = Number.NaN;
  atByte = Number.NaN;
  byteLength = 0;
  /** Evidence offset of `bytes[0]`; NaN in a datagram put together from fragments. */
  base = Number.NaN;
  /** Bytes at the end of the current layer that the snap length cut. */
  missing = 0;
  depth = 0;
  isIp6 = false;
  source4 = 0;
  destination4 = 0;
  source6 = 0;
  destination6 = 0;
  sourcePort = 0;
  destinationPort = 0;
  sequence = 0;
  acknowledged = 0;
  tcpFlags = 0;
  readonly sink: PacketSink;
  readonly tally: Tally;

  constructor(sink: PacketSink, tally: Tally) {
    this.sink = sink;
    this.tally = tally;
  }

  sourceIp(): string {
    return this.isIp6 ? formatIpv6(this.bytes, this.source6) : formatIpv4(this.source4);
  }

  destinationIp(): string {
    return this.isIp6 ? formatIpv6(this.bytes, this.destination6) : formatIpv4(this.destination4);
  }

  /** Counts a fault of this packet; the first of each kind is remembered by its place. */
  fault(code: GapCode, says: string): void {
    this.tally.add(code, says, this);
  }
}
