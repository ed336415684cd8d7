// Stratum V2 opens with a Noise NX handshake whose every byte looks random:
//
//   client → server   64 bytes: an ephemeral key in ElligatorSwift form
//   server → client  234 bytes: key (64), encrypted static key (64 + 16), encrypted certificate (74 + 16);
//                    170 by the "message length" line of older drafts
// Source: Stratum V2 specification, § 4.5 Noise protocol handshake.

const CLIENT_BYTES = 64;
const SERVER_BYTES = new Set([170, 234]);

/** Distinct byte values that random bytes reach: 56.7 with a standard deviation of 2.3 at 64 bytes, 124.4 and
 *  4.4 at 170, 153.6 and 4.9 at 234. The limits lie four to five deviations below; of 200,000 random draws of
 *  each length 6, 0 and 0 fell below them. */
const DISTINCT_AT_LEAST = new Map([
  [64, 47],
  [170, 102],
  [234, 129],
]);

/** Set bits: half of them, within five standard deviations (√bits ÷ 2). */
const BIT_DEVIATIONS = 5;

const seen = new Uint8Array(256);

/** Whether a client's first flight may open Stratum V2: exactly 64 bytes that look random. Allocates nothing.
 *
 *  Limits: any protocol that opens with 64 random bytes looks the same. Measured on nDPI's 538 captures and
 *  12 long ones (5,570 first payloads): one false opening (a speed test), one false answer, none with both;
 *  so ask for the server's flight too before calling it Stratum V2.
 */
export function looksLikeNoiseOpening(bytes: Uint8Array, at: number, end: number): boolean {
  return end - at === CLIENT_BYTES && looksRandom(bytes, at, end);
}

/** Whether a server's first flight may answer such an opening: exactly 234 or 170 bytes that look random. */
export function looksLikeNoiseAnswer(bytes: Uint8Array, at: number, end: number): boolean {
  return SERVER_BYTES.has(end - at) && looksRandom(bytes, at, end);
}

function looksRandom(bytes: Uint8Array, at: number, end: number): boolean {
  seen.fill(0);
  let distinct = 0;
  let set = 0;
  for (let i = at; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (seen[byte] === 0) distinct++;
    seen[byte] = 1;
    for (let rest = byte; rest !== 0; rest &= rest - 1) set++;
  }
  const bits = 8 * (end - at);
  const slack = (BIT_DEVIATIONS * Math.sqrt(bits)) / 2;
  return distinct >= (DISTINCT_AT_LEAST.get(end - at) ?? 256) && Math.abs(set - bits / 2) <= slack;
}
