import { bech32, bech32m } from "@scure/base";
import { decoded } from "./decoded.ts";

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

/** Whether the text begins with this prefix ("bc1": human-readable part and separator), in small or capital
 *  letters, and is short enough for a segwit address. */
export function isSegwit(text: string, prefix: string): boolean {
  return text.length <= BECH32_MAX_CHARS && text.slice(0, prefix.length).toLowerCase() === prefix;
}

/** The form of a segwit address whose prefix was looked at.
 *
 *  Shape: a witness program that no rule gives a meaning yet is of the form "witness-unknown".
 *  Errors: none; null when the checksum, the version or the program's length is wrong.
 *  Source: BIP 173, BIP 350.
 */
export function segwitForm(text: string): string | null {
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
