/** A tag of a page, as a strict reader of HTML sees it. */
export interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

const VOID = new Set(["meta", "br", "img", "link", "base", "input", "hr"]);

/** The tags of a page in order. Throws where markup is not well-formed: an unquoted attribute, a stray "<",
 *  a tag that
 *  closes what is not open. Style sheets are text until `</style`.
 */
export function tags(page: string): Tag[] {
  const found: Tag[] = [];
  const open: string[] = [];
  const shape = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z:-]+(?:="[^"<>]*")?)*) ?(\/?)>|<!DOCTYPE html>/y;
  let at = page.indexOf("<");
  while (at !== -1) {
    shape.lastIndex = at;
    const match = shape.exec(page);
    if (match === null) throw new Error(`stray markup at ${at}: ${page.slice(at, at + 60)}`);
    const name = match[2] ?? "";
    const closes = match[1] === "/";
    if (name !== "") {
      found.push({ name, closes, attributes: attributes(match[3] ?? "") });
      if (closes && open.pop() !== name) throw new Error(`</${name}> at ${at} closes nothing`);
      if (!closes && match[4] !== "/" && !VOID.has(name)) open.push(name);
    }
    const end = name === "style" && !closes ? page.indexOf("</style", at) : at + match[0].length;
    at = page.indexOf("<", end);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(" ")}`);
  return found;
}

function attributes(text: string): Map<string, string> {
  return new Map(
    Array.from(text.matchAll(/ ([a-zA-Z:-]+)(?:="([^"]*)")?/g), (m) => [m[1] ?? "", m[2] ?? ""]),
  );
}
