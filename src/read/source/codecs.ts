import { ReadableStream } from "node:stream/web";
import type { Compression } from "../../model/evidence.ts";
import { gunzip } from "./gzip.ts";

/** A way to compress a stream of bytes. */
export interface Codec {
  readonly id: Compression;
  /** Its magic number. Source: RFC 1952; bzip2's and xz's file formats; RFC 8878. */
  readonly magic: readonly number[];
  /** Decompresses; throws where the data is damaged, after what came before. */
  unpack(raw: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** Compressed zstd that is held in memory: its decoder takes no data piece by piece from elsewhere. */
const MAX_ZSTD_BYTES = 256 << 20;

export const CODECS: readonly Codec[] = [
  { id: "gzip", magic: [0x1f, 0x8b, 8], unpack: (raw) => gunzip(raw) },
  { id: "bzip2", magic: [0x42, 0x5a, 0x68], unpack: bunzip2 },
  { id: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], unpack: unxz },
  { id: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: unzstd },
];

/** The codec that the first bytes tell; null when they are those of none. */
export function codecOf(head: Uint8Array): Codec | null {
  return CODECS.find(({ magic }) => magic.every((byte, at) => head[at] === byte)) ?? null;
}

// These decoders are loaded when they are needed: most evidence needs none of them.

async function* bunzip2(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { bunzip2: unpack } = await import("./bunzip2.ts");
  yield* unpack(raw);
}

async function* unxz(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { default: xz } = await import("xz-decompress");
  yield* new xz.XzReadableStream(ReadableStream.from(raw)) as AsyncIterable<Uint8Array>;
}

async function* unzstd(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of raw) {
    bytes += chunk.length;
    if (bytes > MAX_ZSTD_BYTES) {
      throw new RangeError(`zstd data of more than ${MAX_ZSTD_BYTES} bytes is not decompressed here`);
    }
    chunks.push(chunk);
  }
  const { ZSTDDecoder } = await import("zstddec/stream");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  let empty = 0;
  for (const part of decoder.decodeStreaming(chunks)) {
    // On damaged data the decoder goes round in circles without output.
    empty = part.length === 0 ? empty + 1 : 0;
    if (empty > 16) throw new RangeError("the zstd data is damaged");
    if (part.length > 0) yield part;
  }
}
