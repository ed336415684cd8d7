import { sha256 } from "@noble/hashes/sha2.js";
import { createBase58check } from "@scure/base";
import { decoded } from "./decoded.ts";

const codec = createBase58check(sha256);

/** Longest address that is decoded: a version of two bytes and a 20-byte hash need 36 characters at most. */
const MAX_CHARS = 40;

/** Decodes Base58Check: base58 with the first four bytes of double SHA-256 behind the payload.
 *
 *  Shape: the payload, version bytes included, without the checksum.
 *  Errors: none; null when longer than `most` characters, off the alphabet, or of a wrong checksum.
 *  Source: Bitcoin Core src/base58.cpp, DecodeBase58Check.
 */
export function decodeBase58Check(text: string, most = MAX_CHARS): Uint8Array | null {
  if (text.length > most) return null;
  return decoded(() => codec.decode(text));
}

/** Encodes a payload, version bytes included, as Base58Check. */
export function encodeBase58Check(payload: Uint8Array): string {
  return codec.encode(payload);
}

/** Version byte and 20-byte hash. */
const HASH_BYTES = 21;

/** The form of an address of one version byte and a 20-byte hash, as all children of Bitcoin have it.
 *
 *  Shape: what `forms` says of the version byte. Errors: none; null for what is no such address.
 */
export function hashForm(text: string, forms: ReadonlyMap<number, string>): string | null {
  const payload = decodeBase58Check(text);
  if (payload === null || payload.length !== HASH_BYTES) return null;
  return forms.get(payload[0] ?? -1) ?? null;
}
