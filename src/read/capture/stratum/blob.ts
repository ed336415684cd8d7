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

/** Longest varint of a 64-bit number. */
const MAX_VARINT = 10;

function byteAt(hex: string, index: number): number {
  return Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
}

function varintAt(hex: string, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let i = 0; i < MAX_VARINT; i++) {
    const byte = byteAt(hex, at + i);
    if (Number.isNaN(byte)) return null;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}

/** Reads the head of a hashing blob from hex; null when the text ends before the nonce does. */
export function blobHead(hex: string): BlobHead | null {
  const version = varintAt(hex, 0);
  const minor = version === null ? null : varintAt(hex, version.next);
  const time = minor === null ? null : varintAt(hex, minor.next);
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
