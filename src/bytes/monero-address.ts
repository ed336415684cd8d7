// A Monero mainnet address, once base58-decoded:
//
//   OFFSET  SIZE  MEANING
//   0       1     network byte: 18 standard, 19 integrated, 42 subaddress (a varint, one byte for these)
//   1       32    public spend key
//   33      32    public view key
//   65      8     payment id (integrated only)
//   65|73   4     first bytes of Keccak-256 over all that comes before
//
// Base58 goes by blocks of 8 bytes in 11 characters, the last one shorter (5 bytes in 7 characters), so that
// 69 bytes are 95 characters and 77 bytes are 106.

import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58xmr } from "@scure/base";
import { decoded } from "./decoded.ts";
import { bytesToHex } from "./hex.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";

const CHECKSUM_BYTES = 4;
const PAYMENT_ID_AT = 65;
const PAYMENT_ID_BYTES = 8;

/** Source: monero/src/cryptonote_config.h, CRYPTONOTE_PUBLIC_*ADDRESS_BASE58_PREFIX of the main network. */
const FORMS: readonly {
  readonly network: number;
  readonly form: string;
  readonly chars: number;
  readonly bytes: number;
}[] = [
  { network: 18, form: "standard", chars: 95, bytes: 69 },
  { network: 42, form: "subaddress", chars: 95, bytes: 69 },
  { network: 19, form: "integrated", chars: 106, bytes: 77 },
];

/** Recognises a Monero mainnet address: standard (4…), subaddress (8…) or integrated (4…, 106 characters).
 *
 *  Errors: none; null when length, alphabet, block overflow, network byte or checksum is wrong.
 *  Source: monero/src/common/base58.cpp (decode_addr), cryptonote_basic_impl.cpp
 *  (get_account_address_from_str).
 *  Limits: the two keys are not checked to be points of the curve; the checksum is enough against typing
 *  errors.
 */
export function parseMoneroAddress(text: string): ParsedWallet | null {
  const found = decodeMonero(text);
  return found === null ? null : { address: text, coin: "xmr", form: found.form, checked: true };
}

/** The payment id that an integrated address carries.
 *
 *  Shape: 16 lower-case hex digits; null for any other form and for what is no valid address.
 *  Source: monero/src/cryptonote_basic/cryptonote_basic_impl.cpp, integrated_address.
 */
export function moneroPaymentId(address: string): string | null {
  const found = decodeMonero(address);
  if (found === null || found.form !== "integrated") return null;
  return bytesToHex(found.bytes.subarray(PAYMENT_ID_AT, PAYMENT_ID_AT + PAYMENT_ID_BYTES));
}

/** Why a text that looks like a Monero address is none.
 *
 *  Shape: a phrase such as "its checksum is wrong"; null for a valid address.
 *  Errors: none; any text has an answer.
 */
export function moneroFault(text: string): string | null {
  const rows = FORMS.filter((row) => row.chars === text.length);
  if (rows.length === 0) return `it has ${text.length} characters, an address has 95 or 106`;
  const foreign = /[^1-9A-HJ-NP-Za-km-z]/u.exec(text);
  if (foreign !== null) return `its character ${foreign.index + 1}, "${foreign[0]}", is none of base58`;
  const bytes = decoded(() => base58xmr.decode(text));
  if (bytes === null) return "one of its blocks stands for a number that is too large";
  if (!rows.some((row) => row.network === bytes[0])) {
    return `its network byte is ${bytes[0]}, a main network address of this length has ${networks(rows)}`;
  }
  return isChecked(bytes) ? null : "its checksum is wrong";
}

function networks(rows: typeof FORMS): string {
  return rows.map((row) => row.network).join(" or ");
}

function decodeMonero(text: string): { readonly form: string; readonly bytes: Uint8Array } | null {
  if (!FORMS.some((row) => row.chars === text.length)) return null;
  const bytes = decoded(() => base58xmr.decode(text));
  if (bytes === null) return null;
  const row = FORMS.find((row) => row.network === bytes[0] && row.bytes === bytes.length);
  return row !== undefined && isChecked(bytes) ? { form: row.form, bytes } : null;
}

function isChecked(bytes: Uint8Array): boolean {
  const body = bytes.length - CHECKSUM_BYTES;
  const digest = keccak_256(bytes.subarray(0, body));
  for (let i = 0; i < CHECKSUM_BYTES; i++) if (bytes[body + i] !== digest[i]) return false;
  return true;
}
