import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { boundedMicros } from "../../bytes/time.ts";
import { UnpackBudget } from "./budget.ts";
import { type Codec, codecOf } from "./codecs.ts";
import { CHUNK_BYTES, fileChunks } from "./file-chunks.ts";
import { gunzipFile } from "./gzip.ts";
import { RingWindow } from "./ring-window.ts";
import { StreamWindow } from "./stream-window.ts";
import type { ByteWindow } from "./window.ts";

/** Bytes a reader sees when it decides whether a piece of evidence is its own. */
export const HEAD_BYTES = 1 << 16;
/** Files above this are read by a thread of their own;
 *  below, starting it costs more than it saves (15 ms measured). */
const RING_FROM_BYTES = 8 << 20;

/** What the file system said of a file. `inode` is text: it can exceed 2^53. */
export interface Stamp {
  readonly bytes: number;
  readonly modifiedMicros: number | null;
  readonly changedMicros: number | null;
  readonly inode: string;
}

/** First look at a file: enough to recognise it. Nothing stays open. */
export interface Peek {
  readonly path: string;
  readonly head: Uint8Array;
  readonly codec: Codec | null;
  readonly stamp: Stamp;
}

/** Evidence while it is read. `finish` reads what is left for the hash and tells what the file is now. */
export interface OpenEvidence {
  readonly window: ByteWindow;
  /** Of all that it unpacks to, archives inside it included. */
  readonly budget: UnpackBudget;
  finish(): Promise<Finished>;
  /** Gives up: after an interrupt. */
  abandon(): Promise<void>;
}

export interface Finished {
  readonly bytes: number;
  readonly sha256: string | null;
  /** null for standard input. */
  readonly after: Stamp | null;
}

export interface OpenOptions {
  readonly hash: boolean;
  /** Called with the number of bytes taken from the disk, about once a MiB; throws to stop the reading. */
  readonly pulse: (bytes: number) => void;
}

async function stampOf(file: FileHandle): Promise<Stamp> {
  const stat = await file.stat({ bigint: true });
  return {
    bytes: Number(stat.size),
    modifiedMicros: boundedMicros(Number(stat.mtimeNs / 1000n)),
    changedMicros: boundedMicros(Number(stat.ctimeNs / 1000n)),
    inode: String(stat.ino),
  };
}

/** The first bytes of the decompressed stream, as far as it goes. */
async function unpackedHead(codec: Codec, raw: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of codec.unpack(raw)) {
      parts.push(part);
      bytes += part.length;
      if (bytes >= HEAD_BYTES) break;
    }
  } catch {
    // Damage is told of when the file is read; what came before it is what is wanted.
  }
  return new Uint8Array(Buffer.concat(parts)).subarray(0, HEAD_BYTES);
}

/** Reads a file's first bytes. Errors: those of the file system, as thrown by Node. */
export async function peek(path: string): Promise<Peek> {
  const file = await open(path, "r");
  try {
    const stamp = await stampOf(file);
    const raw = new Uint8Array(HEAD_BYTES);
    let filled = 0;
    while (filled < raw.length) {
      const { bytesRead } = await file.read(raw, filled, raw.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const head = raw.subarray(0, filled);
    const codec = codecOf(head);
    if (codec === null) return { path, head, codec, stamp };
    const whole = codec.id === "gzip" ? once(head) : fileChunks(file, stamp.bytes);
    return { path, head: await unpackedHead(codec, whole), codec, stamp };
  } finally {
    await file.close();
  }
}

/** The bytes of a stream, counted and hashed as they pass. */
class Meter {
  bytes = 0;
  readonly #hash: ReturnType<typeof createHash> | null;
  readonly #pulse: (bytes: number) => void;

  constructor({ hash, pulse }: OpenOptions) {
    this.#hash = hash ? createHash("sha256") : null;
    this.#pulse = pulse;
  }

  async *pass(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      this.#hash?.update(chunk);
      this.#pulse(this.bytes);
      yield chunk;
    }
  }

  sha256(): string | null {
    return this.#hash?.digest("hex") ?? null;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Opens standard input: bytes come once, so the head is looked at in the window itself. */
export function openStdin(options: OpenOptions): OpenEvidence & { readonly window: StreamWindow } {
  const meter = new Meter(options);
  const budget = new UnpackBudget(() => meter.bytes);
  const window = new StreamWindow(meter.pass(process.stdin as AsyncIterable<Uint8Array>));
  return {
    window,
    budget,
    finish: async () => {
      await window.drain();
      return { bytes: meter.bytes, sha256: meter.sha256(), after: null };
    },
    abandon: async () => void process.stdin.destroy(),
  };
}

/** Opens a file that was peeked at. */
export async function openEvidence(peeked: Omit<Peek, "head">, options: OpenOptions): Promise<OpenEvidence> {
  const { path, stamp, codec } = peeked;
  if (codec === null && stamp.bytes >= RING_FROM_BYTES) return openRing(peeked, options);
  const budget = new UnpackBudget(() => stamp.bytes);
  const file = await open(path, "r");
  const meter = new Meter(options);
  const raw = meter.pass(fileChunks(file, stamp.bytes));
  const window = new StreamWindow(codec === null ? raw : budget.pass(unpackFile(codec, raw, path)));
  return {
    window,
    budget,
    finish: async () => {
      try {
        await window.drain();
        // Where decompression failed, the rest of the raw bytes still belongs to the hash.
        for await (const _ of meter.pass(fileChunks(file, CHUNK_BYTES, meter.bytes))) void _;
        return { bytes: meter.bytes, sha256: meter.sha256(), after: await stampOf(file) };
      } finally {
        await file.close();
      }
    },
    abandon: async () => await file.close(),
  };
}

function unpackFile(codec: Codec, raw: AsyncIterable<Uint8Array>, path: string): AsyncIterable<Uint8Array> {
  return codec.id === "gzip" ? gunzipFile(raw, path) : codec.unpack(raw);
}

async function openRing({ path, stamp }: Omit<Peek, "head">, options: OpenOptions): Promise<OpenEvidence> {
  const file = await open(path, "r");
  const window = new RingWindow(path, options);
  const close = async () => {
    await window.close();
    await file.close();
  };
  return {
    window,
    budget: new UnpackBudget(() => stamp.bytes),
    finish: async () => {
      try {
        const sha256 = await window.finish();
        const after = await stampOf(file);
        return { bytes: after.bytes, sha256, after };
      } finally {
        await close();
      }
    },
    abandon: close,
  };
}
