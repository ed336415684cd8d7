/** The field of the curve y² = x³ + 7. Source: SEC 2, section 2.4.1 ("secp256k1"). */
const PRIME = 2n ** 256n - 2n ** 32n - 977n;

/** The uncompressed public key whose first coordinate is these 32 bytes, and whose second is odd or even.
 *
 *  Shape: 65 bytes, 04 first. Errors: none; null where the curve has no such point.
 *  Source: SEC 1, section 2.3.4. The prime is 3 more than a multiple of 4: a root is a power.
 *  Limits: not in constant time; public keys only.
 */
export function uncompressedKey(x: Uint8Array, isOdd: boolean): Uint8Array | null {
  let value = 0n;
  for (const byte of x) value = (value << 8n) | BigInt(byte);
  if (value >= PRIME) return null;
  const square = (value * value * value + 7n) % PRIME;
  const root = power(square, (PRIME + 1n) / 4n);
  if ((root * root) % PRIME !== square) return null;
  let y = (root & 1n) === (isOdd ? 1n : 0n) ? root : PRIME - root;
  const key = new Uint8Array(65);
  key[0] = 4;
  key.set(x, 1);
  for (let at = 64; at > 32; at--, y >>= 8n) key[at] = Number(y & 0xffn);
  return key;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}
