import type { Case } from "../model/case.ts";
import type { CaseTag } from "../model/follow-case.ts";
import { UNKNOWN } from "./numbers.ts";
import { type Row, rows, type TerminalOptions } from "./terminal.ts";
import { basis, heading } from "./trail.ts";
import { cut } from "./visible.ts";

/** A tag with its source, and the tags that say something else. */
export function explainTag(c: Case, tag: CaseTag, options: TerminalOptions): string[] {
  const others = c.tags.filter(({ id }) => tag.conflicts.includes(id));
  const kinds = [tag.category, tag.abuse].flatMap((one) => one ?? []).join(", ");
  return [
    ...heading(`${tag.id}  “${cut(tag.label, 200)}” on ${tag.address}`, options),
    "",
    ...rows(
      [
        { label: "Kind", value: kinds === "" ? UNKNOWN : kinds },
        { label: "Who says so", value: `${cut(tag.list, 200)}, from ${cut(tag.source ?? "no source", 200)}` },
        { label: "Date", value: tag.date ?? UNKNOWN },
        { label: "Confidence", value: tag.confidence ?? UNKNOWN, note: "the list's own word" },
        ...(tag.caution === null ? [] : [{ label: "Doubt", value: tag.caution }]),
        ...others.map((one): Row => ({ label: "Disagrees", value: `${one.id}: ${cut(one.label, 120)}` })),
      ],
      options,
    ),
    ...heading("Place", options),
    ...basis(
      c,
      { place: tag.place, how: "seen", says: "the tag as it is listed", excerpt: null },
      { ...options, number: 1 },
    ),
  ];
}
