import { sha256 } from "@noble/hashes/sha2.js";
import { createBase58check } from "@scure/base";
import { decoded } from "./decoded.ts";

const codec = createBase58check(sha256);

/** Longest text that is decoded: a version of two bytes and a 20-byte hash need 36 characters at most. */
const MAX_CHARS = 40;

/** Decodes Base58Check: base58 with the first four bytes of double SHA-256 behind the payload.
 *
 *  Shape: the payload, version bytes included, without the checksum.
 *  Errors: none; null when longer than 40 characters, off the alphabet, or of a wrong checksum.
 *  Source: Bitcoin Core src/base58.cpp, DecodeBase58Check.
 */
export function decodeBase58Check(text: string): Uint8Array | null {
  if (text.length > MAX_CHARS) return null;
  return decoded(() => codec.decode(text));
}
