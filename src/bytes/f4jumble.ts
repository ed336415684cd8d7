import { blake2b } from "@noble/hashes/blake2.js";

/** Bytes of one BLAKE2b digest. */
const HASH_BYTES = 64;
/** ZIP 316: the permutation is defined for 48 bytes and more. */
const LEAST_BYTES = 48;
/** Far above any address; the permutation itself allows 4 MiB. */
const MOST_BYTES = 1024;

/** Undoes F4Jumble, the unkeyed permutation that spreads each byte of a unified address over all of it.
 *
 *  Errors: none; null for lengths that no address has.
 *  Source: ZIP 316, "Jumbling": four rounds of a Feistel network over BLAKE2b, personalised
 *  "UA_F4Jumble_H" or "UA_F4Jumble_G" with the round and the block.
 */
export function f4jumbleInverse(jumbled: Uint8Array): Uint8Array | null {
  if (jumbled.length < LEAST_BYTES || jumbled.length > MOST_BYTES) return null;
  const bytes = jumbled.slice();
  const left = bytes.subarray(0, Math.min(HASH_BYTES, bytes.length >> 1));
  const right = bytes.subarray(left.length);
  mix(left, right, { letter: "H", round: 1 });
  mix(right, left, { letter: "G", round: 1 });
  mix(left, right, { letter: "H", round: 0 });
  mix(right, left, { letter: "G", round: 0 });
  return bytes;
}

/** Adds to `into` a hash of `of`, as many blocks of it as `into` is long. */
function mix(
  into: Uint8Array,
  of: Uint8Array,
  { letter, round }: { readonly letter: "G" | "H"; readonly round: number },
): void {
  const words = new TextEncoder().encode(`UA_F4Jumble_${letter}`);
  for (let at = 0, block = 0; at < into.length; at += HASH_BYTES, block += 1) {
    const personalization = Uint8Array.of(...words, round, block & 0xff, block >> 8);
    // H hashes to the length of the left part, at most one block; G to whole blocks, the last of them cut.
    const digest = blake2b(of, { personalization, dkLen: letter === "H" ? into.length : HASH_BYTES });
    const end = Math.min(HASH_BYTES, into.length - at);
    for (let i = 0; i < end; i++) into[at + i] = (into[at + i] ?? 0) ^ (digest[i] ?? 0);
  }
}
