import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { RingWindow } from "./ring-window.ts";
import { StreamWindow } from "./stream-window.ts";
import type { ByteWindow } from "./window.ts";

/** Bytes a reader sees when it decides whether a piece of evidence is its own. */
export const HEAD_BYTES = 1 << 16;
/** Files above this are read by a thread of their own;
 *  below, starting it costs more than it saves (15 ms measured). */
const RING_FROM_BYTES = 8 << 20;
/** gunzip runs at 370–390 MB/s with chunks of 1 MiB and at 112 MB/s with the default 16 KiB (measured). */
const CHUNK_BYTES = 1 << 20;
/** Of the step in which it fails zlib gives nothing; in steps of this size little is lost. */
const CAREFUL_CHUNK_BYTES = 256;

/** What the file system said of a file. `inode` is text: it can exceed 2^53. */
export interface Stamp {
  readonly bytes: number;
  readonly modifiedMicros: number;
  readonly changedMicros: number;
  readonly inode: string;
}

/** First look at a file: enough to recognise it. Nothing stays open. */
export interface Peek {
  readonly path: string;
  readonly head: Uint8Array;
  readonly compression: "gzip" | null;
  readonly stamp: Stamp;
}

/** Evidence while it is read. `finish` reads what is left for the hash and tells what the file is now. */
export interface OpenEvidence {
  readonly window: ByteWindow;
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
    modifiedMicros: Number(stat.mtimeNs / 1000n),
    changedMicros: Number(stat.ctimeNs / 1000n),
    inode: String(stat.ino),
  };
}

function isGzip(head: Uint8Array): boolean {
  return head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** The first bytes of the decompressed stream, as far as the compressed head reaches. */
async function gunzipHead(head: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of Readable.from([head]).pipe(createGunzip({ chunkSize: CAREFUL_CHUNK_BYTES }))) {
      parts.push(part as Uint8Array);
      bytes += (part as Uint8Array).length;
      if (bytes >= HEAD_BYTES) break;
    }
  } catch {
    // A cut head always ends in an error; what came before it is what is wanted.
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
    const compression = isGzip(head) ? "gzip" : null;
    return { path, head: compression === null ? head : await gunzipHead(head), compression, stamp };
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

async function* fileChunks(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(size, 4096)));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
  }
}

/** Decompresses while leaving the raw side to be read to its end,
 *  whatever becomes of the decompressed one. */
function gunzip(raw: AsyncIterable<Uint8Array>, chunkSize = CHUNK_BYTES): AsyncIterable<Uint8Array> {
  const gunzipped = createGunzip({ chunkSize });
  const source = Readable.from(raw, { objectMode: false, highWaterMark: CHUNK_BYTES });
  source.on("error", (error) => gunzipped.destroy(error));
  return source.pipe(gunzipped);
}

/** Decompresses a file as far as it goes: where that fails (damage, bytes behind the end), once more from its
 *  beginning in small steps, for what the failing step kept to itself.
 */
async function* gunzipFile(raw: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  let given = 0;
  try {
    for await (const part of gunzip(raw)) {
      given += part.length;
      yield part;
    }
  } catch (error) {
    yield* gunzipBehind(path, given);
    throw error;
  }
}

/** What lies behind the first `skip` decompressed bytes, up to the failure, which is known already. */
async function* gunzipBehind(path: string, skip: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  let at = 0;
  try {
    for await (const part of gunzip(fileChunks(file, CHUNK_BYTES), CAREFUL_CHUNK_BYTES)) {
      if (at + part.length > skip) yield part.subarray(Math.max(0, skip - at));
      at += part.length;
    }
  } catch {
  } finally {
    await file.close();
  }
}

/** Opens standard input: bytes come once, so the head is looked at in the window itself. */
export function openStdin(options: OpenOptions): OpenEvidence & { readonly window: StreamWindow } {
  const meter = new Meter(options);
  const window = new StreamWindow(sniffGzip(meter.pass(process.stdin as AsyncIterable<Uint8Array>)));
  return {
    window,
    finish: async () => {
      await window.drain();
      return { bytes: meter.bytes, sha256: meter.sha256(), after: null };
    },
    abandon: async () => void process.stdin.destroy(),
  };
}

async function* sniffGzip(raw: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < 3) {
    const { done, value } = await raw.next();
    if (done) break;
    first.push(value);
    bytes += value.length;
  }
  const head = new Uint8Array(Buffer.concat(first));
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* raw;
  }
  if (isGzip(head)) yield* gunzip(whole());
  else yield* whole();
}

/** Opens a file that was peeked at. */
export async function openEvidence(peeked: Peek, options: OpenOptions): Promise<OpenEvidence> {
  const { path, stamp, compression } = peeked;
  if (compression === null && stamp.bytes >= RING_FROM_BYTES) return openRing(path, options);
  const file = await open(path, "r");
  const meter = new Meter(options);
  const raw = meter.pass(fileChunks(file, stamp.bytes));
  const window = new StreamWindow(compression === "gzip" ? gunzipFile(raw, path) : raw);
  return {
    window,
    finish: async () => {
      try {
        await window.drain();
        // Where decompression failed, the rest of the raw bytes still belongs to the hash.
        for await (const _ of meter.pass(fileChunks(file, CHUNK_BYTES))) void _;
        return { bytes: meter.bytes, sha256: meter.sha256(), after: await stampOf(file) };
      } finally {
        await file.close();
      }
    },
    abandon: async () => await file.close(),
  };
}

async function openRing(path: string, options: OpenOptions): Promise<OpenEvidence> {
  const file = await open(path, "r");
  const window = new RingWindow(path, options);
  const close = async () => {
    await window.close();
    await file.close();
  };
  return {
    window,
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
