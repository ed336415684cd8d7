import { hashForm } from "./base58check.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";
import { isSegwit, segwitForm } from "./segwit-address.ts";

/** Source: Bitcoin Core src/kernel/chainparams.cpp, CMainParams::base58Prefixes. */
const BASE58_FORMS: ReadonlyMap<number, string> = new Map([
  [0x00, "p2pkh"],
  [0x05, "p2sh"],
]);

/** Human-readable part and separator of mainnet. Source: BIP 173, "Segwit address format". */
const PREFIX = "bc1";

/** Recognises a Bitcoin mainnet address: base58check (1…, 3…), bech32 (bc1q…) or bech32m (bc1p… and later).
 *
 *  Shape: a witness program that no rule gives a meaning yet is of the form "witness-unknown".
 *  Errors: none; null when the checksum, the version or the program's length is wrong.
 *  Source: BIP 173, BIP 350, Bitcoin Core src/key_io.cpp (DecodeDestination).
 *  Limits: mainnet only.
 */
export function parseBitcoinAddress(text: string): ParsedWallet | null {
  const segwit = isSegwit(text, PREFIX);
  const form = segwit ? segwitForm(text) : hashForm(text, BASE58_FORMS);
  return form === null
    ? null
    : { address: segwit ? text.toLowerCase() : text, coin: "btc", form, checked: true };
}
