// A unified Zcash address after bech32m and F4Jumble: items, each with its typecode and length, in the order
// of their typecodes, and 16 bytes of padding that repeat the human-readable part.

import { bech32m } from "@scure/base";
import { decoded } from "./decoded.ts";
import { f4jumbleInverse } from "./f4jumble.ts";

const PREFIX = "u";
const PADDING_BYTES = 16;
/** Four receivers of the known kinds take 213 characters; the rest is room for kinds to come. */
const MOST_CHARS = 512;

/** Bytes of a receiver by typecode: P2PKH, P2SH, Sapling, Orchard. Source: ZIP 316, "Encoding of Unified
 *  Addresses". */
const RECEIVER_BYTES: readonly number[] = [20, 20, 43, 43];
const P2SH = 1;

/** Whether the text is a unified Zcash mainnet address (u1…).
 *
 *  Errors: none. Source: ZIP 316 (Revision 0).
 *  Limits: keys are not checked to be points of their curves; receivers of unknown kinds are passed over.
 */
export function isUnifiedAddress(text: string): boolean {
  if (text.length > MOST_CHARS || !text.startsWith("u1")) return false;
  const found = bech32m.decodeUnsafe(text, MOST_CHARS);
  if (found === undefined || found.prefix !== PREFIX) return false;
  const jumbled = decoded(() => bech32m.fromWords(found.words));
  const bytes = jumbled === null ? null : f4jumbleInverse(jumbled);
  if (bytes === null) return false;
  const body = bytes.length - PADDING_BYTES;
  for (let i = 0; i < PADDING_BYTES; i++) {
    if (bytes[body + i] !== (i === 0 ? PREFIX.charCodeAt(0) : 0)) return false;
  }
  return hasReceivers(bytes.subarray(0, body));
}

/** Whether the items fill the bytes, ascend, and hold a shielded receiver and at most one transparent one. */
function hasReceivers(bytes: Uint8Array): boolean {
  let at = 0;
  let last = -1;
  let shielded = false;
  let transparent = 0;
  while (at < bytes.length) {
    const type = compactSize(bytes, at);
    const length = type === null ? null : compactSize(bytes, type.end);
    if (type === null || length === null) return false;
    if (type.value <= last || length.end + length.value > bytes.length) return false;
    if ((RECEIVER_BYTES[type.value] ?? length.value) !== length.value) return false;
    if (type.value <= P2SH) transparent += 1;
    else shielded = true;
    last = type.value;
    at = length.end + length.value;
  }
  return shielded && transparent <= 1;
}

/** Bitcoin's CompactSize, up to three bytes; longer ones stand in no address. */
function compactSize(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  const first = bytes[at];
  if (first === undefined || first > 0xfd) return null;
  if (first < 0xfd) return { value: first, end: at + 1 };
  const value = (bytes[at + 1] ?? 0) | ((bytes[at + 2] ?? 0) << 8);
  return at + 2 < bytes.length && value >= 0xfd ? { value, end: at + 3 } : null;
}
