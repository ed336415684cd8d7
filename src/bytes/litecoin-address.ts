import { hashForm } from "./base58check.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";
import { isSegwit, segwitForm } from "./segwit-address.ts";

/** Source: Litecoin Core src/chainparams.cpp, CMainParams::base58Prefixes (PUBKEY_ADDRESS,
 *  SCRIPT_ADDRESS2). */
const BASE58_FORMS: ReadonlyMap<number, string> = new Map([
  [0x30, "p2pkh"],
  [0x32, "p2sh"],
]);

/** Source: as above, bech32_hrp. */
const PREFIX = "ltc1";

/** Recognises a Litecoin mainnet address: L… (P2PKH), M… (P2SH) or ltc1….
 *
 *  Errors: none; null when the checksum, the version or the program's length is wrong.
 *  Limits: the old P2SH form 3… is that of Bitcoin and told as Bitcoin's; MWEB addresses (ltcmweb1…) are not
 *  read.
 */
export function parseLitecoinAddress(text: string): ParsedWallet | null {
  const segwit = isSegwit(text, PREFIX);
  const form = segwit ? segwitForm(text) : hashForm(text, BASE58_FORMS);
  return form === null
    ? null
    : { address: segwit ? text.toLowerCase() : text, coin: "ltc", form, checked: true };
}
