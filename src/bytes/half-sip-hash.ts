import { uint32le } from "./little-endian.ts";

/** 64-bit fingerprints of short byte strings that nobody can make collide who does not know the key.
 *
 *  Shape: a call leaves the result in `low` and `high`, so that nothing is allocated; HalfSipHash-2-4 with a
 *  64-bit key and 64-bit result, all in 32-bit steps.
 *  Source: Aumasson, Bernstein (2012), SipHash: a fast short-input PRF, Indocrypt; reference code
 *  veorq/SipHash, halfsiphash.c.
 *  Limits: among n strings two share a fingerprint with a probability of about n² / 2^65: 1 in 370 for 10^8 …
 *  3 in 100 for 10^9.
 */
export class HalfSipHash {
  low = 0;
  high = 0;
  readonly #key0: number;
  readonly #key1: number;

  /** The first 8 bytes of `key` count. */
  constructor(key: Uint8Array) {
    if (key.length < 8) throw new RangeError(`a key of ${key.length} bytes is shorter than 8`);
    this.#key0 = uint32le(key, 0) | 0;
    this.#key1 = uint32le(key, 4) | 0;
  }

  /** Hashes bytes from `at` to before `end`.
   *
   *  All steps are two rounds with a word mixed in: those of the message, the one with its last bytes and its
   *  length, and four with nothing, so that the state can stay in variables: 4 times as fast as calls.
   */
  hash(bytes: Uint8Array, at: number, end: number): void {
    let v0 = this.#key0;
    let v1 = this.#key1 ^ 0xee;
    let v2 = 0x6c796765 ^ v0;
    let v3 = 0x74656462 ^ this.#key1;
    const words = (end - at) >> 2;
    for (let step = 0; step < words + 5; step++) {
      let word = 0;
      const from = at + step * 4;
      if (step < words) word = uint32le(bytes, from) | 0;
      else if (step === words) word = lastWord(bytes, from, end) | ((end - at) << 24);
      else if (step === words + 1) v2 ^= 0xee;
      else if (step === words + 3) {
        this.low = (v1 ^ v3) >>> 0;
        v1 ^= 0xdd;
      }
      v3 ^= word;
      for (let round = 0; round < 2; round++) {
        v0 = (v0 + v1) | 0;
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
        v0 = (v0 << 16) | (v0 >>> 16);
        v2 = (v2 + v3) | 0;
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
        v0 = (v0 + v3) | 0;
        v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
        v2 = (v2 + v1) | 0;
        v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
        v2 = (v2 << 16) | (v2 >>> 16);
      }
      v0 ^= word;
    }
    this.high = (v1 ^ v3) >>> 0;
  }
}

/** The bytes behind the last whole word. */
function lastWord(bytes: Uint8Array, from: number, end: number): number {
  let word = 0;
  for (let at = end - 1; at >= from; at--) word = (word << 8) | bytes[at]!;
  return word;
}
