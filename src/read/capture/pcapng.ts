/** pcapng capture files (draft-ietf-opsawg-pcapng).
 *
 *  Block                  0 type 4 · 4 length 4 · … body, padded to 4 · length again 4
 *  Section header  SHB    type 0a0d0d0a · 8 byte-order magic 1a2b3c4d · 12 version 2+2 · 16 length 8
 *  Interface       IDB    type 1 · 8 link type 2 · 12 snap length 4 · 16 options
 *  Old packet      PB     type 2 · 8 interface 2 · 12 time 4+4 · 20 captured 4 · 24 original 4 · 28 frame
 *  Simple packet   SPB    type 3 · 8 original 4 · 12 frame (no time; of interface 0)
 *  Enhanced packet EPB    type 6 · 8 interface 4 · 12 time 4+4 · 20 captured 4 · 24 original 4 · 28 frame
 *  A section can have its own byte order and its own interfaces.
 */
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { CaptureRun, finishCaptures } from "./capture-run.ts";
import {
  type Block,
  BlockLoop,
  ENHANCED_PACKET,
  INTERFACE,
  interfaceIdOf,
  interfaceOf,
  isLittleEndian,
  isPossible,
  OLD_PACKET,
  SECTION,
  type Section,
} from "./pcapng-blocks.ts";
import { microsOf } from "./pcapng-clock.ts";

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
    if (type === INTERFACE && length >= 20)
      section.interfaces.push(interfaceOf(view, { type, at, end: at + length }, section));
    if (type === ENHANCED_PACKET || type === OLD_PACKET) {
      return length < 32 ? null : timeOf(view, { type, at, end: at + length }, section);
    }
    at += length;
  }
  return null;
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
      const block = `Cannot read the block behind packet ${run.packets}`;
      const says = `${block}: the file ends after ${left} bytes of it`;
      run.gap("truncated-file", { atByte: window.base + window.at, byteLength: left, says });
    }
    break;
  }
  if (window.failed !== null) run.failed(window.base + window.end, window.failed);
  return run.close();
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
