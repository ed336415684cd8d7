// A short text around a hit, on one line, without anything that could be a secret.

import { REDACTED, redactText } from "../../bytes/secrets.ts";
import { parseWallet } from "../../bytes/wallet.ts";
import type { Region, Span } from "./region.ts";

/** Characters that are shown on each side. */
const SHOWN = 100;
/** Characters that are looked at on each side, so that a secret is met whole where its end is shown:
 *  the longest are seed phrases of 325 characters. */
const SEEN = 480;

/** Where a line ends, and what is no text. */
const LINE_END = /[\r\n\0]/;
const NO_TEXT = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** A run that is long enough for a key, a token or a part of a PEM block. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{40,}/g;
/** Characters of each sort that 40 drawn by chance have. */
const LEAST_OF_EACH = 2;
const HEX_KEY = /^[0-9a-f]{64}$/i;
/** Words that make 64 hex digits a key and no digest. */
const KEY_WORDS = /priv|secret|seed|spend|\bkey/i;

/** The line up to a secret, and what it is in place of the secret; nothing of what stands behind, which may
 *  be a part of it. */
export function excerptBefore({ bytes }: Region, { start }: Span, shown: string): string {
  const before = decode(bytes, Math.max(0, start - SEEN), start);
  const lead = cleaned(before.split(LINE_END).at(-1) ?? "");
  return `${lead.slice(-SHOWN)}${shown}`.replace(NO_TEXT, "·").trim();
}

/** The text around a stretch of bytes: `shown` in place of the stretch itself.
 *
 *  Shape: one line, at most about 100 characters on each side, what is no text in UTF-8 as "·".
 *  Secrets are redacted always: keys, long tokens that are neither an address nor a digest, and what
 *  `redactText` knows. Errors: none.
 */
export function excerptAround(region: Region, span: Span, shown: string): string {
  const { bytes, end } = region;
  const { stop } = span;
  const after = decode(bytes, stop, Math.min(end, stop + SEEN));
  const rest = cleaned(after.split(LINE_END)[0] ?? "");
  return `${excerptBefore(region, span, shown)}${rest.slice(0, SHOWN).replace(NO_TEXT, "·").trimEnd()}`;
}

function decode(bytes: Uint8Array, start: number, stop: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start)
    .toString("utf8")
    .replaceAll("\ufffd", "·");
}

function cleaned(text: string): string {
  const hasKeyWords = KEY_WORDS.test(text);
  return redactText(text)
    .replace(/^.*-----END [A-Z ]{0,40}PRIVATE KEY-----/, REDACTED)
    .replace(LONG_RUN, (run) => (isKey(run, hasKeyWords) ? REDACTED : run));
}

/** Keys and tokens mix digits, small and capital letters; paths, names and digests do not. */
function isKey(run: string, hasKeyWords: boolean): boolean {
  if (HEX_KEY.test(run)) return hasKeyWords;
  const mixed = [/[0-9]/g, /[a-z]/g, /[A-Z]/g].every(
    (some) => (run.match(some)?.length ?? 0) >= LEAST_OF_EACH,
  );
  return mixed && run.split(/[^A-Za-z0-9]/).every((part) => parseWallet(part) === null);
}
