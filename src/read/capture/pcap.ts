/** libpcap capture files.
 *
 *  File header     0 magic 4 · 4 version 2+2 · 8 zone 4 · 12 sigfigs 4 · 16 snap length 4
 *                  20 link type 4 (low 16 bits)
 *  Packet record   0 seconds 4 · 4 fraction 4 · 8 captured bytes 4 · 12 original bytes 4 · 16 the frame
 *  Magic a1b2c3d4 counts microseconds, a1b23c4d nanoseconds; its byte order is the file's.
 *  Source: draft-ietf-opsawg-pcap; the modified record of magic a1b2cd34 (Alexey Kuznetsov's) adds 8 bytes.
 */
import { bytesAt } from "../../model/place.ts";
import { linkTypeName } from "../../tables/link-types.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { CaptureRun, finishCaptures } from "./capture-run.ts";

const HEADER_BYTES = 24;
/** tcpdump's own bound (MAXIMUM_SNAPLEN); a record that claims more is damaged. */
export const MAX_FRAME_BYTES = 262_144;

interface Shape {
  readonly littleEndian: boolean;
  readonly fractionPerMicro: number;
  readonly recordBytes: number;
}

/** By the magic number as its first four bytes read big-endian. */
const SHAPES: ReadonlyMap<number, Shape> = new Map([
  [0xa1b2c3d4, { littleEndian: false, fractionPerMicro: 1, recordBytes: 16 }],
  [0xd4c3b2a1, { littleEndian: true, fractionPerMicro: 1, recordBytes: 16 }],
  [0xa1b23c4d, { littleEndian: false, fractionPerMicro: 1000, recordBytes: 16 }],
  [0x4d3cb2a1, { littleEndian: true, fractionPerMicro: 1000, recordBytes: 16 }],
  [0xa1b2cd34, { littleEndian: false, fractionPerMicro: 1, recordBytes: 24 }],
  [0x34cdb2a1, { littleEndian: true, fractionPerMicro: 1, recordBytes: 24 }],
]);

function viewOf(head: Uint8Array): DataView {
  return new DataView(head.buffer, head.byteOffset, head.byteLength);
}

function shapeOf(head: Uint8Array): Shape | null {
  return head.length < 4 ? null : (SHAPES.get(viewOf(head).getUint32(0)) ?? null);
}

export const pcap: Reader = {
  id: "pcap",
  title: "libpcap capture",
  sniff: (head) => shapeOf(head) !== null,
  firstMicros(head) {
    const shape = shapeOf(head);
    if (shape === null || head.length < HEADER_BYTES + 8) return null;
    const view = viewOf(head);
    const seconds = view.getUint32(HEADER_BYTES, shape.littleEndian);
    return (
      seconds * 1e6 +
      Math.floor(view.getUint32(HEADER_BYTES + 4, shape.littleEndian) / shape.fractionPerMicro)
    );
  },
  read,
  finish: finishCaptures,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const { window, id } = source;
  while (window.end - window.at < HEADER_BYTES && (await window.more()));
  const shape = shapeOf(window.bytes.subarray(window.at, window.end));
  const held = window.end - window.at;
  if (shape === null || held < HEADER_BYTES) {
    const says = `Cannot read the capture's header: it takes ${HEADER_BYTES} bytes, the file has ${held}`;
    desk.gap(bytesAt(id, window.base + window.at, held), "truncated-file", says);
    return { packets: 0, firstMicros: null, lastMicros: null };
  }
  const linkType = window.view.getUint32(window.at + 20, shape.littleEndian) & 0xffff;
  window.at += HEADER_BYTES;
  const run = new CaptureRun(source, desk);
  if (!run.setLink(linkType)) {
    const says = `Cannot decode frames of link type ${linkTypeName(linkType)}`;
    desk.gap(bytesAt(id, 20, 4), "unsupported-link-type", says);
  }
  await records(run, source, shape);
  return run.close();
}

async function records(run: CaptureRun, source: Source, shape: Shape): Promise<void> {
  const { window } = source;
  for (;;) {
    const bad = packets(run, source, shape);
    if (bad !== null) {
      run.damaged(bad.atByte, `Cannot read packet ${run.packets + 1}: ${bad.says}`);
      if (!(await resume(source, shape, run))) return;
      continue;
    }
    if (await window.more()) continue;
    const left = window.end - window.at;
    if (left > 0) {
      const says = `Cannot read packet ${run.packets + 1}: the file ends after ${left} bytes of its record`;
      run.gap("truncated-file", { atByte: window.base + window.at, byteLength: left, says });
    }
    if (window.failed !== null) run.failed(window.base + window.end, window.failed);
    return;
  }
}

/** Hands on every whole record in the window; the hot loop of a capture.
 *  Stops, with the reason, at a damaged one. */
function packets(run: CaptureRun, source: Source, shape: Shape): { atByte: number; says: string } | null {
  const { window } = source;
  const { view, end, base } = window;
  const { littleEndian, fractionPerMicro, recordBytes } = shape;
  let at = window.at;
  while (end - at >= recordBytes) {
    const captured = view.getUint32(at + 8, littleEndian);
    if (captured > MAX_FRAME_BYTES) {
      window.at = at;
      return {
        atByte: base + at,
        says: `its record claims ${captured} bytes, at most ${MAX_FRAME_BYTES} are possible`,
      };
    }
    const frameAt = at + recordBytes;
    if (end - frameAt < captured) break;
    const fraction = view.getUint32(at + 4, littleEndian);
    const micros = fractionPerMicro === 1 ? fraction : (fraction / fractionPerMicro) | 0;
    const { frame } = run;
    frame.at = frameAt;
    frame.captured = captured;
    frame.original = view.getUint32(at + 12, littleEndian);
    frame.atMicros = view.getUint32(at, littleEndian) * 1e6 + micros;
    run.take(window);
    at = frameAt + captured;
  }
  window.at = at;
  return null;
}

/** Looks for the next two records that follow each other plausibly:
 *  what is behind damage is still evidence. */
async function resume(source: Source, shape: Shape, run: CaptureRun): Promise<boolean> {
  const { window } = source;
  window.at++;
  for (;;) {
    while (window.end - window.at >= 2 * shape.recordBytes + MAX_FRAME_BYTES) {
      if (isPlausible(source, shape, run)) return true;
      window.at++;
    }
    if (await window.more()) continue;
    while (window.end - window.at > shape.recordBytes) {
      if (isPlausible(source, shape, run)) return true;
      window.at++;
    }
    window.at = window.end;
    return false;
  }
}

function isPlausible({ window }: Source, shape: Shape, run: CaptureRun): boolean {
  const { view, end } = window;
  let at = window.at;
  for (let count = 0; count < 2; count++) {
    if (at === end) return count > 0;
    if (end - at < shape.recordBytes) return false;
    const captured = view.getUint32(at + 8, shape.littleEndian);
    const original = view.getUint32(at + 12, shape.littleEndian);
    const isSized =
      captured > 0 && captured <= MAX_FRAME_BYTES && original >= captured && original <= MAX_FRAME_BYTES;
    const isTimed = view.getUint32(at + 4, shape.littleEndian) < 1e6 * shape.fractionPerMicro;
    // A day's distance: captures run on without longer pauses far more often than random bytes look like
    // today.
    const isNear = Math.abs(view.getUint32(at, shape.littleEndian) - run.lastSecond) <= 86_400;
    if (!isSized || !isTimed || !isNear) return false;
    at += shape.recordBytes + captured;
    if (at > end) return false;
  }
  return true;
}
