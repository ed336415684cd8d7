import { join, u16, u32 } from "./octets.ts";

/** A captured packet. */
export interface Packet {
  readonly atMicros: number;
  readonly bytes: Uint8Array;
}

export interface PcapOptions {
  readonly linkType?: number;
  readonly nanos?: boolean;
  readonly bigEndian?: boolean;
  readonly snapLength?: number;
}

/** A classic pcap file. */
export function pcap(packets: readonly Packet[], options: PcapOptions = {}): Uint8Array {
  const { linkType = 1, nanos = false, snapLength = 262_144 } = options;
  const { half, word } = order(options.bigEndian ?? false);
  const head = join(
    join(word(nanos ? 0xa1b2_3c4d : 0xa1b2_c3d4), half(2), half(4), word(0), word(0)),
    join(word(snapLength), word(linkType)),
  );
  const records = packets.map(({ atMicros, bytes }) => {
    const fraction = (atMicros % 1_000_000) * (nanos ? 1000 : 1);
    const kept = bytes.subarray(0, snapLength);
    const times = join(word(Math.floor(atMicros / 1_000_000)), word(fraction));
    return join(times, word(kept.length), word(bytes.length), kept);
  });
  return join(head, ...records);
}

export interface Interface {
  readonly linkType: number;
  readonly snapLength?: number;
  /** if_tsresol as it stands in the option: 6 is microseconds, 9 nanoseconds, 0x80 | n is 2^-n seconds. */
  readonly resolution?: number;
  /** if_tsoffset, seconds added to every time. */
  readonly offsetSeconds?: number;
}

export interface Block {
  /** Enhanced, simple and old packet block; the simple one carries no time and belongs to interface 0. */
  readonly kind: "enhanced" | "simple" | "old";
  readonly interface?: number;
  readonly packet: Packet;
}

export interface Section {
  readonly bigEndian?: boolean;
  readonly interfaces: readonly Interface[];
  readonly blocks: readonly Block[];
  /** Blocks of other types, laid behind the interfaces: [type, body]. */
  readonly others?: readonly (readonly [number, Uint8Array])[];
}

/** A pcapng file of one or more sections. */
export function pcapng(sections: readonly Section[]): Uint8Array {
  return join(...sections.map(section));
}

function section(of: Section): Uint8Array {
  const { half, word } = order(of.bigEndian ?? false);
  const block = (type: number, body: Uint8Array): Uint8Array => {
    const whole = join(body, new Uint8Array((4 - (body.length % 4)) % 4));
    return join(word(type), word(whole.length + 12), whole, word(whole.length + 12));
  };
  const unknownLength = word(0xffff_ffff);
  const head = block(0x0a0d_0d0a, join(word(0x1a2b_3c4d), half(1), half(0), unknownLength, unknownLength));
  const interfaces = of.interfaces.map((one) => block(1, interfaceBody(one, order(of.bigEndian ?? false))));
  const others = (of.others ?? []).map(([type, body]) => block(type, body));
  const blocks = of.blocks.map((one) => {
    const iface = of.interfaces[one.interface ?? 0] ?? { linkType: 1 };
    const kept = one.packet.bytes.subarray(0, iface.snapLength || undefined);
    const lengths = join(word(kept.length), word(one.packet.bytes.length));
    if (one.kind === "simple") return block(3, join(word(one.packet.bytes.length), kept));
    const ticks = ticksOf(one.packet.atMicros, iface);
    const times = join(word(Number(ticks >> 32n)), word(Number(ticks & 0xffff_ffffn)));
    return one.kind === "enhanced"
      ? block(6, join(word(one.interface ?? 0), times, lengths, kept))
      : block(2, join(half(one.interface ?? 0), half(0), times, lengths, kept));
  });
  return join(head, ...interfaces, ...others, ...blocks);
}

function interfaceBody(of: Interface, { half, word, long }: Order): Uint8Array {
  const resolution =
    of.resolution === undefined ? [] : [half(9), half(1), Uint8Array.of(of.resolution, 0, 0, 0)];
  const offset = of.offsetSeconds === undefined ? [] : [half(14), half(8), long(BigInt(of.offsetSeconds))];
  const options = [...resolution, ...offset];
  const end = options.length === 0 ? [] : [word(0)];
  return join(half(of.linkType), half(0), word(of.snapLength ?? 0), ...options, ...end);
}

function ticksOf(atMicros: number, { resolution = 6, offsetSeconds = 0 }: Interface): bigint {
  const perSecond = (resolution & 0x80) === 0 ? 10n ** BigInt(resolution) : 1n << BigInt(resolution & 0x7f);
  return ((BigInt(atMicros) - BigInt(offsetSeconds) * 1_000_000n) * perSecond) / 1_000_000n;
}

interface Order {
  readonly half: (value: number) => Uint8Array;
  readonly word: (value: number) => Uint8Array;
  readonly long: (value: bigint) => Uint8Array;
}

function order(bigEndian: boolean): Order {
  const turned = (bytes: Uint8Array): Uint8Array => (bigEndian ? bytes : bytes.reverse());
  return {
    half: (value) => turned(u16(value)),
    word: (value) => turned(u32(value)),
    long: (value) =>
      turned(join(u32(Number((value >> 32n) & 0xffff_ffffn)), u32(Number(value & 0xffff_ffffn)))),
  };
}
