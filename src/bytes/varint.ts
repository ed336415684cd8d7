/** A number read from bytes and the offset behind it. */
export interface Varint {
  readonly value: number;
  readonly next: number;
}

/** 2^53 - 1 takes seven full groups of seven bits and four bits of an eighth. */
const LEB128_MAX_BYTES = 8;

/** Reads the variable-length integer of Monero blobs: seven bits a byte, least significant first, the top bit
 *  set on all bytes but the last.
 *
 *  Errors: none; null when the bytes end first, when the number exceeds 2^53 - 1, and when it is written
 *  longer than needed, which Monero refuses too.
 *  Source: monero/src/common/varint.h, read_varint (EVARINT_REPRESENT).
 *  Limits: Monero allows 64 bits; no field that is read here needs more than 53.
 */
export function readLeb128(bytes: Uint8Array, at: number): Varint | null {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < LEB128_MAX_BYTES; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      if (byte === 0 && i > 0) return null;
      return Number.isSafeInteger(value) ? { value, next: at + i + 1 } : null;
    }
    scale *= 128;
  }
  return null;
}
