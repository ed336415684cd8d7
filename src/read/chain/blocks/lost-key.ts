import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { HEADER } from "../../../bytes/bitcoin-header.ts";
import { uint32le } from "../../../bytes/little-endian.ts";
import { BITCOIN_NETWORKS } from "../../../tables/bitcoin-networks.ts";
import { MAX_BLOCK_BYTES } from "./records.ts";

const PREFIX_BYTES = 8;
const KEY_BYTES = 8;
const HALF = 4;
/** The hash before ends with zeros, for it is small: its last eight bytes lie here in the file. Their halves
 *  meet the second and then the first half of the key. */
const ZEROS_AT = PREFIX_BYTES + HEADER.merkleRoot - KEY_BYTES;

/** The key that a block file was XORed with, from what every file begins with: a magic, and a block whose
 *  predecessor's hash ends with eight zeros.
 *
 *  Shape: that the second record begins with the magic too, or the file ends there, confirms it.
 *  Errors: null where it is not found; throws those of the file system.
 *  Limits: hashes of mainnet are so small since 2014, and the first block has no predecessor; a folder
 *  without its first file and without any since then keeps its key.
 */
export function lostKey(path: string): Uint8Array | null {
  const fd = openSync(path, "r");
  try {
    const { size } = fstatSync(fd);
    const head = new Uint8Array(ZEROS_AT + KEY_BYTES);
    if (readSync(fd, head, 0, head.length, 0) < head.length) return null;
    const key = new Uint8Array([
      ...head.subarray(ZEROS_AT + HALF),
      ...head.subarray(ZEROS_AT, ZEROS_AT + HALF),
    ]);
    const clear = head.map((byte, at) => byte ^ key[at % KEY_BYTES]!);
    if (!isMagic(clear)) return null;
    const next = PREFIX_BYTES + uint32le(clear, HALF);
    if (next > Math.min(size, MAX_BLOCK_BYTES)) return null;
    const second = new Uint8Array(HALF);
    const isLast = readSync(fd, second, 0, HALF, next) < HALF;
    return isLast || second.every((byte, i) => (byte ^ key[(next + i) % KEY_BYTES]!) === clear[i])
      ? key
      : null;
  } finally {
    closeSync(fd);
  }
}

function isMagic(bytes: Uint8Array): boolean {
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return BITCOIN_NETWORKS.some((row) => row.magic === magic);
}
