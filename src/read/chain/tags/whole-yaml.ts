import type { Yaml, YamlMap } from "./plain-yaml.ts";

/** References of one text to its anchors: more multiply it. */
const MAX_ALIASES = 100;

/** Brackets within brackets, indicators on a line, and columns of margin: the library calls itself for each
 *  level, and where the stack ends V8 ends the program. */
const MAX_DEPTH = 40;
const MAX_INDICATORS = 40;
const MAX_MARGIN = 100;
const INDICATOR = /(?:^|\s)[-?:](?=\s|$)|:(?=\s|$)/g;

/** Whether a text is so flat that the library can be trusted with it. */
function isFlat(text: string): boolean {
  let depth = 0;
  for (const line of text.split("\n")) {
    if (line.search(/[^ ]/) > MAX_MARGIN) return false;
    for (const mark of line) {
      if (mark === "[" || mark === "{") depth += 1;
      else if (mark === "]" || mark === "}") depth = Math.max(0, depth - 1);
      if (depth > MAX_DEPTH) return false;
    }
    if ((line.match(INDICATOR)?.length ?? 0) > MAX_INDICATORS && !/[[{]/.test(line)) return false;
  }
  return true;
}

/** Reads YAML 1.2 (merge keys as in 1.1) with every scalar as a text.
 *
 *  Shape: of an entry whose lines begin with "-", the mapping in it. Errors: none; a text instead of a
 *  mapping says what is wrong.
 */
export async function parseWholeYaml(text: string): Promise<YamlMap | string> {
  if (!isFlat(text)) return "it is nested too deeply";
  const { parseDocument } = await import("yaml");
  try {
    const document = parseDocument(text, { schema: "failsafe", merge: true, logLevel: "silent" });
    const [error] = document.errors;
    if (error !== undefined) return error.message.split("\n", 1)[0]?.slice(0, 200) ?? "it is no YAML";
    const value: unknown = document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
    return isMap(value) ? value : "it is no mapping";
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : "it is no YAML";
  }
}

/** With the failsafe schema scalars are texts, and mappings are asked for as `Map`. */
function isMap(value: unknown): value is YamlMap {
  return value instanceof Map;
}

/** The last entry of the list at the end of a document; a text says what is wrong. */
export async function parseLastEntry(text: string, list: string): Promise<YamlMap | string> {
  const document = await parseWholeYaml(text);
  if (typeof document === "string") return document;
  const entries = document.get(list);
  const last: Yaml | undefined = isList(entries) ? entries.at(-1) : undefined;
  return isMap(last) ? last : "it is no mapping";
}

function isList(value: unknown): value is readonly Yaml[] {
  return Array.isArray(value);
}
