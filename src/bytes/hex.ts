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
