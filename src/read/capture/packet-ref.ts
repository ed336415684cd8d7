import type { Place } from "../../model/place.ts";

/** The packet under the reader's hand. One object, filled again for every packet, so that nothing is
 *  allocated for packets that hold nothing worth recording; whoever records something copies what it needs
 *  (`placeOf`).
 *
 *  Shape: the payload of the layer that is called is `bytes[at … end)`; `packet`, `atByte` and `byteLength`
 *  are the frame's, as in `Place`; times are microseconds since 1970 UTC.
 */
export interface PacketRef {
  bytes: Uint8Array;
  at: number;
  end: number;
  evidence: string;
  packet: number;
  atByte: number;
  byteLength: number;
  atMicros: number;
  sourcePort: number;
  destinationPort: number;
  /** Addresses as text, made when asked for. */
  sourceIp(): string;
  destinationIp(): string;
}

/** The place of the packet, for a record that outlives it. */
export function placeOf(ref: PacketRef): Place {
  return {
    evidence: ref.evidence,
    atByte: ref.atByte,
    byteLength: ref.byteLength,
    packet: ref.packet,
    line: null,
  };
}
