/** Texts that demand ransom: plain, HTML or RTF, in UTF-8 or UTF-16LE with its mark.
 *
 *  What makes one: it says to its reader that something of theirs was encrypted, taken or deleted; it demands
 *  or names an amount; it names an address to pay to or a way to get in touch; and at least `LEAST_FEATURES`
 *  of the six features together. A text that speaks of ransomware and victims as a reporter does is none.
 *  Source: own reading of published notes; `tables/ransom-words.ts`.
 *  Limits: texts over 64 KiB, pictures, PDF and the dialogues of programs are not read; a note in a language
 *  that the table lacks is one only when it is partly in English; notes in the rows of a database, as JSON.
 */
import { detached } from "../../bytes/text.ts";
import { parseWallet } from "../../bytes/wallet.ts";
import { MAX_EXCERPT_CHARS } from "../../model/place.ts";
import type { RansomNoteRecord } from "../../model/trace-record.ts";
import { RANSOM_AMOUNT, RANSOM_CONTACTS, RANSOM_FEATURES, REPORTING } from "../../tables/ransom-words.ts";
import { type Desk, NOTHING_SUMMED, type Reader, type ReadSummary, type Source } from "../reader.ts";
import { placeAt, wholeText } from "../text.ts";

/** Notes are a page or two; with WannaCry's in RTF as the longest known, 60 KB. */
const MOST_BYTES = (1 << 16) - 1;
const LEAST_BYTES = 60;
/** Of harm, demand, promise, deadline, amount, and address or contact. */
const LEAST_FEATURES = 4;
/** Words of reporting that a note may hold. */
const MOST_REPORTING = 2;
/** A list of hashes is a list of indicators. */
const MOST_HASHES = 3;
const MOST_LISTED = 20;
const MOST_CHARS = 300;
const MOST_TOKENS = 20_000;

export const ransomNote: Reader = {
  id: "ransom-note",
  title: "ransom notes",
  sniff(head) {
    if (head.length < LEAST_BYTES || head.length > MOST_BYTES || !mayBe(head)) return false;
    return noteOf(textOf(Buffer.from(head))) !== null;
  },
  firstMicros: () => null,
  read,
};

/** A first look that costs little: nearly every file ends here. */
function mayBe(head: Uint8Array): boolean {
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  if (!isWide && head.indexOf(0) !== -1) return false;
  const text = textOf(Buffer.from(head));
  return RANSOM_FEATURES.some(
    ({ id, expressions }) => id === "harm" && expressions.some((one) => one.test(text)),
  );
}

/** As text, without the marks of HTML and RTF. */
function textOf(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isWide ? "utf16le" : "utf8");
  if (text.startsWith("{\\rtf")) return text.replace(/\\[a-z]{1,32}-?\d{0,10} ?|[{}]/g, " ");
  return /<(?:html|body|div|p|br|h\d)\b/i.test(text)
    ? text.replace(/<[^<>]{0,500}>/g, " ").replace(/&nbsp;/g, " ")
    : text;
}

type Note = Pick<RansomNoteRecord, "addresses" | "amounts" | "deadlines" | "contacts" | "demands">;

/** What the text demands; null when it is no note. */
function noteOf(text: string): Note | null {
  const features = RANSOM_FEATURES.filter(({ expressions }) => expressions.some((one) => one.test(text)));
  const ids = new Set<string>(features.map(({ id }) => id));
  const amounts = matches(text, [RANSOM_AMOUNT]);
  if (!ids.has("harm") || !(ids.has("demand") || amounts.length > 0)) return null;
  const contacts = matches(text, RANSOM_CONTACTS);
  const addresses = addressesIn(text);
  if (contacts.length === 0 && addresses.length === 0) return null;
  const count = ids.size + (amounts.length > 0 ? 1 : 0) + 1;
  if (count < LEAST_FEATURES || isReport(text)) return null;
  return {
    addresses,
    amounts,
    contacts,
    deadlines: sentences(text, "deadline"),
    demands: [...new Set([...sentences(text, "harm"), ...sentences(text, "demand")])].slice(0, MOST_LISTED),
  };
}

function isReport(text: string): boolean {
  // Records of something else: an export, a case, a test's facts.
  if (/^\s{0,20}[{[]\s{0,20}["{[]/.test(text)) return true;
  if (REPORTING.filter((one) => one.test(text)).length > MOST_REPORTING) return true;
  return (text.match(/\b(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\b/gi) ?? []).length > MOST_HASHES;
}

function matches(text: string, expressions: readonly RegExp[]): string[] {
  const found = expressions.flatMap((one) => text.match(one) ?? []);
  return [...new Set(found.map((one) => detached(one.trim(), MOST_CHARS)))].slice(0, MOST_LISTED);
}

function sentences(text: string, id: "harm" | "demand" | "deadline"): string[] {
  const expressions = RANSOM_FEATURES.find((feature) => feature.id === id)?.expressions ?? [];
  const parts = text.split(/[.!?\n\r]+/).map((part) => part.trim());
  const found = parts.filter((part) => part.length > 3 && expressions.some((one) => one.test(part)));
  return [...new Set(found.map((part) => detached(part, MOST_CHARS)))].slice(0, MOST_LISTED);
}

/** Payment addresses whose checksum is right. */
function addressesIn(text: string): { readonly coin: string; readonly address: string }[] {
  const found = new Map<string, string>();
  for (const token of text.split(/[^0-9A-Za-z]+/, MOST_TOKENS)) {
    if (token.length < 26 || token.length > 106 || found.size >= MOST_LISTED) continue;
    const wallet = parseWallet(token);
    if (wallet?.checked === true) found.set(wallet.address, wallet.coin);
  }
  return [...found].map(([address, coin]) => ({ coin, address: detached(address, MOST_CHARS) }));
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const { host, path, modifiedMicros, window } = source;
  const isWide = window.bytes[window.at] === 0xff && window.bytes[window.at + 1] === 0xfe;
  const bytes = isWide
    ? Buffer.from(window.bytes.slice(window.at, window.end))
    : Buffer.from(await wholeText(source, desk, MOST_BYTES), "utf8");
  const text = textOf(bytes);
  const note = noteOf(text);
  if (note === null) return NOTHING_SUMMED;
  desk.record({
    kind: "ransom-note",
    host,
    hostname: null,
    atMicros: modifiedMicros,
    atHow: modifiedMicros === null ? null : "inferred",
    clock: "utc",
    place: placeAt(source, { atByte: 0, byteLength: bytes.length, line: null }),
    excerpt: detached(text.trim(), MAX_EXCERPT_CHARS),
    path,
    ...note,
  });
  return NOTHING_SUMMED;
}
