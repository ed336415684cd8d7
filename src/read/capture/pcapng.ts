/** pcapng capture files (draft-ietf-opsawg-pcapng).
 *
 *  Block                  0 type 4 · 4 length 4 · … body, padded to 4 · length again 4
 *  Section header  SHB    type 0a0d0d0a · 8 byte-order magic 1a2b3c4d · 12 version 2+2 · 16 section length 8
 *  Interface       IDB    type 1 · 8 link type 2 · 12 snap length 4 · 16 options (9 if_tsresol, 14 if_tsoffset)
 *  Old packet      PB     type 2 · 8 interface 2 · 12 time 4+4 · 20 captured 4 · 24 original 4 · 28 frame
 *  Simple packet   SPB    type 3 · 8 original 4 · 12 frame (no time; of interface 0)
 *  Enhanced packet EPB    type 6 · 8 interface 4 · 12 time 4+4 · 20 captured 4 · 24 original 4 · 28 frame
 *  A section can have its own byte order and its own interfaces.
 */
import { linkTypeName } from "../../tables/link-types.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { CaptureRun, finishCaptures } from "./capture-run.ts";
import { type Clock, clockOf, microsOf } from "./pcapng-clock.ts";

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
/** Blocks that carry no packets and nothing that mining needs: names, statistics, secrets, custom data. */
const PASSED_OVER = new Set([4, 5, 10, 0xbad, 0x40000bad]);
const MAX_BLOCK_BYTES = 1 << 19;
const MAX_INTERFACES = 65_536;

interface Interface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly clock: Clock;
}

/** What a section has said so far. */
interface Section {
  littleEndian: boolean;
  interfaces: Interface[];
  /** The interface whose link type the run is set to. */
  current: number;
}

interface Block {
  readonly type: number;
  readonly at: number;
  readonly end: number;
}

export const pcapng: Reader = {
  id: "pcapng",
  title: "pcapng capture",
  sniff: (head) => head.length >= 4 && viewOf(head).getUint32(0) === SECTION,
  firstMicros,
  read,
  finish: finishCaptures,
};

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isLittleEndian(view: DataView, at: number): boolean | null {
  const magic = view.getUint32(at + 8);
  return magic === 0x1a2b3c4d ? false : magic === 0x4d3c2b1a ? true : null;
}

/** Time of the first packet that has one, as far as the head reaches. */
function firstMicros(head: Uint8Array): number | null {
  const view = viewOf(head);
  const section: Section = { littleEndian: true, interfaces: [], current: -1 };
  for (let at = 0; head.length - at >= 12; ) {
    const type = view.getUint32(at, section.littleEndian);
    if (type === SECTION) {
      section.littleEndian = isLittleEndian(view, at) ?? true;
      section.interfaces = [];
    }
    const length = view.getUint32(at + 4, section.littleEndian);
    if (length < 12 || length > head.length - at) return null;
    if (type === INTERFACE && length >= 20) section.interfaces.push(interfaceOf(view, { type, at, end: at + length }, section));
    if (type === ENHANCED_PACKET || type === OLD_PACKET) {
      return length < 32 ? null : timeOf(view, { type, at, end: at + length }, section);
    }
    at += length;
  }
  return null;
}

function interfaceOf(view: DataView, { at, end }: Block, { littleEndian }: Section): Interface {
  const linkType = view.getUint16(at + 8, littleEndian);
  const snapLength = view.getUint32(at + 12, littleEndian);
  return { linkType, snapLength, clock: clockOf(view, { from: at + 16, to: end - 4, littleEndian }) };
}

function interfaceIdOf(view: DataView, { type, at }: Block, { littleEndian }: Section): number {
  return type === ENHANCED_PACKET ? view.getUint32(at + 8, littleEndian) : view.getUint16(at + 8, littleEndian);
}

function timeOf(view: DataView, block: Block, section: Section): number | null {
  const known = section.interfaces[interfaceIdOf(view, block, section)];
  if (known === undefined) return null;
  const high = view.getUint32(block.at + 12, section.littleEndian);
  const micros = microsOf(known.clock, high, view.getUint32(block.at + 16, section.littleEndian));
  return isPossible(micros) ? micros : null;
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const { window } = source;
  const run = new CaptureRun(source, desk);
  const section: Section = { littleEndian: true, interfaces: [], current: -1 };
  const reading = new BlockLoop(run, source, section);
  for (;;) {
    const step = reading.blocks();
    if (step === "stop") break;
    if (step === "skip") {
      if (!(await skipBlock(source, reading.skipBytes))) break;
      continue;
    }
    if (await window.more()) continue;
    const left = window.end - window.at;
    if (left > 0) {
      const says = `Cannot read the block behind packet ${run.packets}: the file ends after ${left} bytes of it`;
      run.gap("truncated-file", { atByte: window.base + window.at, byteLength: left, says });
    }
    break;
  }
  if (window.failed !== null) run.failed(window.base + window.end, window.failed);
  return run.close();
}

/** Microseconds that a number holds exactly. */
function isPossible(atMicros: number): boolean {
  return Number.isSafeInteger(atMicros) && atMicros >= 0;
}

/** Passes over a block that is larger than the window. */
async function skipBlock({ window }: Source, bytes: number): Promise<boolean> {
  let left = bytes;
  for (;;) {
    const step = Math.min(left, window.end - window.at);
    window.at += step;
    left -= step;
    if (left === 0) return true;
    if (!(await window.more())) return false;
  }
}

/** Hands on whole blocks in the window. */
class BlockLoop {
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
        if (!PASSED_OVER.has(type)) return this.#damaged(`it claims ${length} bytes, at most ${MAX_BLOCK_BYTES} are read`);
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
      this.#gap(block, { code: "unsupported-block", says: `Cannot decode blocks of type 0x${type.toString(16)}` });
    }
  }

  #interface(block: Block): void {
    const { view } = this.#source.window;
    const { interfaces } = this.#section;
    if (block.end - block.at < 20 || interfaces.length >= MAX_INTERFACES) {
      return this.#gap(block, { code: "malformed-record", says: "Cannot read an interface: its block is too short or one too many" });
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
      const says = `Cannot read packet ${this.#run.packets + 1}: it claims ${captured} bytes, its block leaves ${end - at - 32}`;
      return this.#gap(block, { code: "malformed-record", says });
    }
    const id = interfaceIdOf(view, block, this.#section);
    const known = this.#use(id, block);
    if (known === null) return;
    const { frame } = this.#run;
    frame.at = at + 28;
    frame.captured = captured;
    frame.original = view.getUint32(at + 24, littleEndian);
    const atMicros = microsOf(known.clock, view.getUint32(at + 12, littleEndian), view.getUint32(at + 16, littleEndian));
    if (isPossible(atMicros)) frame.atMicros = atMicros;
    else {
      const says = "Cannot tell the time of packets: it lies outside the years 1970 to 2255; the packet before gives it";
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

  #gap({ at, end }: Block, { code, says }: { code: "malformed-record" | "unsupported-block" | "unsupported-link-type"; says: string }): void {
    this.#run.gap(code, { atByte: this.#source.window.base + at, byteLength: end - at, says });
  }

  #damaged(says: string): "stop" {
    const { window } = this.#source;
    this.#run.damaged(window.base + window.at, `Cannot read the block behind packet ${this.#run.packets}: ${says}`);
    return "stop";
  }
}

