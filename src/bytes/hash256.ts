import { sha256 } from "@noble/hashes/sha2.js";

/** SHA-256 of the SHA-256: the hash of Bitcoin's blocks and transactions.
 *
 *  Shape: 32 bytes in the order of the hash function; explorers print them last byte first.
 *  Source: Bitcoin Core src/hash.h, CHash256.
 */
export function hash256(bytes: Uint8Array): Uint8Array {
  return sha256(sha256(bytes));
}
