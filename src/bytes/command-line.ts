/** Longest text that is taken apart, and most words of it: an installer's one-liner has a few hundred. */
const MAX_CHARS = 32_768;
const MAX_WORDS = 4_000;

/** One command without its redirections. `pipes` says that its output goes into the next one. */
export interface SimpleCommand {
  readonly words: readonly string[];
  readonly pipes: boolean;
}

/** Splits text of a shell, or the arguments of a process joined by spaces, into simple commands.
 *
 *  Shape: quotes are taken away, `;`, `&`, `|`, newlines and parentheses separate, redirections and comments
 *  are left out; `$(…)` and backticks stay in their word. A backslash quotes only a space, a quote or
 *  itself: paths of Windows keep theirs.
 *  Errors: none; what does not close ends with the text. Text beyond 32,768 characters is not looked at.
 *  Source: POSIX.1-2017, Shell Command Language § 2.3 (tokens), § 2.9 (commands).
 *  Limits: no expansion of variables, here-documents or aliases.
 */
export function simpleCommands(text: string): SimpleCommand[] {
  return new Splitter(text.slice(0, MAX_CHARS)).commands();
}

const SEPARATORS = ";&|\n()";
const QUOTED_BY_BACKSLASH = " \t\"'\\";

class Splitter {
  readonly #text: string;
  readonly #commands: SimpleCommand[] = [];
  #words: string[] = [];
  #word: string | null = null;
  #wordsLeft = MAX_WORDS;
  /** The next word is the target of a redirection. */
  #isTarget = false;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  commands(): SimpleCommand[] {
    while (this.#at < this.#text.length && this.#wordsLeft > 0) this.#step();
    this.#endCommand(false);
    return this.#commands;
  }

  #step(): void {
    const char = this.#text[this.#at] ?? "";
    const next = this.#text[this.#at + 1] ?? "";
    this.#at += 1;
    if (char === "'" || char === '"') this.#quoted(char);
    else if (char === "\\" && next === "\n") this.#at += 1;
    else if (char === "\\" && next !== "" && QUOTED_BY_BACKSLASH.includes(next)) {
      this.#at += 1;
      this.#append(next);
    } else if (char === "$" && next === "(") this.#substitution();
    else if (char === "`") this.#upTo("`");
    else if (char === " " || char === "\t" || char === "\r") this.#endWord();
    else if (char === "#" && this.#word === null) this.#comment();
    else if (char === ">" || char === "<") this.#redirection();
    else if (char === "&" && next === ">") this.#endWord();
    else if (SEPARATORS.includes(char)) {
      this.#endCommand(char === "|" && next !== "|");
      if (next === char && (char === "&" || char === "|")) this.#at += 1;
    } else this.#append(char);
  }

  #append(part: string): void {
    this.#word = (this.#word ?? "") + part;
  }

  #upTo(quote: string): void {
    const stop = this.#text.indexOf(quote, this.#at);
    const end = stop === -1 ? this.#text.length : stop;
    this.#append(this.#text.slice(this.#at, end));
    this.#at = end + 1;
  }

  #quoted(quote: string): void {
    if (quote === "'") return this.#upTo("'");
    let part = "";
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? "";
      const next = this.#text[this.#at + 1] ?? "";
      this.#at += 1;
      if (char === '"') break;
      if (char === "\\" && next !== "" && '"\\$`'.includes(next)) {
        part += next;
        this.#at += 1;
      } else part += char;
    }
    this.#append(part);
  }

  /** `$(…)` up to its own closing parenthesis. */
  #substitution(): void {
    const from = this.#at - 1;
    let open = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === "(") open += 1;
      else if (char === ")") {
        open -= 1;
        if (open === 0) break;
      }
    }
    this.#at += 1;
    this.#append(this.#text.slice(from, this.#at));
  }

  #comment(): void {
    const stop = this.#text.indexOf("\n", this.#at);
    this.#at = stop === -1 ? this.#text.length : stop;
  }

  /** `2>&1`, `>>file`, `< file`: the number before and the target behind are no words. */
  #redirection(): void {
    if (this.#word !== null && /^[0-9&]$/.test(this.#word)) this.#word = null;
    this.#endWord();
    while ("<>&|".includes(this.#text[this.#at] ?? "-")) this.#at += 1;
    this.#isTarget = true;
  }

  #endWord(): void {
    if (this.#word === null) return;
    if (!this.#isTarget) {
      this.#words.push(this.#word);
      this.#wordsLeft -= 1;
    }
    this.#isTarget = false;
    this.#word = null;
  }

  #endCommand(pipes: boolean): void {
    this.#endWord();
    this.#isTarget = false;
    if (this.#words.length > 0) this.#commands.push({ words: this.#words, pipes });
    this.#words = [];
  }
}
