// Seed phrases and private keys in PEM form: found, counted, never kept.

import { SEED_WORDS, seedPhraseIn } from "../../bytes/seed-phrase.ts";
import { WORDS } from "./classes.ts";
import { BEHIND, type Region, type Span, textOf } from "./region.ts";
import { eachRun } from "./runs.ts";

/** 12 words of 3 letters and the spaces between them. */
const LEAST_PHRASE_CHARS = 47;
/** Letters of a word of BIP 39's list (3 to 8) or Monero's (4 to 12). */
const LEAST_LETTERS = 3;
const MOST_LETTERS = 12;
/** A row of more such words is prose or a list of words. */
const MOST_WORDS = 64;
const SPACE = 32;

/** Calls back with every seed phrase of single-spaced words in small letters that begins in [from, limit). */
export function eachSeedPhrase(region: Region, take: (span: Span) => void): void {
  const { from, limit } = region;
  const wider = { ...region, from: Math.max(0, from - BEHIND) };
  eachRun(wider, { table: WORDS, least: LEAST_PHRASE_CHARS }, (start, stop) => {
    eachRow(region, { start, stop }, (span) => {
      const found = phraseAt(region, span);
      if (found !== null && found.start >= from && found.start < limit) take(found);
    });
  });
}

/** Rows of at least 12 words of a fitting length, without a copy of any. */
function eachRow({ bytes }: Region, { start, stop }: Span, take: (span: Span) => void): void {
  let rowStart = start;
  let words = 0;
  let wordStart = start;
  for (let at = start; at <= stop; at++) {
    if (at < stop && bytes[at] !== SPACE) continue;
    const letters = at - wordStart;
    if (letters >= LEAST_LETTERS && letters <= MOST_LETTERS) words += 1;
    else {
      if (words >= SEED_WORDS.least && words <= MOST_WORDS) take({ start: rowStart, stop: wordStart - 1 });
      words = 0;
      rowStart = at + 1;
    }
    wordStart = at + 1;
  }
  if (words >= SEED_WORDS.least && words <= MOST_WORDS) take({ start: rowStart, stop });
}

function phraseAt(region: Region, { start, stop }: Span): Span | null {
  const words = textOf(region, start, stop).split(" ");
  const found = seedPhraseIn(words);
  if (found === null) return null;
  const before = words.slice(0, found.at).reduce((chars, word) => chars + word.length + 1, 0);
  return {
    start: start + before,
    stop: start + before + words.slice(found.at, found.end).join(" ").length,
  };
}

const PEM_END = Buffer.from("PRIVATE KEY-----");
/** Source: RFC 7468 § 10, and the labels that OpenSSL and OpenSSH put before "PRIVATE KEY". */
const PEM_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}$/;
const PEM_LABEL_CHARS = 80;
/** What follows a label that is no mere word of a program: a line of base64, or the header of an encrypted
 *  key (RFC 1421). Line ends can be written as escapes. */
const PEM_BODY = /^(?:\s|\\[nr]|["'+]){0,12}(?:Proc-Type:|[A-Za-z0-9+/]{40})/;
const PEM_BODY_CHARS = 60;

/** Calls back with the first line of every private key in PEM form whose "PRIVATE" lies in [from, limit). */
export function eachPemKey(region: Region, take: (span: Span) => void): void {
  const { bytes, from, limit, end } = region;
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(end, limit + PEM_END.length - 1));
  for (let at = searched.indexOf(PEM_END, from); at !== -1; at = searched.indexOf(PEM_END, at + 1)) {
    const label = PEM_BEGIN.exec(textOf(region, Math.max(0, at - PEM_LABEL_CHARS), at));
    if (label === null) continue;
    const stop = at + PEM_END.length;
    const body = textOf(region, stop, Math.min(end, stop + PEM_BODY_CHARS));
    if (PEM_BODY.test(body)) take({ start: at - label[0].length, stop });
  }
}
