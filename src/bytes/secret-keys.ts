import { keyKind } from "./private-key.ts";
import { SEED_WORDS, seedPhraseIn } from "./seed-phrase.ts";

/** Base58 that stands alone and is as long as a key: 51 and 52 characters of WIF, 58 of BIP 38, 111 to 113 of
 *  an extended key. */
const BASE58 = /(?<![A-Za-z0-9])[1-9A-HJ-NP-Za-km-z]{51,113}(?![A-Za-z0-9])/g;
const LENGTHS: ReadonlySet<number> = new Set([51, 52, 58, 111, 112, 113]);
/** Extended keys whose name says that they are public. */
const PUBLIC = /^(?:[xyzYZ]pub|Ltub)/;

const ROW = new RegExp(`\\b[a-z]{3,12}(?: {1,2}[a-z]{3,12}){${SEED_WORDS.least - 1},63}\\b`, "g");

/** Text without private keys and seed phrases that their own checksum proves. Errors: none. */
export function withoutKeys(text: string, shown: string): string {
  return text
    .replace(BASE58, (run) =>
      LENGTHS.has(run.length) && !PUBLIC.test(run) && keyKind(run) !== null ? shown : run,
    )
    .replace(ROW, (row) => withoutPhrases(row, shown));
}

/** What may be the beginning of a key or of a phrase at the end of a text that was cut. */
const BEGUN = /(?:\b[1-9A-HJ-NP-Za-km-z]{12,113}|\b(?:[a-z]{3,12} {1,2}){3,24}[a-z]{0,12})$/;

/** A text that was cut, without a key at its end whose checksum was cut off. Errors: none. */
export function withoutBegunKey(text: string, shown: string): string {
  return text.replace(BEGUN, shown);
}

function withoutPhrases(row: string, shown: string): string {
  const words = row.split(/ {1,2}/);
  const found = seedPhraseIn(words);
  if (found === null) return row;
  const rest = words.slice(found.end);
  const behind = rest.length < SEED_WORDS.least ? rest : [withoutPhrases(rest.join(" "), shown)];
  return [...words.slice(0, found.at), shown, ...behind].join(" ");
}
