import { hexToBytes } from "../../../bytes/hex.ts";
import { readLeb128 } from "../../../bytes/varint.ts";

/** The start of a CryptoNote hashing blob.
 *
 *  OFFSET     SIZE   MEANING
 *  0          v      major version (varint)
 *  v          v      minor version (varint)
 *  v+v        t      time, seconds since 1970 (varint; 5 bytes from 2014 on)
 *  …          32     id of the previous block
 *  …          4      nonce
 *  …                 root of the transaction tree, count of transactions
 *
 *  Source: monero src/cryptonote_basic/cryptonote_basic.h `block_header`.
 */
export interface BlobHead {
  readonly version: number;
  readonly atSeconds: number;
  /** The nonce as the pool sent it, 8 hex digits: zeros, unless a proxy has given this miner its own part. */
  readonly nonce: string;
}

/** Three varints, the parent's id and the nonce take no more: the rest of a blob is not looked at. */
const MAX_HEAD_DIGITS = 2 * (3 * 8 + 32 + 4);

/** Reads the head of a hashing blob from hex; null when the text ends before the nonce does. */
export function blobHead(hex: string): BlobHead | null {
  const bytes = hexToBytes(hex.slice(0, Math.min(MAX_HEAD_DIGITS, hex.length & ~1)));
  if (bytes === null) return null;
  const version = readLeb128(bytes, 0);
  const minor = version === null ? null : readLeb128(bytes, version.next);
  const time = minor === null ? null : readLeb128(bytes, minor.next);
  if (version === null || time === null) return null;
  const nonce = hex.slice(2 * (time.next + 32), 2 * (time.next + 36));
  return nonce.length === 8 ? { version: version.value, atSeconds: time.value, nonce } : null;
}

/** Start of a coinbase transaction: version, one input, no previous output; then the script. */
const COINBASE = /^[0-9a-f]{8}010{64}f{8}([0-9a-f]{2})03([0-9a-f]{6})/i;

/** The height that the script of a coinbase begins with (BIP 34), from the first part of the coinbase as hex.
 *
 *  Errors: null when the text is not the start of such a coinbase.
 *  Limits: heights of three bytes only, 65,536 to 16,777,215: those of every Bitcoin block since BIP 34.
 */
export function coinbaseHeight(hex: string): number | null {
  const parts = COINBASE.exec(hex);
  const [, , low] = parts ?? [];
  if (low === undefined) return null;
  const height = Number.parseInt(low.slice(4, 6) + low.slice(2, 4) + low.slice(0, 2), 16);
  return height >= 65_536 && height < 2 ** 23 ? height : null;
}
