/** A table that says of each byte whether it belongs to a class. */
export type ByteClass = Uint8Array;

function classOf(members: string): ByteClass {
  const table = new Uint8Array(256);
  for (let i = 0; i < members.length; i++) table[members.charCodeAt(i)] = 1;
  return table;
}

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();

export const ALPHANUMERIC = classOf(DIGITS + LOWER + UPPER);
export const LETTER = classOf(LOWER + UPPER);
export const DIGIT = classOf(DIGITS);
export const HEX = classOf(`${DIGITS}abcdefABCDEF`);
/** Source: Bitcoin Core src/base58.cpp, pszBase58. */
export const BASE58 = classOf("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
/** Source: BIP 173, "Bech32"; with the letters of the human-readable parts that are read here and the "1". */
export const BECH32 = classOf("qpzry9x8gf2tvdw0s3jn54khce6mua7lQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7Lb1B");
export const WORDS = classOf(`${LOWER} `);
export const HOST_NAME = classOf(`${DIGITS}${LOWER}${UPPER}.-`);

/** Whether all bytes of a stretch are of a class. */
export function allOf(bytes: Uint8Array, span: { start: number; stop: number }, table: ByteClass): boolean {
  for (let i = span.start; i < span.stop; i++) if (table[bytes[i] ?? 0] === 0) return false;
  return true;
}
