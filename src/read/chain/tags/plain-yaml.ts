// The part of YAML that packs are written in nearly throughout: mappings and lists in blocks, plain and
// quoted texts of one line. What goes beyond is left to the library: it takes twenty times as long.

/** A value of YAML where every scalar is a text; null is an empty one. */
export type Yaml = string | null | readonly Yaml[] | YamlMap;
export type YamlMap = ReadonlyMap<string, Yaml>;

const MAX_DEPTH = 16;
const LINE = /^( *)(.*)$/;
const MEMBER = /^([A-Za-z_][\w-]{0,60}):(?: +(.*))?$/;
/** What begins something else than a plain text, and what ends one in the midst of a line. */
const NOT_PLAIN = /^[-?:](?: |$)|^[,[\]{}#&*!|>'"%@`]| #|: |:$/;

interface Line {
  readonly margin: number;
  readonly text: string;
}

/** The mapping that lines are; null where they are none, or more than is read here.
 *
 *  Shape: as YAML 1.1 and 1.2 read them, but that every scalar is a text. Equal keys are left to the library,
 *  which refuses them. Errors: none.
 */
export function parsePlainYaml(lines: readonly string[]): YamlMap | null {
  const read = lines.map((line): Line => {
    const [, margin = "", text = ""] = LINE.exec(line) ?? [];
    return { margin: margin.length, text: text.trimEnd() };
  });
  const walk = { lines: read, at: 0 };
  const value = mapping(walk, 0);
  return walk.at === read.length ? value : null;
}

interface Walk {
  readonly lines: Line[];
  at: number;
}

function mapping(walk: Walk, depth: number): YamlMap | null {
  const margin = walk.lines[walk.at]?.margin ?? 0;
  const members = new Map<string, Yaml>();
  for (let line = walk.lines[walk.at]; line?.margin === margin; line = walk.lines[walk.at]) {
    const match = MEMBER.exec(line.text);
    const key = match?.[1];
    if (key === undefined || members.has(key) || line.text.includes("\t")) return null;
    walk.at += 1;
    const value = member(walk, { rest: match?.[2] ?? "", margin, depth });
    if (value === undefined) return null;
    members.set(key, value);
  }
  return members.size === 0 ? null : members;
}

/** What stands behind a key; undefined where it is not read here. */
function member(
  walk: Walk,
  { rest, margin, depth }: { readonly rest: string; readonly margin: number; readonly depth: number },
): Yaml | undefined {
  const next = walk.lines[walk.at];
  const isDeeper = next !== undefined && next.margin > margin;
  if (rest !== "") return isDeeper ? undefined : scalar(rest);
  if (next === undefined || depth >= MAX_DEPTH) return next === undefined ? null : undefined;
  // A list may stand at the margin of its key.
  const isList = next.text.startsWith("- ") && next.margin >= margin;
  if (isList) return list(walk);
  if (!isDeeper) return null;
  return mapping(walk, depth + 1) ?? undefined;
}

/** A list of texts. */
function list(walk: Walk): readonly Yaml[] | undefined {
  const margin = walk.lines[walk.at]?.margin;
  const values: Yaml[] = [];
  for (let line = walk.lines[walk.at]; line?.margin === margin; line = walk.lines[walk.at]) {
    if (!line?.text.startsWith("- ")) break;
    const value = scalar(line.text.slice(2).trim());
    if (value === undefined) return undefined;
    values.push(value);
    walk.at += 1;
  }
  const behind = walk.lines[walk.at];
  return behind !== undefined && margin !== undefined && behind.margin > margin ? undefined : values;
}

function scalar(text: string): Yaml | undefined {
  if (text === "[]") return [];
  if (text.startsWith("'"))
    return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined;
  if (text.startsWith('"')) return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : undefined;
  if (NOT_PLAIN.test(text)) return undefined;
  return text === "~" || text === "null" ? null : text;
}
