/** The four bytes at `at` as a number, least significant first; the caller has checked them. */
export function uint32le(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

const TWO_32 = 2 ** 32;
/** Upper halves below this leave the whole within 2^53. */
const EXACT_HIGH = 2 ** 21;

/** The eight bytes at `at`, likewise. */
export function uint64le(bytes: Uint8Array, at: number): bigint {
  const low = uint32le(bytes, at);
  const high = uint32le(bytes, at + 4);
  return high < EXACT_HIGH ? BigInt(high * TWO_32 + low) : (BigInt(high) << 32n) | BigInt(low);
}
