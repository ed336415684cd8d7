/** A ring of slots in memory that two threads share; what both sides must agree on.
 *
 *  Each slot has room before its data for the unread rest of the slot before, so that no record straddles two
 *  slots. A slot's state is FREE, the number of bytes in it, or END. The cell behind the slots says that
 *  nobody parses any more: the rest is only hashed.
 */
export const SLOTS = 8;
/** Large enough that the threads seldom wait for each other,
 *  small enough that eight stay in a shared cache. */
export const SLOT_BYTES = 1 << 20;
/** Bounds the largest record: libpcap's largest snap length is 256 KiB. */
export const SLOT_HEAD_BYTES = 1 << 19;
/** SHA-256 runs at 0.81 s a GB on pieces of 64–128 KiB and at 1.16 s on 256 KiB and more (measured). */
export const PIECE_BYTES = 1 << 17;
export const FREE = 0;
export const END = -1;
export const DRAIN = 1;

/** Slots that the parsing thread fills itself, while the other thread starts (35 ms). */
export const FIRST_SLOTS = 4;

export interface RingOrder {
  readonly path: string;
  /** Bytes in the first slots. */
  readonly filled: readonly number[];
  readonly hash: boolean;
  readonly memory: SharedArrayBuffer;
  readonly states: SharedArrayBuffer;
}

/** What the reading thread reports at the end. */
export interface RingResult {
  readonly sha256: string | null;
}

/** Index of a slot's first data byte in the ring's memory. */
export function slotStart(slot: number): number {
  return slot * (SLOT_HEAD_BYTES + SLOT_BYTES) + SLOT_HEAD_BYTES;
}
