/** A value of JSON; keys of objects come from evidence and stand in a `Map`. */
export type Loose = string | number | boolean | null | readonly Loose[] | LooseObject;
export type LooseObject = ReadonlyMap<string, Loose>;

const MAX_DEPTH = 32;
/** Values of one text; XMRig's own configuration has about 150. */
const MAX_VALUES = 20_000;

/** Reads JSON as people and miners write it.
 *
 *  Shape: allowed beyond RFC 8259 are comments of both kinds, commas at the end, keys and words without
 *  quotes, single quotes, and members without the braces around them (xmr-stak). `whole` is false when the
 *  text breaks off or stops being JSON; `value` is what was read up to there, null when nothing was; `more`
 *  says that text stands behind it.
 *  Errors: none.
 *  Source: rapidjson's kParseCommentsFlag and kParseTrailingCommasFlag as xmrig sets them
 *  (src/base/io/json/Json.cpp), xmr-stak's xmrstak/jconf.cpp, which adds the braces.
 *  Limits: 32 levels, 20,000 values; the last of equal keys counts.
 */
export function parseLooseJson(text: string): LooseDocument {
  const parser = new Parser(text);
  const value = parser.document();
  return { value, whole: !parser.broken, more: parser.more() };
}

export interface LooseDocument {
  readonly value: Loose;
  readonly whole: boolean;
  readonly more: boolean;
}

const WORD = /[^\s,:[\]{}"'/]{1,400}/y;
const WORDS: ReadonlyMap<string, Loose> = new Map<string, Loose>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

class Parser {
  broken = false;
  readonly #text: string;
  #at = 0;
  #left = MAX_VALUES;

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, "");
  }

  document(): Loose {
    const char = this.#next();
    if (char === "{" || char === "[") return this.#value(0);
    if (char === '"') return this.#members("", 0);
    this.broken = true;
    return null;
  }

  more(): boolean {
    return this.#next() !== "";
  }

  /** The next character that is neither space nor comment; "" at the end. */
  #next(): string {
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) return "";
      if (char === "/" && this.#text[this.#at + 1] === "/") this.#skipTo("\n", 0);
      else if (char === "/" && this.#text[this.#at + 1] === "*") this.#skipTo("*/", 2);
      else if (char === "#") this.#skipTo("\n", 0);
      else if (char === " " || char === "\t" || char === "\n" || char === "\r") this.#at += 1;
      else return char;
    }
  }

  #skipTo(mark: string, beyond: number): void {
    const stop = this.#text.indexOf(mark, this.#at + beyond);
    this.#at = stop === -1 ? this.#text.length : stop + mark.length;
  }

  #value(depth: number): Loose {
    this.#left -= 1;
    const char = this.#next();
    if (depth > MAX_DEPTH || this.#left <= 0) return this.#break();
    if (char === "{") {
      this.#at += 1;
      return this.#members("}", depth);
    }
    if (char === "[") {
      this.#at += 1;
      return this.#items(depth);
    }
    if (char === '"' || char === "'") return this.#string(char);
    const word = this.#word();
    if (word === null) return this.#break();
    const known = WORDS.get(word);
    if (known !== undefined) return known;
    return /^-?[\d.]{1,30}(?:e[+-]?\d{1,3})?$/i.test(word) ? Number(word) : word;
  }

  #break(): null {
    this.broken = true;
    this.#at = this.#text.length;
    return null;
  }

  #word(): string | null {
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0] ?? null;
    this.#at += word?.length ?? 0;
    return word;
  }

  #members(close: string, depth: number): LooseObject {
    const members = new Map<string, Loose>();
    for (;;) {
      const char = this.#next();
      if (char === "") {
        this.broken ||= close !== "";
        return members;
      }
      if (char === close) {
        this.#at += 1;
        return members;
      }
      if (char === ",") {
        this.#at += 1;
        continue;
      }
      const key = char === '"' || char === "'" ? this.#string(char) : this.#word();
      if (key === null || this.#next() !== ":") {
        this.#break();
        return members;
      }
      this.#at += 1;
      members.set(key, this.#value(depth + 1));
    }
  }

  #items(depth: number): Loose[] {
    const items: Loose[] = [];
    for (;;) {
      const char = this.#next();
      if (char === "") {
        this.broken = true;
        return items;
      }
      this.#at += char === "]" || char === "," ? 1 : 0;
      if (char === "]") return items;
      if (char !== ",") items.push(this.#value(depth + 1));
    }
  }

  #string(quote: string): string {
    let out = "";
    let from = this.#at + 1;
    for (let at = from; at < this.#text.length; at += 1) {
      const char = this.#text[at];
      if (char === quote) {
        this.#at = at + 1;
        return out + this.#text.slice(from, at);
      }
      if (char === "\n") break;
      if (char !== "\\") continue;
      const escaped = this.#text[at + 1] ?? "";
      const code = /^[0-9a-f]{4}$/i.exec(this.#text.slice(at + 2, at + 6))?.[0];
      const isCode = escaped === "u" && code !== undefined;
      out += this.#text.slice(from, at);
      out += isCode ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[escaped] ?? escaped);
      at += isCode ? 5 : 1;
      from = at + 1;
    }
    out += this.#text.slice(from).split("\n", 1)[0] ?? "";
    this.#break();
    return out;
  }
}
