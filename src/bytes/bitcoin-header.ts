import { HEADER_BYTES } from "./bitcoin-layout.ts";
import { uint32le } from "./little-endian.ts";

/** Offsets in the header of a block.
 *
 *  | OFFSET | SIZE | MEANING                                                              |
 *  | ------ | ---- | -------------------------------------------------------------------- |
 *  | 0      | 4    | version                                                              |
 *  | 4      | 32   | hash of the block before                                             |
 *  | 36     | 32   | Merkle root of the transactions' ids                                 |
 *  | 68     | 4    | time, seconds since 1970                                             |
 *  | 72     | 4    | bits: what the hash must not exceed, as mantissa and exponent of 256 |
 *  | 76     | 4    | nonce                                                                |
 */
export const HEADER = { version: 0, previous: 4, merkleRoot: 36, time: 68, bits: 72 } as const;

const HASH_BYTES = 32;
const MANTISSA_BYTES = 3;
const SIGN_BIT = 0x800000;

/** Hashes that a header of these bits takes, on average: 2^256 / (limit + 1); 0 for bits that no block has.
 *
 *  Source: Bitcoin Core src/chain.cpp (GetBlockProof), src/arith_uint256.cpp (SetCompact).
 *  Limits: to 53 bits.
 */
export function workOf(bits: number): number {
  const mantissa = bits & 0xffffff;
  const exponent = bits >>> 24;
  if (mantissa === 0 || mantissa >= SIGN_BIT || exponent > HASH_BYTES + 1) return 0;
  return Math.floor(2 ** 256 / (Math.floor(mantissa * 256 ** (exponent - MANTISSA_BYTES)) + 1));
}

/** Whether a hash, in the order in which blocks hold it, is within the limit of the bits. */
export function meetsBits(hash: Uint8Array, bits: number): boolean {
  if (workOf(bits) === 0) return false;
  const exponent = bits >>> 24;
  for (let at = HASH_BYTES - 1; at >= 0; at--) {
    const digit = at - (exponent - MANTISSA_BYTES);
    const limit = digit < 0 || digit >= MANTISSA_BYTES ? 0 : (bits >>> (8 * digit)) & 0xff;
    if (hash[at] !== limit) return hash[at]! < limit;
  }
  return true;
}

/** The greatest height that a coinbase's first push is read for: four bytes. */
const MOST_HEIGHT = 2 ** 31 - 1;
const OP_1 = 0x51;
const OP_16 = 0x60;

/** The height that a block's coinbase tells, if all of it lies before `end`; -1 where it tells none.
 *
 *  Source: BIP 34: blocks of version 2 begin the coinbase's script with the height.
 *  Limits: miners were held to it from mainnet's block 227,836 on. An older block of version 2 can tell
 *  anything, and one of version 1 happens to begin with something that looks like a height: the latter is not
 *  read.
 */
export function toldHeight(bytes: Uint8Array, at: number, end: number): number {
  if ((uint32le(bytes, at + HEADER.version) | 0) < 2) return -1;
  let from = at + HEADER_BYTES;
  const count = bytes[from] ?? 0;
  from += (count < 0xfd ? 1 : 1 + (1 << (count - 0xfc))) + 4;
  if (bytes[from] === 0) from += 2;
  // One input, the output that it does not spend, length of the script.
  from += 1 + 36 + 1;
  const width = bytes[from] ?? 0;
  if (from + 5 > end) return -1;
  if (width >= OP_1 && width <= OP_16) return width - OP_1 + 1;
  if (width < 1 || width > 4) return -1;
  let height = 0;
  for (let byte = width; byte > 0; byte--) height = height * 256 + bytes[from + byte]!;
  return height <= MOST_HEIGHT ? height : -1;
}
