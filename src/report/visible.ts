/** Characters that a reader cannot see or that rearrange what is seen: controls (so terminal escapes), format
 *  characters (bidirectional overrides, zero-width joiners, tags), line separators, lone surrogates, fillers.
 *  Source: Unicode UAX 44 general categories, UTR 36 §2.10, "Trojan Source" (CVE-2021-42574).
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

const name = (char: string): string =>
  `⟨U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;

/** Most strings are this, and a million shares have twenty of them each. */
const PLAIN = /^[\x20-\x7e]*$/;

/** A string from evidence with every unseen character spelled out, e.g. `⟨U+202E⟩` or `⟨U+001B⟩`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSEEN, name);
}

/** As `visible`, for text of several lines: line feeds and tabs stay, CR LF becomes LF. */
export function visibleLines(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replace(UNSEEN, (char) => (char === "\n" || char === "\t" ? char : name(char)));
}

/** JSON text in which unseen characters are written as escapes: the same value, safe to print. */
export function visibleJson(value: string): string {
  const json = JSON.stringify(value);
  if (PLAIN.test(value)) return json;
  return json.replace(UNSEEN, (char) =>
    Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/** At most `max` characters, with an ellipsis as the last of them where something was left out. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${Array.from(text.slice(0, max * 2))
    .slice(0, Math.max(0, max - 1))
    .join("")}…`;
}

/** As `cut`, from the middle: the ends of an address are what people compare. */
export function cutMiddle(text: string, max: number): string {
  const chars = Array.from(text);
  if (chars.length <= max) return text;
  const head = Math.ceil((max - 1) / 2);
  return `${chars.slice(0, head).join("")}…${chars.slice(chars.length - (max - 1 - head)).join("")}`;
}
