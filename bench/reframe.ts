import type { Frame } from "./frames.ts";

/** What stands before the network layer: its length, and the EtherType of what follows (null: not IP, left
 *  out). */
interface Link {
  readonly headerLength: number;
  readonly etherType: number | null;
}

const ipType = (first: number | undefined): number | null => {
  const version = (first ?? 0) >> 4;
  return version === 4 ? 0x0800 : version === 6 ? 0x86dd : null;
};
const u16At = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const raw = (bytes: Uint8Array): Link => ({ headerLength: 0, etherType: ipType(bytes[0]) });

/** Link types other than Ethernet that can be told as Ethernet. Source: tcpdump.org's LINKTYPE registry. */
const LINKS: ReadonlyMap<number, (bytes: Uint8Array) => Link> = new Map([
  [0, (bytes) => ({ headerLength: 4, etherType: ipType(bytes[4]) })],
  [9, pppLink],
  [12, raw],
  [14, raw],
  [101, raw],
  [104, (bytes) => ({ headerLength: 4, etherType: u16At(bytes, 2) })],
  [108, (bytes) => ({ headerLength: 4, etherType: ipType(bytes[4]) })],
  [113, (bytes) => ({ headerLength: 16, etherType: u16At(bytes, 14) })],
  [228, raw],
  [229, raw],
  [276, (bytes) => ({ headerLength: 20, etherType: u16At(bytes, 0) })],
]);

function pppLink(bytes: Uint8Array): Link {
  const address = bytes[0] === 0xff && bytes[1] === 0x03 ? 2 : 0;
  const protocol = u16At(bytes, address);
  const etherType = protocol === 0x21 ? 0x0800 : protocol === 0x57 ? 0x86dd : null;
  return { headerLength: address + 2, etherType };
}

/** The frame with an Ethernet header in place of its own; null when its link type cannot be told so. */
export function asEthernet(frame: Frame): { bytes: Uint8Array; originalLength: number } | null {
  if (frame.linkType === 1) return frame;
  const link = LINKS.get(frame.linkType)?.(frame.bytes);
  if (link === undefined || link.etherType === null || link.headerLength > frame.bytes.length) return null;
  const bytes = new Uint8Array(14 + frame.bytes.length - link.headerLength);
  bytes.set([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, link.etherType >> 8, link.etherType & 0xff]);
  bytes.set(frame.bytes.subarray(link.headerLength), 14);
  return { bytes, originalLength: frame.originalLength + 14 - link.headerLength };
}

/** Where the bytes stand that make a repeat's flows its own: the third byte of both IPv4 addresses (so that
 *  private, loopback and multicast ranges stay what they are), the eighth of both IPv6 addresses. Only the
 * outermost IP
 *  header is looked at; empty when there is none.
 */
export function addressBytes(frame: Uint8Array): readonly number[] {
  let at = 14;
  let type = u16At(frame, 12);
  for (let tags = 0; tags < 4 && (type === 0x8100 || type === 0x88a8); tags += 1) {
    type = u16At(frame, at + 2);
    at += 4;
  }
  if (type === 0x8847) {
    for (let labels = 0; labels < 8 && ((frame[at + 2] ?? 1) & 1) === 0; labels += 1) at += 4;
    at += 4;
    type = ipType(frame[at]) ?? 0;
  }
  if (type === 0x8864) {
    const protocol = u16At(frame, at + 6);
    type = protocol === 0x21 ? 0x0800 : protocol === 0x57 ? 0x86dd : 0;
    at += 8;
  }
  if (type === 0x0800 && at + 20 <= frame.length) return [at + 14, at + 18];
  if (type === 0x86dd && at + 40 <= frame.length) return [at + 15, at + 31];
  return [];
}
