import { linkTypeName } from "../../tables/link-types.ts";
import type { Source } from "../reader.ts";
import type { CaptureRun } from "./capture-run.ts";
import { type Clock, clockOf, microsOf } from "./pcapng-clock.ts";

export const SECTION = 0x0a0d0d0a;
export const INTERFACE = 1;
export const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
export const ENHANCED_PACKET = 6;
/** Blocks that carry no packets and nothing that mining needs: names, statistics, secrets, custom data. */
const PASSED_OVER = new Set([4, 5, 10, 0xbad, 0x40000bad]);
const MAX_BLOCK_BYTES = 1 << 19;
const MAX_INTERFACES = 65_536;

export interface Interface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly clock: Clock;
}

/** What a section has said so far. */
export interface Section {
  littleEndian: boolean;
  interfaces: Interface[];
  /** The interface whose link type the run is set to. */
  current: number;
}

export interface Block {
  readonly type: number;
  readonly at: number;
  readonly end: number;
}

/** A section's byte order by its magic; null when that is unknown. */
export function isLittleEndian(view: DataView, at: number): boolean | null {
  const magic = view.getUint32(at + 8);
  return magic === 0x1a2b3c4d ? false : magic === 0x4d3c2b1a ? true : null;
}

/** The interface that a description block of at least 20 bytes describes. */
export function interfaceOf(view: DataView, { at, end }: Block, { littleEndian }: Section): Interface {
  const linkType = view.getUint16(at + 8, littleEndian);
  const snapLength = view.getUint32(at + 12, littleEndian);
  return { linkType, snapLength, clock: clockOf(view, { from: at + 16, to: end - 4, littleEndian }) };
}

/** The interface that a packet block names. */
export function interfaceIdOf(view: DataView, { type, at }: Block, { littleEndian }: Section): number {
  return type === ENHANCED_PACKET
    ? view.getUint32(at + 8, littleEndian)
    : view.getUint16(at + 8, littleEndian);
}

/** Microseconds that a number holds exactly. */
export function isPossible(atMicros: number): boolean {
  return Number.isSafeInteger(atMicros) && atMicros >= 0;
}

/** Hands on whole blocks in the window. */
export class BlockLoop {
  skipBytes = 0;
  readonly #run: CaptureRun;
  readonly #source: Source;
  readonly #section: Section;

  constructor(run: CaptureRun, source: Source, section: Section) {
    this.#run = run;
    this.#source = source;
    this.#section = section;
  }

  /** "more": the window holds no further whole block. "stop": the file is damaged beyond here. */
  blocks(): "more" | "skip" | "stop" {
    const { window } = this.#source;
    const section = this.#section;
    const { view } = window;
    while (window.end - window.at >= 12) {
      const { at } = window;
      const type = view.getUint32(at, section.littleEndian);
      if (type === SECTION) {
        const order = isLittleEndian(view, at);
        if (order === null) return this.#damaged("its byte-order magic is unknown");
        section.littleEndian = order;
        section.interfaces = [];
        section.current = -1;
      }
      const length = view.getUint32(at + 4, section.littleEndian);
      if (length < 12) return this.#damaged(`it claims ${length} bytes, a block has at least 12`);
      if (length > MAX_BLOCK_BYTES) {
        if (!PASSED_OVER.has(type))
          return this.#damaged(`it claims ${length} bytes, at most ${MAX_BLOCK_BYTES} are read`);
        this.skipBytes = length;
        return "skip";
      }
      const padded = (length + 3) & ~3;
      if (window.end - at < padded) return "more";
      this.#block({ type, at, end: at + length });
      window.at = at + padded;
    }
    return "more";
  }

  #block(block: Block): void {
    const { type } = block;
    if (type === ENHANCED_PACKET || type === OLD_PACKET) this.#packet(block);
    else if (type === SIMPLE_PACKET) this.#simplePacket(block);
    else if (type === INTERFACE) this.#interface(block);
    else if (type !== SECTION && !PASSED_OVER.has(type)) {
      this.#gap(block, {
        code: "unsupported-block",
        says: `Cannot decode blocks of type 0x${type.toString(16)}`,
      });
    }
  }

  #interface(block: Block): void {
    const { view } = this.#source.window;
    const { interfaces } = this.#section;
    if (block.end - block.at < 20 || interfaces.length >= MAX_INTERFACES) {
      return this.#gap(block, {
        code: "malformed-record",
        says: "Cannot read an interface: its block is too short or one too many",
      });
    }
    const added = interfaceOf(view, block, this.#section);
    interfaces.push(added);
    if (!this.#run.setLink(added.linkType)) {
      const says = `Cannot decode frames of link type ${linkTypeName(added.linkType)}`;
      this.#gap(block, { code: "unsupported-link-type", says });
    }
    this.#section.current = interfaces.length - 1;
  }

  #packet(block: Block): void {
    const { view } = this.#source.window;
    const { littleEndian } = this.#section;
    const { at, end } = block;
    const captured = end - at < 32 ? -1 : view.getUint32(at + 20, littleEndian);
    if (captured < 0 || captured > end - at - 32) {
      const packet = `Cannot read packet ${this.#run.packets + 1}`;
      const says = `${packet}: it claims ${captured} bytes, its block leaves ${end - at - 32}`;
      return this.#gap(block, { code: "malformed-record", says });
    }
    const id = interfaceIdOf(view, block, this.#section);
    const known = this.#use(id, block);
    if (known === null) return;
    const { frame } = this.#run;
    frame.at = at + 28;
    frame.captured = captured;
    frame.original = view.getUint32(at + 24, littleEndian);
    const atMicros = microsOf(
      known.clock,
      view.getUint32(at + 12, littleEndian),
      view.getUint32(at + 16, littleEndian),
    );
    if (isPossible(atMicros)) frame.atMicros = atMicros;
    else {
      const says =
        "Cannot tell the time of packets: it lies outside the years 1970 to 2255; the packet before gives it";
      this.#gap(block, { code: "malformed-record", says });
    }
    this.#run.take(this.#source.window);
  }

  #simplePacket(block: Block): void {
    const { view } = this.#source.window;
    const known = this.#use(0, block);
    if (known === null || block.end - block.at < 16) return;
    const { frame } = this.#run;
    const original = view.getUint32(block.at + 8, this.#section.littleEndian);
    const room = block.end - block.at - 16;
    const snapped = known.snapLength > 0 ? Math.min(original, known.snapLength) : original;
    frame.at = block.at + 12;
    frame.captured = Math.min(snapped, room);
    frame.original = original;
    // The block has no time: that of the packet before it is the nearest truth.
    this.#run.take(this.#source.window);
  }

  /** Sets the run to this interface's link type. */
  #use(id: number, block: Block): Interface | null {
    const section = this.#section;
    const known = section.interfaces[id];
    if (known === undefined) {
      const says = `Cannot read packet ${this.#run.packets + 1}: interface ${id} is not described`;
      this.#gap(block, { code: "malformed-record", says });
      return null;
    }
    if (section.current !== id) {
      this.#run.setLink(known.linkType);
      section.current = id;
    }
    return known;
  }

  #gap(
    { at, end }: Block,
    {
      code,
      says,
    }: { code: "malformed-record" | "unsupported-block" | "unsupported-link-type"; says: string },
  ): void {
    this.#run.gap(code, { atByte: this.#source.window.base + at, byteLength: end - at, says });
  }

  #damaged(says: string): "stop" {
    const { window } = this.#source;
    this.#run.damaged(
      window.base + window.at,
      `Cannot read the block behind packet ${this.#run.packets}: ${says}`,
    );
    return "stop";
  }
}
