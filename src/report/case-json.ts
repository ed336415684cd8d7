import type { Case } from "../model/case.ts";
import { visibleJson } from "./visible.ts";

/** Values without nested values stay on one line up to this length, so that a diff shows whole facts. */
const LINE = 110;
const MOST_ON_A_LINE = 12;

/** The case as canonical JSON: keys sorted by UTF-16 code units as in RFC 8785 §3.2.3, two spaces, small
 *  values on one line, a line feed at the end. Characters that a terminal or an editor would act on are
 *  written as escapes. */
export function caseJson(c: Case): string {
  const lines: string[] = [];
  write(c, "", lines);
  return `${lines.join("")}\n`;
}

function write(value: unknown, indent: string, out: string[]): void {
  if (value === null || typeof value !== "object") {
    out.push(scalar(value));
    return;
  }
  const short = oneLine(value);
  if (short !== null && short.length + indent.length <= LINE) {
    out.push(short);
    return;
  }
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  out.push(open);
  entries(value).forEach(([key, part], at) => {
    out.push(at === 0 ? "\n" : ",\n", deeper, key);
    write(part, deeper, out);
  });
  out.push("\n", indent, close);
}

function scalar(value: unknown): string {
  return typeof value === "string" ? visibleJson(value) : JSON.stringify(value);
}

/** Parts in the order in which they are written, each with its key as JSON; those of a list have none. */
function entries(value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.map((part: unknown) => ["", part]);
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [`${visibleJson(key)}: `, part]);
}

function oneLine(value: object): string | null {
  const parts = entries(value);
  if (parts.length > MOST_ON_A_LINE) return null;
  let text = "";
  for (const [key, part] of parts) {
    if (part !== null && typeof part === "object") return null;
    if (typeof part === "string" && part.length > LINE) return null;
    text += `${text === "" ? "" : ", "}${key}${scalar(part)}`;
  }
  if (Array.isArray(value)) return `[${text}]`;
  return text === "" ? "{}" : `{ ${text} }`;
}
