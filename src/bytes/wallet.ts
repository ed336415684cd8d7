import { parseBitcoinAddress } from "./bitcoin-address.ts";
import { parseEthereumAddress } from "./ethereum-address.ts";
import { parseMoneroAddress } from "./monero-address.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";
import { parseZcashAddress } from "./zcash-address.ts";

export type { ParsedWallet } from "./parsed-wallet.ts";

interface Matcher {
  /** Shortest and longest address in characters: text of another length is never decoded. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly parse: (text: string) => ParsedWallet | null;
}

/** In the order of trial, the form with the most redundancy first. No text is valid in two rows: they
 *  differ in length, alphabet or version bytes, so the order decides speed and never the answer. */
const MATCHERS: readonly Matcher[] = [
  { minLength: 95, maxLength: 106, parse: parseMoneroAddress },
  { minLength: 42, maxLength: 42, parse: parseEthereumAddress },
  { minLength: 35, maxLength: 35, parse: parseZcashAddress },
  { minLength: 14, maxLength: 90, parse: parseBitcoinAddress },
];

/** Recognises a payment address by its checksum.
 *
 *  Shape: the whole text is the address (no worker, payment id or difficulty behind it); mainnet only.
 *  `address` is the text as given, but for bech32 in capitals, which becomes lower case as BIP 173 prints it.
 *  Errors: none; what does not validate is null, whatever its length.
 *  Source: see each family's file.
 *  Limits: Bitcoin's base58 forms are also those of Bitcoin Cash (legacy form) and, for "3…", of old Litecoin
 *  addresses; they are told as btc.
 */
export function parseWallet(text: string): ParsedWallet | null {
  for (const matcher of MATCHERS) {
    if (text.length < matcher.minLength || text.length > matcher.maxLength) continue;
    const wallet = matcher.parse(text);
    if (wallet !== null) return wallet;
  }
  return null;
}
