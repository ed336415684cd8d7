import type { Side } from "../wire.ts";
import type { Chunk } from "./chunk.ts";

/** What reads the bytes of a tracked stream.
 *
 *  `feed` takes in-order bytes of one side and says who reads on: itself, another decoder (which gets what is
 *  left between `chunk.at` and `chunk.end`), or null: the stream is of no interest and is dropped.
 */
export interface Decoder {
  feed(side: Side, chunk: Chunk): Decoder | null;
  /** Bytes of memory, about, that it holds until its stream goes on; counted against those of all streams. */
  readonly held: number;
  /** Bytes are missing here; what follows begins anywhere. */
  lost(side: Side): void;
  /** The stream is over; lays down what was found. */
  end(): void;
}
