// MISP events: attributes, by themselves and inside objects.

import type { IndicatorKind } from "../../model/indicator.ts";
import { isObject, listIn, type Parsed, textIn } from "./parsed.ts";

/** Types of attributes, and the kinds of their one or two parts ("filename|sha256").
 *
 *  Source: MISP core format (misp-rfc, 2024), describeTypes.json. Types that are not here (comments, links to
 *  reports, names of detections) are nothing to look for.
 */
const TYPES: ReadonlyMap<string, readonly (IndicatorKind | null)[]> = new Map([
  ["ip-src", ["ip"]],
  ["ip-dst", ["ip"]],
  ["ip-src|port", ["ip", null]],
  ["ip-dst|port", ["ip", null]],
  ["domain", ["domain"]],
  ["hostname", ["domain"]],
  ["domain|ip", ["domain", "ip"]],
  ["hostname|port", ["domain", null]],
  ["url", ["url"]],
  ["md5", ["md5"]],
  ["sha1", ["sha1"]],
  ["sha256", ["sha256"]],
  ["filename", ["file-name"]],
  ["filename|md5", ["file-name", "md5"]],
  ["filename|sha1", ["file-name", "sha1"]],
  ["filename|sha256", ["file-name", "sha256"]],
  ["malware-sample", ["file-name", "md5"]],
  ["btc", ["address"]],
  ["xmr", ["address"]],
  ["dash", ["address"]],
  ["email", ["email"]],
  ["email-src", ["email"]],
  ["email-dst", ["email"]],
  ["ssh-fingerprint", ["key"]],
]);

/** Events within events: an object of an object is none in MISP. */
const MAX_ENTRIES = 1_000_000;

/** The indicators of one event or several, as MISP exports them.
 *
 *  Errors: none; attributes of other types, and those that were deleted, are counted in `passedOver`.
 *  Limits: `to_ids` is not asked for: sharing groups leave it false for whole events (ESET does), and whoever
 *  names the file asks to look for what is in it.
 */
export function parseMisp(events: readonly unknown[]): Parsed {
  const parsed: Parsed = { found: [], passedOver: 0 };
  for (const entry of events.slice(0, MAX_ENTRIES)) {
    if (!isObject(entry)) continue;
    const event = isObject(entry["Event"]) ? entry["Event"] : entry;
    const info = textIn(event, "info");
    const objects = listIn(event, "Object").filter(isObject);
    const attributes = [event, ...objects].flatMap((one) => listIn(one, "Attribute"));
    for (const attribute of attributes) if (isObject(attribute)) takeAttribute(attribute, info, parsed);
  }
  return parsed;
}

function takeAttribute(
  attribute: Readonly<Record<string, unknown>>,
  info: string | null,
  parsed: Parsed,
): void {
  const kinds = TYPES.get(textIn(attribute, "type") ?? "");
  const value = textIn(attribute, "value");
  if (kinds === undefined || value === null || attribute["deleted"] === true) {
    parsed.passedOver += 1;
    return;
  }
  const comment = textIn(attribute, "comment");
  const says = [info, comment].filter((text) => text !== null).join(": ") || null;
  const parts = kinds.length === 1 ? [value] : value.split("|");
  kinds.forEach((kind, index) => {
    const part = parts[index];
    // A port belongs to the address before it.
    if (kind === "ip" && kinds[1] === null) parsed.found.push({ kind, value: parts.join(":"), says });
    else if (kind !== null && part !== undefined && part !== "")
      parsed.found.push({ kind, value: part, says });
  });
}
