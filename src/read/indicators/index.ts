// Files of indicators that the user brings: STIX bundles, MISP events, plain lists, recognised by content.

import { urlText } from "../../bytes/url-text.ts";
import type { Indicator, IndicatorKind } from "../../model/indicator.ts";
import { classify, keyBody, refanged } from "./classify.ts";
import { parseList } from "./list.ts";
import { parseMisp } from "./misp.ts";
import { isObject, listIn, type Parsed } from "./parsed.ts";
import { parseStix } from "./stix.ts";

/** What a file says of an indicator is kept up to here. */
const MAX_SAID = 300;

/** The indicators of one file.
 *
 *  Shape: each once; `passedOver` counts entries of kinds that are not looked for.
 */
export interface IndicatorFile {
  readonly format: "stix" | "misp" | "list";
  readonly indicators: readonly Indicator[];
  readonly passedOver: number;
}

/** Reads a file of indicators.
 *
 *  @param source how the file is called where a match is told
 *  Errors: a text instead of a result says what is wrong with the file; the caller decides what that means.
 */
export function parseIndicators(text: string, source: string): IndicatorFile | string {
  const bare = text.replace(/^\uFEFF/, "");
  if (bare.includes("\0")) return "it is no text";
  const read = /^\s{0,1000}[[{]/.test(bare)
    ? json(bare)
    : { format: "list" as const, parsed: parseList(bare) };
  if (typeof read === "string") return read;
  const { format, parsed } = read;
  const { indicators, unusable } = settled(parsed, source);
  if (indicators.length === 0)
    return `no indicator is in it (${parsed.passedOver + unusable} entries of other kinds)`;
  return { format, indicators, passedOver: parsed.passedOver + unusable };
}

type Read = { readonly format: IndicatorFile["format"]; readonly parsed: Parsed } | string;

function json(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // A list may open with a defanged URL: "[https://]example".
    if (/^\s{0,1000}\[(?:h|\.)/.test(text)) return { format: "list", parsed: parseList(text) };
    return `it is no JSON: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200);
  }
  return structured(value);
}

function structured(value: unknown): Read {
  if (Array.isArray(value)) return ofArray(value);
  if (!isObject(value)) return "it is neither a STIX bundle nor a MISP event";
  const objects = listIn(value, "objects");
  if (objects.length > 0 || value["type"] === "bundle") return { format: "stix", parsed: parseStix(objects) };
  if (value["type"] === "indicator") return { format: "stix", parsed: parseStix([value]) };
  if (Object.hasOwn(value, "response")) {
    const { response } = value;
    const events = Array.isArray(response) ? response : [response];
    return { format: "misp", parsed: parseMisp(events) };
  }
  if (isObject(value["Event"]) || Array.isArray(value["Attribute"])) {
    return { format: "misp", parsed: parseMisp([value]) };
  }
  return "it is neither a STIX bundle nor a MISP event";
}

function ofArray(value: readonly unknown[]): Read {
  const objects = value.filter(isObject);
  if (objects.some((one) => Object.hasOwn(one, "Event") || Object.hasOwn(one, "Attribute"))) {
    return { format: "misp", parsed: parseMisp(objects) };
  }
  if (objects.some(({ type }) => type === "indicator")) return { format: "stix", parsed: parseStix(objects) };
  const texts = value.filter((one) => typeof one === "string");
  if (texts.length > 0) return { format: "list", parsed: parseList(texts.join("\n")) };
  return "it is a list of neither texts, STIX objects, nor MISP events";
}

/** Values as they are compared, each once. */
function settled(parsed: Parsed, source: string): { indicators: Indicator[]; unusable: number } {
  const met = new Map<string, Indicator>();
  let unusable = 0;
  for (const { kind, value, says } of parsed.found) {
    const one = comparable(kind, value);
    if (one === null) {
      unusable += 1;
      continue;
    }
    const said = says === null ? null : says.replace(/\s+/g, " ").slice(0, MAX_SAID);
    const key = `${one.kind} ${one.value} ${one.port}`;
    if (!met.has(key)) met.set(key, { ...one, source, says: said });
  }
  return { indicators: [...met.values()], unusable };
}

function comparable(kind: IndicatorKind | "any", text: string): Omit<Indicator, "source" | "says"> | null {
  const found = classify(text);
  if (kind === "any" || found?.kind === kind) return found;
  const bare = refanged(text);
  if (bare === "" || bare.length > 2_048) return null;
  // A URL that is a server's name alone is compared as the server: the form knows better than the label.
  if ((kind === "url" || kind === "domain") && found !== null && isPlace(found.kind)) return found;
  if (kind === "url") return { kind, value: urlText(bare), port: null };
  if (kind === "file-name") return { kind, value: baseName(bare).toLowerCase(), port: null };
  if (kind === "key") return { kind, value: keyBody(bare), port: null };
  // An address of a coin whose checksum is not known (dash in MISP, other coins in STIX) is compared as text.
  return kind === "address" && /^[A-Za-z0-9:_-]{20,200}$/.test(bare)
    ? { kind, value: bare, port: null }
    : null;
}

function isPlace(kind: IndicatorKind): boolean {
  return kind === "url" || kind === "domain" || kind === "ip";
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
