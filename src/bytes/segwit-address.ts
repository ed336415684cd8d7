import { bech32, bech32m } from "@scure/base";
import { decoded } from "./decoded.ts";

/** Longest bech32 text. Source: BIP 173, "Bech32". */
const BECH32_MAX_CHARS = 90;

const MAX_WITNESS_VERSION = 16;

type WitnessForm = "p2wpkh" | "p2wsh" | "p2tr" | "witness-unknown";

/** Witness programs with a meaning, by version and length in bytes; version 0 allows no others.
 *  Source: BIP 141 ("Witness program"), BIP 341 ("Script validation rules"). */
const WITNESS_FORMS: readonly {
  readonly version: number;
  readonly bytes: number;
  readonly form: WitnessForm;
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

/** What a segwit address holds. */
export interface SegwitAddress {
  /** Human-readable part, in small letters. */
  readonly hrp: string;
  readonly version: number;
  readonly program: Uint8Array;
}

/** Decodes a segwit address of any network.
 *
 *  Errors: none; null when the checksum, the version or the program's length is wrong.
 *  Source: BIP 173, BIP 350.
 */
export function decodeSegwit(text: string): SegwitAddress | null {
  const plain = bech32.decodeUnsafe(text, BECH32_MAX_CHARS);
  // Only then: a decoder that fails takes five times as long as one that does not.
  const told = plain ?? bech32m.decodeUnsafe(text, BECH32_MAX_CHARS);
  const version = told?.words[0];
  if (told === undefined || version === undefined || version > MAX_WITNESS_VERSION) return null;
  // BIP 350: version 0 keeps the old constant, every later version has the new one.
  if ((version === 0) !== (plain !== undefined)) return null;
  const program = decoded(() => bech32.fromWords(told.words.slice(1)));
  if (program === null || witnessForm(version, program.length) === null) return null;
  return { hrp: told.prefix, version, program };
}

/** Writes a witness program as the address of a network: bech32 for version 0, bech32m for later ones. */
export function encodeSegwit({ hrp, version, program }: SegwitAddress): string {
  const codec = version === 0 ? bech32 : bech32m;
  return codec.encode(hrp, [version, ...bech32.toWords(program)], BECH32_MAX_CHARS);
}

/** The form of a witness program of a version and length in bytes.
 *
 *  Shape: one that no rule gives a meaning yet is of the form "witness-unknown".
 *  Errors: none; null for what is no witness program, or cannot be spent.
 *  Source: BIP 141 ("Witness program"), BIP 341.
 */
export function witnessForm(version: number, bytes: number): WitnessForm | null {
  if (version > MAX_WITNESS_VERSION || bytes < 2 || bytes > 40) return null;
  const known = WITNESS_FORMS.find((row) => row.version === version && row.bytes === bytes);
  if (known === undefined && version === 0) return null;
  return known?.form ?? "witness-unknown";
}

/** The form of a segwit address whose prefix was looked at.
 *
 *  Errors: none; null when the checksum, the version or the program's length is wrong.
 */
export function segwitForm(text: string): WitnessForm | null {
  const told = decodeSegwit(text);
  return told === null ? null : witnessForm(told.version, told.program.length);
}
