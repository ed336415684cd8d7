// STIX 2.0 and 2.1: indicators are patterns inside a bundle of objects.

import type { IndicatorKind } from "../../model/indicator.ts";
import { isObject, type Parsed, textIn } from "./parsed.ts";

/** Comparisons of one pattern that are taken. */
const MOST_COMPARISONS = 1_000;
const MAX_PATTERN = 1 << 16;

/** Object paths, without indices and quotes, and what they compare. */
const PATHS: ReadonlyMap<string, IndicatorKind | "any"> = new Map<string, IndicatorKind | "any">([
  ["ipv4-addr:value", "ip"],
  ["ipv6-addr:value", "ip"],
  ["domain-name:value", "domain"],
  ["url:value", "url"],
  ["email-addr:value", "email"],
  ["email-message:from_ref.value", "email"],
  ["email-message:sender_ref.value", "email"],
  ["file:name", "file-name"],
  ["file:hashes.md5", "md5"],
  ["file:hashes.sha-1", "sha1"],
  ["file:hashes.sha1", "sha1"],
  ["file:hashes.sha-256", "sha256"],
  ["file:hashes.sha256", "sha256"],
  ["network-traffic:dst_ref.value", "any"],
  ["network-traffic:src_ref.value", "any"],
  ["process:image_ref.name", "file-name"],
]);

/** Objects that are, or speak of, a payment address: of the standard's extensions and of vendors. */
const WALLETS = /^(?:x-)?(?:crypto-?(?:currency)?|bitcoin|monero|xmr|btc)[a-z-]{0,40}:[a-z_]{1,40}$/;

/** `path op 'literal'` and `path IN ('a', 'b')`: STIX 2.1 § 9.6. Matched between literals, so that a text
 *  that looks like a comparison inside a literal is none. */
const PATH = /([a-z0-9-]{1,60}:[A-Za-z0-9_.'"[\]*-]{1,200})\s{0,8}/;
const OPERATOR = /(NOT\s{1,8})?(!?=|IN|LIKE|MATCHES|[<>]=?)\s{0,8}/;
const OPERAND = /(\(|'(?:[^'\\]|\\.){0,4096}')/;
const COMPARISON = new RegExp(PATH.source + OPERATOR.source + OPERAND.source, "y");
const LITERAL = /\s{0,8},?\s{0,8}'((?:[^'\\]|\\.){0,4096})'/y;

/** The indicators of a bundle, or of a list of objects.
 *
 *  Errors: none; what is compared in another way than by equality, or is no kind of indicator that is looked
 *  for, is counted in `passedOver`.
 *  Source: STIX 2.1 (OASIS, 2021-06-10) § 4.7 and § 9; STIX 2.0 part 5.
 *  Limits: comparisons that are joined by AND are each taken by itself, but for a file's name beside its
 *  hash.
 */
export function parseStix(objects: readonly unknown[]): Parsed {
  const parsed: Parsed = { found: [], passedOver: 0 };
  for (const object of objects) {
    if (!isObject(object)) continue;
    const type = textIn(object, "type") ?? "";
    if (type === "indicator") takePattern(object, parsed);
    else if (WALLETS.test(`${type}:value`)) takeWallet(object, parsed);
  }
  return parsed;
}

function takePattern(object: Readonly<Record<string, unknown>>, parsed: Parsed): void {
  const pattern = textIn(object, "pattern");
  const language = textIn(object, "pattern_type");
  if (pattern === null || (language !== null && language !== "stix")) {
    parsed.passedOver += 1;
    return;
  }
  const name = textIn(object, "name");
  const says = textIn(object, "description") ?? (name !== null && !pattern.includes(name) ? name : null);
  const compared = comparisons(pattern.slice(0, MAX_PATTERN));
  parsed.passedOver += compared.passedOver;
  const hasHash = compared.found.some(({ kind }) => kind === "sha256" || kind === "sha1" || kind === "md5");
  for (const { kind, value } of compared.found) {
    if (kind === "file-name" && hasHash && /\bAND\b/.test(pattern)) continue;
    parsed.found.push({ kind, value, says });
  }
}

interface Compared {
  readonly found: { readonly kind: IndicatorKind | "any"; readonly value: string }[];
  passedOver: number;
}

function comparisons(pattern: string): Compared {
  const out: Compared = { found: [], passedOver: 0 };
  for (let at = 0; at < pattern.length && out.found.length < MOST_COMPARISONS; ) {
    COMPARISON.lastIndex = at;
    const match = COMPARISON.exec(pattern);
    if (match === null) {
      at += pattern[at] === "'" ? literalLength(pattern, at) : 1;
      continue;
    }
    at = COMPARISON.lastIndex;
    const [, path = "", not, operator, operand = ""] = match;
    const values = operand === "(" ? listAt(pattern, at) : [unquoted(operand)];
    const kind = kindOf(path);
    if (kind === null || not !== undefined || (operator !== "=" && operator !== "IN")) out.passedOver += 1;
    else for (const value of values) out.found.push({ kind, value });
  }
  return out;
}

function literalLength(text: string, at: number): number {
  LITERAL.lastIndex = at;
  return LITERAL.exec(text)?.[0].length ?? 1;
}

function listAt(text: string, from: number): string[] {
  const values: string[] = [];
  LITERAL.lastIndex = from;
  for (let match = LITERAL.exec(text); match !== null; match = LITERAL.exec(text)) {
    values.push(unquoted(match[1] ?? ""));
    if (values.length >= MOST_COMPARISONS) break;
  }
  return values;
}

function unquoted(literal: string): string {
  return literal.replace(/^'|'$/g, "").replace(/\\(.)/gs, "$1");
}

function kindOf(path: string): IndicatorKind | "any" | null {
  const bare = path
    .toLowerCase()
    .replace(/\[[^\]]{0,20}\]/g, "")
    .replace(/['"]/g, "");
  return PATHS.get(bare) ?? (WALLETS.test(bare) ? "address" : null);
}

/** A wallet as an object of its own, as extensions of STIX 2.1 have it. */
function takeWallet(object: Readonly<Record<string, unknown>>, parsed: Parsed): void {
  const value = textIn(object, "value") ?? textIn(object, "address") ?? textIn(object, "hash");
  if (value === null) parsed.passedOver += 1;
  else parsed.found.push({ kind: "address", value, says: textIn(object, "name") });
}
