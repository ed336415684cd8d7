import type { SourceTag } from "../../../model/chain.ts";
import { csvHeader, eachRow } from "../csv-rows.ts";
import type { Gaps, ListedFile } from "../listed-file.ts";
import { tagOf } from "./tag-fields.ts";

const FIELDS = [
  "address",
  "label",
  "category",
  "abuse",
  "actor",
  "source",
  "date",
  "lastmod",
  "confidence",
  "coin",
  "currency",
  "is_cluster_definer",
];
const SHAPE = {
  columns: new Map([...FIELDS.map((name) => [name, name] as const), ["family", "label"] as const]),
  needs: ["address", "label"],
};

/** Whether a line is the header of a table of tags. */
export function isTagsHeader(line: string): boolean {
  return csvHeader(line, SHAPE) !== null;
}

/** Reads `address,label` with further fields of tags in columns of their names, in any order.
 *
 *  Errors: none; a row that is none is a gap with its line.
 */
export async function readCsvTags(file: ListedFile, gaps: Gaps): Promise<readonly SourceTag[]> {
  const tags: SourceTag[] = [];
  const says = (what: string): string => `Cannot read a row of ${file.name}: ${what}`;
  await eachRow(file, gaps, {
    ...SHAPE,
    fault: (place, what) => gaps.gap(place, "malformed-tag", says(what)),
    take({ cells, place }) {
      const tag = tagOf((name) => cells.get(name) ?? null, file.name, place);
      if ("says" in tag) gaps.gap(place, tag.code, says(tag.says));
      else tags.push(tag);
    },
  });
  return tags;
}
