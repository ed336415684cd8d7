import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "./hex.ts";

/** The first ten hex digits of a text's SHA-256: a short name that is the same wherever the text is.
 *
 *  Limits: two of a million different texts share one with a probability of about a half.
 */
export function fingerprint(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text))).slice(0, 10);
}
