/** Builds the capture that the benchmark reads: every capture of ../shared/data/pcap/ndpi one after the
 *  other, again and again, each repeat with addresses of its own, until the file holds the bytes asked for.
 *
 *  node dist/bench/make-capture.js [GIGABYTES …]      1 when not given; files under .bench/
 *
 *  An interrupted build goes on where its last whole repeat ended.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkoutRoot, dataPath } from "../test/kit/data.ts";
import { framesOf } from "./frames.ts";
import { addressBytes, asEthernet } from "./reframe.ts";

/** What a built file holds; it lies beside it as JSON. */
export interface Built {
  readonly path: string;
  readonly bytes: number;
  readonly packets: number;
  readonly repeats: number;
  readonly captures: number;
  /** Frames of a repeat that no Ethernet header can carry. */
  readonly leftOut: number;
  readonly lastMicros: number;
}

const START_MICROS = 1_600_000_000_000_000;
/** Longest pause kept between two packets: some sources hold packets years apart. */
const LONGEST_PAUSE_MICROS = 60_000_000;
/** Repeats are told apart by one byte of an address. */
const MOST_REPEATS = 256;

/** All source captures as pcap records with times relative to the repeat's start. */
interface Repeat {
  readonly records: Buffer;
  readonly recordAt: Uint32Array;
  readonly recordMicros: Float64Array;
  readonly addressAt: Uint32Array;
  readonly lastsMicros: number;
  readonly captures: number;
  readonly leftOut: number;
}

export function buildCapture(gigabytes: number, folder = join(checkoutRoot(), ".bench")): Built {
  const path = join(folder, `ndpi-${gigabytes}g.pcap`);
  const note = `${path}.json`;
  const wanted = gigabytes * 1e9;
  mkdirSync(folder, { recursive: true });
  let built: Built | null =
    existsSync(path) && existsSync(note) ? parseNote(readFileSync(note, "utf8")) : null;
  if (built !== null && built.bytes >= wanted) return { ...built, path };
  const repeat = oneRepeat();
  const file = openSync(path, built === null ? "w+" : "r+");
  if (built === null) writeSync(file, fileHeader(), 0, 24, 0);
  else ftruncateSync(file, built.bytes);
  while ((built?.bytes ?? 24) < wanted) {
    const repeats: number = (built?.repeats ?? 0) + 1;
    if (repeats > MOST_REPEATS)
      throw new RangeError(`Cannot build ${gigabytes} GB: more than ${MOST_REPEATS} repeats`);
    const start: number = (built?.lastMicros ?? START_MICROS) + 1_000_000;
    const at: number = built?.bytes ?? 24;
    writeAll(file, dressed(repeat, start, repeats - 1), at);
    built = {
      path,
      bytes: at + repeat.records.length,
      packets: (built?.packets ?? 0) + repeat.recordAt.length,
      repeats,
      captures: repeat.captures,
      leftOut: repeat.leftOut,
      lastMicros: start + repeat.lastsMicros,
    };
    writeFileSync(note, `${JSON.stringify(built)}\n`);
  }
  closeSync(file);
  if (built === null) throw new RangeError(`Cannot build ${gigabytes} GB`);
  return built;
}

function parseNote(text: string): Built {
  const note: Built = JSON.parse(text);
  return note;
}

function oneRepeat(): Repeat {
  const folder = dataPath("pcap/ndpi");
  if (folder === null) throw new Error("The benchmark needs ../shared/data/pcap/ndpi beside the checkout");
  const names = readdirSync(folder).sort();
  const parts: Buffer[] = [];
  const recordAt: number[] = [];
  const recordMicros: number[] = [];
  const addressAt: number[] = [];
  let at = 0;
  let clock = 0;
  let leftOut = 0;
  for (const name of names) {
    let before: number | null = null;
    for (const frame of framesOf(readFileSync(join(folder, name)))) {
      const told = asEthernet(frame);
      clock += Math.min(Math.max(frame.atMicros - (before ?? frame.atMicros), 0), LONGEST_PAUSE_MICROS);
      before = frame.atMicros;
      if (told === null) {
        leftOut += 1;
        continue;
      }
      const head = Buffer.alloc(16);
      head.writeUInt32LE(told.bytes.length, 8);
      head.writeUInt32LE(told.originalLength, 12);
      recordAt.push(at);
      recordMicros.push(clock);
      for (const offset of addressBytes(told.bytes)) addressAt.push(at + 16 + offset);
      parts.push(head, Buffer.from(told.bytes.buffer, told.bytes.byteOffset, told.bytes.length));
      at += 16 + told.bytes.length;
    }
  }
  return {
    records: Buffer.concat(parts, at),
    recordAt: Uint32Array.from(recordAt),
    recordMicros: Float64Array.from(recordMicros),
    addressAt: Uint32Array.from(addressAt),
    lastsMicros: clock,
    captures: names.length,
    leftOut,
  };
}

/** The repeat with its own times and addresses. */
function dressed(repeat: Repeat, startMicros: number, number: number): Buffer {
  const bytes = Buffer.from(repeat.records);
  repeat.recordAt.forEach((at, index) => {
    const micros = startMicros + (repeat.recordMicros[index] ?? 0);
    bytes.writeUInt32LE(Math.floor(micros / 1e6), at);
    bytes.writeUInt32LE(micros % 1e6, at + 4);
  });
  for (const at of repeat.addressAt) bytes[at]! ^= number;
  return bytes;
}

function writeAll(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

function fileHeader(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(1, 20);
  return head;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const sizes = process.argv.slice(2).map(Number);
  for (const gigabytes of sizes.length === 0 ? [1] : sizes) console.log(buildCapture(gigabytes));
}
