/** One captured frame of a source capture, as a view into its file. */
export interface Frame {
  readonly atMicros: number;
  readonly linkType: number;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
}

/** Frames of a pcap or pcapng file, read without the tool that is measured, so that its count can be checked.
 *  Ends quietly where a file is cut.
 */
export function framesOf(file: Uint8Array): Frame[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return file.length >= 24 && view.getUint32(0) === 0x0a0d0d0a
    ? pcapngFrames(file, view)
    : pcapFrames(file, view);
}

/** Magic number as the file's bytes spell it → byte order and units of a second. */
const MAGICS: ReadonlyMap<number, { little: boolean; perMicro: number }> = new Map([
  [0xa1b2c3d4, { little: false, perMicro: 1 }],
  [0xd4c3b2a1, { little: true, perMicro: 1 }],
  [0xa1b23c4d, { little: false, perMicro: 1000 }],
  [0x4d3cb2a1, { little: true, perMicro: 1000 }],
]);

function pcapFrames(file: Uint8Array, view: DataView): Frame[] {
  const magic = file.length < 24 ? undefined : MAGICS.get(view.getUint32(0));
  if (magic === undefined) throw new RangeError("Cannot read a source capture: neither pcap nor pcapng");
  const { little, perMicro } = magic;
  const linkType = view.getUint32(20, little) & 0xffff;
  const frames: Frame[] = [];
  for (let at = 24; at + 16 <= file.length; ) {
    const kept = view.getUint32(at + 8, little);
    if (kept > file.length - at - 16) break;
    frames.push({
      atMicros: view.getUint32(at, little) * 1e6 + Math.floor(view.getUint32(at + 4, little) / perMicro),
      linkType,
      bytes: file.subarray(at + 16, at + 16 + kept),
      originalLength: view.getUint32(at + 12, little),
    });
    at += 16 + kept;
  }
  return frames;
}

interface Interface {
  readonly linkType: number;
  readonly unitsPerSecond: number;
}

function pcapngFrames(file: Uint8Array, view: DataView): Frame[] {
  const frames: Frame[] = [];
  let interfaces: Interface[] = [];
  let little = true;
  let latest = 0;
  for (let at = 0; at + 12 <= file.length; ) {
    const type = view.getUint32(at, little);
    if (type === 0x0a0d0d0a) {
      little = view.getUint32(at + 8, true) === 0x1a2b3c4d;
      interfaces = [];
    }
    const length = view.getUint32(at + 4, little);
    if (length < 12 || length > file.length - at) break;
    if (type === 1) interfaces.push(interfaceOf(view, at, { length, little }));
    const frame = packetOf({ file, view, little, interfaces, latest }, type, at);
    if (frame !== null) {
      latest = frame.atMicros;
      frames.push(frame);
    }
    at += length;
  }
  return frames;
}

interface Section {
  readonly file: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
  readonly interfaces: readonly Interface[];
  /** Time of the frame before, which a simple packet block inherits. */
  readonly latest: number;
}

function packetOf(
  { file, view, little, interfaces, latest }: Section,
  type: number,
  at: number,
): Frame | null {
  const number =
    type === 6 ? view.getUint32(at + 8, little) : type === 2 ? view.getUint16(at + 8, little) : 0;
  const from = interfaces[number];
  if (from === undefined || (type !== 6 && type !== 2 && type !== 3)) return null;
  if (type === 3) {
    const originalLength = view.getUint32(at + 8, little);
    const room = view.getUint32(at + 4, little) - 16;
    const bytes = file.subarray(at + 12, at + 12 + Math.min(room, originalLength));
    return { atMicros: latest, linkType: from.linkType, bytes, originalLength };
  }
  const ticks = view.getUint32(at + 12, little) * 2 ** 32 + view.getUint32(at + 16, little);
  const kept = view.getUint32(at + 20, little);
  return {
    atMicros: Math.floor((ticks / from.unitsPerSecond) * 1e6),
    linkType: from.linkType,
    bytes: file.subarray(at + 28, at + 28 + kept),
    originalLength: view.getUint32(at + 24, little),
  };
}

function interfaceOf(view: DataView, at: number, block: { length: number; little: boolean }): Interface {
  const { length, little } = block;
  let unitsPerSecond = 1e6;
  for (let option = at + 16; option + 4 <= at + length - 4; ) {
    const size = view.getUint16(option + 2, little);
    if (view.getUint16(option, little) === 9) {
      const resolution = view.getUint8(option + 4);
      unitsPerSecond = (resolution & 0x80) === 0 ? 10 ** resolution : 2 ** (resolution & 0x7f);
    }
    option += 4 + size + ((4 - (size % 4)) % 4);
  }
  return { linkType: view.getUint16(at + 8, little), unitsPerSecond };
}
