import { hashForm } from "./base58check.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";

/** Source: Dash Core src/chainparams.cpp, CMainParams::base58Prefixes. */
const FORMS: ReadonlyMap<number, string> = new Map([
  [0x4c, "p2pkh"],
  [0x10, "p2sh"],
]);

/** Recognises a Dash mainnet address: X… (P2PKH) or 7… (P2SH).
 *
 *  Errors: none; null when length, checksum or version byte is wrong.
 */
export function parseDashAddress(text: string): ParsedWallet | null {
  const form = hashForm(text, FORMS);
  return form === null ? null : { address: text, coin: "dash", form, checked: true };
}
