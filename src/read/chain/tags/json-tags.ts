import type { SourceTag } from "../../../model/chain.ts";
import { isObject } from "../../json.ts";
import { eachItem } from "../json-items.ts";
import type { Gaps, ListedFile } from "../listed-file.ts";
import { type FieldOf, tagOf, tickerOf } from "./tag-fields.ts";

/** What lists of bare addresses that are under sanctions say of each.
 *
 *  Source: github.com/0xB10C/ofac-sanctioned-digital-currency-addresses, which takes them from
 *  the list of the US Treasury's Office of Foreign Assets Control.
 */
const SANCTIONED: ReadonlyMap<string, string> = new Map([
  ["label", "OFAC sanctions list"],
  ["abuse", "sanction"],
  ["source", "https://www.treasury.gov/ofac/downloads/sdn_advanced.xml"],
]);
const LISTS: ReadonlySet<string> = new Set(["tags", "addresses"]);

/** Reads a JSON list of addresses, as OFAC's are given by coin, or of objects with `address` and `label`.
 *
 *  Shape: of bare addresses coin and day are those in the file's name ("…-LTC-2024-09-27.json").
 *  Errors: none; an entry that is none is a gap with its line; null where no entry has both an
 *  address and a label.
 */
export async function readJsonTags(file: ListedFile, gaps: Gaps): Promise<readonly SourceTag[] | null> {
  const tags: SourceTag[] = [];
  let entries = 0;
  let labelled = 0;
  const named = namedIn(file.name);
  const isOfac = /ofac|sanction/i.test(file.name);
  await eachItem(file, {
    lists: LISTS,
    fault: (place, says) => gaps.gap(place, "malformed-tag", `Cannot read ${file.name} as JSON: ${says}`),
    take({ bytes, place, key }) {
      if (key !== null) return;
      const value = parsed(bytes);
      const field: FieldOf =
        typeof value === "string"
          ? (name) =>
              name === "address" ? value : (named.get(name) ?? (isOfac ? SANCTIONED.get(name) : null) ?? null)
          : (name) => fieldIn(value, name);
      const tag = tagOf(field, file.name, place);
      entries += 1;
      if (field("address") !== null && field("label") !== null) labelled += 1;
      if (!("says" in tag)) tags.push(tag);
      else gaps.gap(place, tag.code, `Cannot read an entry of ${file.name}: ${tag.says}`);
    },
  });
  return entries > 0 && labelled === 0 ? null : tags;
}

/** Coin and day in the name of a file. */
function namedIn(name: string): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  const coin = /[-_.]([A-Z]{3,4})(?=[-_.])/.exec(name)?.[1];
  const ticker = tickerOf(coin ?? null);
  const day = /\d{4}-\d{2}-\d{2}/.exec(name)?.[0];
  if (ticker !== null) named.set("coin", ticker);
  if (day !== undefined) named.set("date", day);
  return named;
}

function fieldIn(value: unknown, name: string): string | null {
  const field = isObject(value) && Object.hasOwn(value, name) ? value[name] : null;
  return typeof field === "string" && field.trim() !== ""
    ? field.trim()
    : typeof field === "boolean"
      ? String(field)
      : null;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    return null;
  }
}
