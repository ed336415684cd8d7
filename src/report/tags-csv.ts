import type { Case } from "../model/case.ts";
import type { AddressOwner, CaseTag } from "../model/follow-case.ts";
import { type CsvColumn, csvLine } from "./csv.ts";
import { evidenceName } from "./figures.ts";

/** tags.csv: a row for each tag that was met; tags that disagree name each other.
 *  Unknown is an empty cell. */
export function tagsCsv(c: Case): string {
  const columns: readonly CsvColumn<CaseTag>[] = [
    ["id", (tag) => tag.id],
    ["coin", (tag) => tag.coin],
    ["address", (tag) => tag.address],
    ["label", (tag) => tag.label],
    ["category", (tag) => tag.category],
    ["abuse", (tag) => tag.abuse],
    ["actor", (tag) => tag.actor],
    ["source", (tag) => tag.source],
    ["date", (tag) => tag.date],
    ["confidence", (tag) => tag.confidence],
    ["cluster_definer", (tag) => tag.isClusterDefiner],
    ["list", (tag) => tag.list],
    ["conflicts", (tag) => tag.conflicts.join(" ")],
    ["caution", (tag) => tag.caution],
    ["evidence", ({ place }) => evidenceName(c, place.evidence)],
    ["line", ({ place }) => place.line],
    ["at_byte", ({ place }) => place.atByte],
    ["byte_length", ({ place }) => place.byteLength],
  ];
  return [
    csvLine(columns.map(([head]) => head)),
    ...c.tags.map((tag) => csvLine(columns.map(([, cell]) => cell(tag)))),
  ].join("");
}

interface OwnerRow {
  readonly owner: AddressOwner;
  readonly address: string;
}

/** owners.csv: a row for each address that is listed of an owner. */
export function ownersCsv(c: Case): string {
  const columns: readonly CsvColumn<OwnerRow>[] = [
    ["owner", ({ owner }) => owner.id],
    ["address", ({ address }) => address],
    ["addresses_of_owner", ({ owner }) => owner.addressCount],
    ["rules", ({ owner }) => owner.joins.map(({ rule }) => rule).join(" ")],
    ["likelihood", ({ owner }) => owner.likelihood],
    ["confidence", ({ owner }) => owner.confidence],
    ["tags", ({ owner }) => owner.tags.join(" ")],
    ["says", ({ owner }) => owner.says],
  ];
  const rows = c.owners.flatMap((owner) => owner.addresses.map((address) => ({ owner, address })));
  return [
    csvLine(columns.map(([head]) => head)),
    ...rows.map((row) => csvLine(columns.map(([, cell]) => cell(row)))),
  ].join("");
}
