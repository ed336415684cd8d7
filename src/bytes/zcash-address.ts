import { decodeBase58Check } from "./base58check.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";

/** Two version bytes and a 20-byte hash. */
const BYTES = 22;
const CHARS = 35;

/** Source: Zcash protocol specification § 5.6.1.1 "Transparent Addresses", mainnet. */
const FORMS: ReadonlyMap<number, string> = new Map([
  [0x1cb8, "t1"],
  [0x1cbd, "t3"],
]);

/** Recognises a transparent Zcash mainnet address: t1… (P2PKH) or t3… (P2SH).
 *
 *  Errors: none; null when length, checksum or version bytes are wrong.
 *  Source: Zcash protocol specification § 5.6.1.1.
 *  Limits: shielded and unified addresses are not read; pools pay to transparent ones.
 */
export function parseZcashAddress(text: string): ParsedWallet | null {
  if (text.length !== CHARS) return null;
  const payload = decodeBase58Check(text);
  if (payload === null || payload.length !== BYTES) return null;
  const form = FORMS.get(((payload[0] ?? 0) << 8) | (payload[1] ?? 0));
  return form === undefined ? null : { address: text, coin: "zec", form, checked: true };
}
