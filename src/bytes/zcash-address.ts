import { bech32 } from "@scure/base";
import { decodeBase58Check } from "./base58check.ts";
import { decoded } from "./decoded.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";
import { isUnifiedAddress } from "./zcash-unified.ts";

/** Two version bytes and a 20-byte hash. */
const BYTES = 22;
const CHARS = 35;

/** Source: Zcash protocol specification § 5.6.1.1 "Transparent Addresses", mainnet. */
const FORMS: ReadonlyMap<number, string> = new Map([
  [0x1cb8, "t1"],
  [0x1cbd, "t3"],
]);

/** Diversifier and key. Source: Zcash protocol specification § 5.6.3.1 "Sapling Payment Addresses". */
const SAPLING_BYTES = 43;
const SAPLING_PREFIX = "zs";
const SAPLING_CHARS = 78;

/** Recognises a Zcash mainnet address: t1… (P2PKH), t3… (P2SH), zs1… (Sapling) or u1… (unified).
 *
 *  Errors: none; null when length, checksum or version is wrong.
 *  Source: Zcash protocol specification § 5.6.1.1 and § 5.6.3.1; ZIP 316.
 *  Limits: Sprout addresses (zc…), which nobody can pay to any more, and TEX addresses are not read.
 */
export function parseZcashAddress(text: string): ParsedWallet | null {
  const form = formOf(text);
  return form === null ? null : { address: text, coin: "zec", form, checked: true };
}

function formOf(text: string): string | null {
  if (text.length === CHARS) return transparentForm(text);
  if (text.length === SAPLING_CHARS && text.startsWith("zs1")) return isSapling(text) ? "sapling" : null;
  return isUnifiedAddress(text) ? "unified" : null;
}

function transparentForm(text: string): string | null {
  const payload = decodeBase58Check(text);
  if (payload === null || payload.length !== BYTES) return null;
  return FORMS.get(((payload[0] ?? 0) << 8) | (payload[1] ?? 0)) ?? null;
}

function isSapling(text: string): boolean {
  const found = bech32.decodeUnsafe(text, SAPLING_CHARS);
  if (found === undefined || found.prefix !== SAPLING_PREFIX) return false;
  return decoded(() => bech32.fromWords(found.words))?.length === SAPLING_BYTES;
}
