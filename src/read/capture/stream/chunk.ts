import type { Place } from "../../../model/place.ts";

/** Bytes of one direction of a stream, in order, and the packet they came in.
 *
 *  Shape: `bytes[at … end)`; `atByte` is the evidence offset of `bytes[0]`, NaN when the bytes were put
 *  together from IP fragments; the packet's frame lies at `frameAtByte` with `frameBytes`. A decoder that
 *  hands on the rest moves `at`.
 *  Limits: valid until `feed` returns; what is kept must be copied.
 */
export interface Chunk {
  bytes: Uint8Array;
  at: number;
  end: number;
  evidence: string;
  packet: number;
  atMicros: number;
  atByte: number;
  frameAtByte: number;
  frameBytes: number;
}

/** Where a message begins: the byte itself, or its packet's frame when fragments hide the byte. `stretch` is
 *  how many of the stream's bytes follow each other there: to the end of the packet. */
export interface Origin {
  readonly evidence: string;
  readonly packet: number;
  readonly atMicros: number;
  readonly atByte: number;
  readonly stretch: number;
  readonly frameBytes: number | null;
}

/** The origin of the message that begins at this index of the chunk. */
export function originOf(chunk: Chunk, index: number): Origin {
  const { evidence, packet, atMicros } = chunk;
  const isWhole = Number.isNaN(chunk.atByte);
  return {
    evidence,
    packet,
    atMicros,
    atByte: isWhole ? chunk.frameAtByte : chunk.atByte + index,
    stretch: chunk.end - index,
    frameBytes: isWhole ? chunk.frameBytes : null,
  };
}

/** The place of a message of `messageBytes` bytes that begins at `origin`: of one that goes on in later
 *  packets the part in its first, because behind it headers follow. */
export function placeAt(origin: Origin, messageBytes: number): Place {
  const { evidence, packet, atByte, stretch, frameBytes } = origin;
  return { evidence, atByte, byteLength: frameBytes ?? Math.min(messageBytes, stretch), packet, line: null };
}
