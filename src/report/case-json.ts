import type { Case } from "../model/case.ts";
import { visibleJson } from "./visible.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Values without nested values stay on one line up to this length, so that a diff shows whole facts. */
const LINE = 110;

/** The case as canonical JSON: keys sorted by UTF-16 code units as in RFC 8785 §3.2.3, two spaces, small values on
 *  one line, a line feed at the end. Characters that a terminal or an editor would act on are written as escapes.
 */
export function caseJson(c: Case): string {
  const lines: string[] = [];
  write(c as unknown as Json, "", lines);
  return `${lines.join("")}\n`;
}

function write(value: Json, indent: string, out: string[]): void {
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

function scalar(value: string | number | boolean | null): string {
  return typeof value === "string" ? visibleJson(value) : JSON.stringify(value);
}

function entries(value: readonly Json[] | { readonly [key: string]: Json }): [string, Json][] {
  if (isArray(value)) return value.map((part) => ["", part]);
  return Object.keys(value)
    .sort()
    .flatMap((key): [string, Json][] => {
      const part = value[key];
      return part === undefined ? [] : [[`${visibleJson(key)}: `, part]];
    });
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function oneLine(value: readonly Json[] | { readonly [key: string]: Json }): string | null {
  const parts = entries(value);
  if (parts.length > 12) return null;
  let text = "";
  for (const [key, part] of parts) {
    if (part !== null && typeof part === "object") return null;
    if (typeof part === "string" && part.length > LINE) return null;
    text += `${text === "" ? "" : ", "}${key}${scalar(part)}`;
  }
  if (isArray(value)) return `[${text}]`;
  return text === "" ? "{}" : `{ ${text} }`;
}
