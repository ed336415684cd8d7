import { parseBitcoinAddress } from "./bitcoin-address.ts";
import { parseDashAddress } from "./dash-address.ts";
import { parseEthereumAddress } from "./ethereum-address.ts";
import { parseLitecoinAddress } from "./litecoin-address.ts";
import { parseMoneroAddress } from "./monero-address.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";
import { parseZcashAddress } from "./zcash-address.ts";

export type { ParsedWallet } from "./parsed-wallet.ts";

interface Matcher {
  /** Shortest and longest address in characters: text of another length is never decoded. */
  readonly minLength: number;
  readonly maxLength: number;
  /** First characters that its addresses can have. */
  readonly leads: string;
  readonly parse: (text: string) => ParsedWallet | null;
}

/** In the order of trial, the form with the most redundancy first. No text is valid in two rows: they
 *  differ in length, alphabet or version bytes, so the order decides speed and never the answer. */
const MATCHERS: readonly Matcher[] = [
  { minLength: 95, maxLength: 106, leads: "48", parse: parseMoneroAddress },
  { minLength: 42, maxLength: 42, leads: "0", parse: parseEthereumAddress },
  { minLength: 35, maxLength: 512, leads: "tzu", parse: parseZcashAddress },
  { minLength: 14, maxLength: 90, leads: "13bB", parse: parseBitcoinAddress },
  { minLength: 26, maxLength: 90, leads: "LMl", parse: parseLitecoinAddress },
  { minLength: 26, maxLength: 35, leads: "X7", parse: parseDashAddress },
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
    if (!matcher.leads.includes(text.charAt(0))) continue;
    const wallet = matcher.parse(text);
    if (wallet !== null) return wallet;
  }
  return null;
}
