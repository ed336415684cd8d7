/** A sliding view over a stream of bytes, kept contiguous so that a record never straddles two buffers.
 *
 *  Shape: unread bytes are `bytes[at … end)`; `base` is the offset in the evidence of `bytes[0]`, so that the
 *  byte at index i lies at `base + i`. The reader moves `at`; `more()` keeps the unread bytes, appends at
 *  least one byte and resolves to true, or to false at the end. After `more()` all of `bytes`, `view`, `at`,
 *  `end`, `base` may have changed. It also resolves to false while more than `capacity` bytes are unread.
 */
export interface ByteWindow {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  readonly end: number;
  readonly base: number;
  readonly capacity: number;
  /** The stream ended early or could not be decompressed; the message says why. */
  readonly failed: string | null;
  more(): Promise<boolean>;
}
