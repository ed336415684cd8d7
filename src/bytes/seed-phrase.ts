import { validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** Fewest and most words of a phrase. */
export const SEED_WORDS = { least: 12, most: 25 } as const;

/** Source: BIP 39, "Generating the mnemonic". */
const BIP39_LENGTHS: readonly number[] = [24, 21, 18, 15, 12];

/** Source: monero/src/mnemonics/electrum-words.cpp (seed_length, checksum_test); its list of English words is
 *  told by their first three letters. */
const MONERO_WORDS = 25;
const MONERO_PREFIX = 3;
const MONERO_LEAST_LETTERS = 4;
const MONERO_LEAST_DIFFERENT = 20;

let known: ReadonlySet<string> | null = null;

/** Looks for a seed phrase in words that stand in a row.
 *
 *  Shape: the indices of its first word and behind its last; null for none. A BIP 39 phrase (English) is all
 *  of a stretch of words of the list, or its end, or its beginning: one in the midst of other words of the
 *  list is taken for prose or for the list itself. Monero's must be all of the 25 words.
 *  Errors: none.
 *  Limits: a BIP 39 checksum has 4 to 8 bits, so that 12 words of the list in a row pass by chance once in
 *  16 times. Monero's 24 words are not looked up; the 25th repeats the right one of them by chance once in
 *  1,600 times. Electrum's own phrases, other languages and phrases of one word a line are not found.
 */
export function seedPhraseIn(words: readonly string[]): { readonly at: number; readonly end: number } | null {
  if (words.length === MONERO_WORDS && isMoneroSeed(words)) return { at: 0, end: words.length };
  known ??= new Set(wordlist);
  for (let at = 0; at < words.length; ) {
    if (!known.has(words[at] ?? "")) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < words.length && known.has(words[end] ?? "")) end += 1;
    const found = phraseIn(words, at, end);
    if (found !== null) return found;
    at = end + 1;
  }
  return null;
}

/** Words of one stretch: alphabetical ones are a list. */
function phraseIn(
  words: readonly string[],
  from: number,
  to: number,
): { readonly at: number; readonly end: number } | null {
  if (to - from < SEED_WORDS.least || to - from > SEED_WORDS.most) return null;
  if (isAscending(words.slice(from, to))) return null;
  for (const length of BIP39_LENGTHS) {
    for (const at of new Set([to - length, from])) {
      if (at < from || at + length > to) continue;
      if (validateMnemonic(words.slice(at, at + length).join(" "), wordlist)) return { at, end: at + length };
    }
  }
  return null;
}

function isAscending(words: readonly string[]): boolean {
  return words.every((word, index) => index === 0 || (words[index - 1] ?? "") < word);
}

/** The last word repeats one of the others, which the CRC-32 of all their first three letters points to.
 *  Words that begin alike are a list of names: of 24 drawn by chance at most a few do. */
function isMoneroSeed(words: readonly string[]): boolean {
  const drawn = words.slice(0, -1);
  if (drawn.some((word) => word.length < MONERO_LEAST_LETTERS) || isAscending(drawn)) return false;
  const prefixes = drawn.map((word) => word.slice(0, MONERO_PREFIX));
  if (new Set(prefixes).size < MONERO_LEAST_DIFFERENT) return false;
  return words.at(-1) === drawn[crc32(prefixes.join("")) % drawn.length];
}

const CRC_POLYNOMIAL = 0xedb88320;

/** CRC-32 of ASCII text as gzip computes it, bit by bit: texts are short and rare. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? CRC_POLYNOMIAL : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
