import { bech32, bech32m } from "@scure/base";
import { decodeBase58Check } from "./base58check.ts";
import { decoded } from "./decoded.ts";
import type { ParsedWallet } from "./parsed-wallet.ts";

/** Version byte and 20-byte hash. Source: Bitcoin Core src/kernel/chainparams.cpp,
 *  CMainParams::base58Prefixes. */
const BASE58_BYTES = 21;
const BASE58_FORMS: ReadonlyMap<number, string> = new Map([
  [0x00, "p2pkh"],
  [0x05, "p2sh"],
]);

/** Human-readable part and separator of mainnet. Source: BIP 173, "Segwit address format". */
const PREFIX = "bc1";

/** Longest bech32 text. Source: BIP 173, "Bech32". */
const BECH32_MAX_CHARS = 90;

const MAX_WITNESS_VERSION = 16;

/** Witness programs with a meaning, by version and length in bytes; version 0 allows no others.
 *  Source: BIP 141 ("Witness program"), BIP 341 ("Script validation rules"). */
const WITNESS_FORMS: readonly {
  readonly version: number;
  readonly bytes: number;
  readonly form: string;
}[] = [
  { version: 0, bytes: 20, form: "p2wpkh" },
  { version: 0, bytes: 32, form: "p2wsh" },
  { version: 1, bytes: 32, form: "p2tr" },
];

/** Recognises a Bitcoin mainnet address: base58check (1…, 3…), bech32 (bc1q…) or bech32m (bc1p… and later).
 *
 *  Shape: a witness program that no rule gives a meaning yet is of the form "witness-unknown".
 *  Errors: none; null when the checksum, the version or the program's length is wrong.
 *  Source: BIP 173, BIP 350, Bitcoin Core src/key_io.cpp (DecodeDestination).
 *  Limits: mainnet only.
 */
export function parseBitcoinAddress(text: string): ParsedWallet | null {
  const folded = text.length <= BECH32_MAX_CHARS ? text.toLowerCase() : "";
  const segwit = folded.startsWith(PREFIX);
  const form = segwit ? witnessForm(text) : base58Form(text);
  return form === null ? null : { address: segwit ? folded : text, coin: "btc", form, checked: true };
}

function base58Form(text: string): string | null {
  const payload = decodeBase58Check(text);
  if (payload === null || payload.length !== BASE58_BYTES) return null;
  return BASE58_FORMS.get(payload[0] ?? -1) ?? null;
}

function witnessForm(text: string): string | null {
  const plain = bech32.decodeUnsafe(text, BECH32_MAX_CHARS);
  const modified = bech32m.decodeUnsafe(text, BECH32_MAX_CHARS);
  const words = (plain ?? modified)?.words;
  const version = words?.[0];
  if (words === undefined || version === undefined || version > MAX_WITNESS_VERSION) return null;
  // BIP 350: version 0 keeps the old constant, every later version has the new one.
  if ((version === 0) !== (plain !== undefined)) return null;
  const program = decoded(() => bech32.fromWords(words.slice(1)));
  if (program === null || program.length < 2 || program.length > 40) return null;
  const known = WITNESS_FORMS.find((row) => row.version === version && row.bytes === program.length);
  if (known === undefined && version === 0) return null;
  return known?.form ?? "witness-unknown";
}
