const DIGITS = /^(?:[0-9a-fA-F]{2})*$/;

/** Bytes as lower-case hex, two digits each. */
export function bytesToHex(bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += byte.toString(16).padStart(2, "0");
  return out;
}

/** Bytes of a hex text in either case, without a prefix.
 *
 *  Errors: none; null for an odd number of digits or any other character. Empty text is no bytes.
 */
export function hexToBytes(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !DIGITS.test(text)) return null;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

const BYTE_HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

const HASH_BYTES = 32;

/** The 32 bytes at `at` as Bitcoin prints hashes: last byte first.
 *
 *  Limits: bytes that are missing count as 0.
 */
export function hashToHex(bytes: Uint8Array, at = 0): string {
  let out = "";
  for (let i = at + HASH_BYTES - 1; i >= at; i--) out += BYTE_HEX[bytes[i] ?? 0];
  return out;
}

/** The bytes of a hash that was printed so, in the order in which they stand in blocks.
 *
 *  Errors: none; null for what is not 64 hex digits.
 */
export function hexToHash(text: string): Uint8Array | null {
  return text.length === 2 * HASH_BYTES ? (hexToBytes(text)?.reverse() ?? null) : null;
}
