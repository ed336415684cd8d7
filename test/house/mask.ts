const WORD = /[\w$]/;
/** After these words a slash begins a regular expression, elsewhere after a word it divides. */
const BEFORE_REGEX = /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|yield|await)$/;

/** The source with everything that is not code blanked: comments, the text of strings and templates, regular
 *  expressions. Line breaks and lengths stay, so that an offset means the same in both.
 *
 *  Limits: a regular expression right after `)` or `}` is read as a division.
 */
export function mask(source: string): string {
  return new Masker(source).run();
}

class Masker {
  readonly #source: string;
  readonly #out: string[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#out = source.split("");
  }

  run(): string {
    this.#code(false);
    return this.#out.join("");
  }

  /** Code up to the end or, inside a template, up to the brace that closes `${`. */
  #code(inTemplate: boolean): void {
    let depth = 0;
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at];
      const next = this.#source[this.#at + 1];
      if (inTemplate && char === "}" && depth === 0) return;
      if (char === "{") depth += 1;
      if (char === "}") depth -= 1;
      if (char === "/" && next === "/") this.#blankTo(this.#find("\n", this.#at));
      else if (char === "/" && next === "*") this.#blankTo(this.#find("*/", this.#at + 2) + 2);
      else if (char === '"' || char === "'") this.#quoted(char);
      else if (char === "`") this.#template();
      else if (char === "/" && this.#regexMayStart()) this.#regex();
      else this.#at += 1;
    }
  }

  #find(text: string, from: number): number {
    const found = this.#source.indexOf(text, from);
    return found === -1 ? this.#source.length : found;
  }

  #blankTo(end: number): void {
    for (; this.#at < Math.min(end, this.#source.length); this.#at += 1) {
      if (this.#out[this.#at] !== "\n") this.#out[this.#at] = " ";
    }
  }

  #quoted(quote: string): void {
    let end = this.#at + 1;
    while (end < this.#source.length && this.#source[end] !== quote && this.#source[end] !== "\n") {
      end += this.#source[end] === "\\" ? 2 : 1;
    }
    this.#at += 1;
    this.#blankTo(end);
    this.#at += 1;
  }

  #template(): void {
    this.#at += 1;
    while (this.#at < this.#source.length) {
      if (this.#source.startsWith("${", this.#at)) {
        this.#at += 2;
        this.#code(true);
        this.#at += 1;
      } else if (this.#source[this.#at] === "`") {
        this.#at += 1;
        return;
      } else {
        this.#blankTo(this.#at + (this.#source[this.#at] === "\\" ? 2 : 1));
      }
    }
  }

  #regexMayStart(): boolean {
    const before = this.#out
      .slice(Math.max(0, this.#at - 200), this.#at)
      .join("")
      .trimEnd();
    const last = before.at(-1);
    if (last === undefined) return true;
    if (WORD.test(last)) return BEFORE_REGEX.test(before);
    return !")]}\"'`".includes(last) && !before.endsWith("++") && !before.endsWith("--");
  }

  #regex(): void {
    let inClass = false;
    let end = this.#at + 1;
    for (; end < this.#source.length && this.#source[end] !== "\n"; end += 1) {
      const char = this.#source[end];
      if (char === "\\") end += 1;
      else if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      else if (char === "/" && !inClass) break;
    }
    this.#blankTo(end + 1);
  }
}
