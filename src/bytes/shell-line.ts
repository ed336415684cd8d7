// Splits a shell's command line into simple commands, as far as one must to see what it starts.

/** Longer lines are looked at up to here: a crontab's line is at most 1,000 characters, a dropper's a few
 *  thousand. */
const MAX_CHARS = 16_384;
const MAX_COMMANDS = 400;

/** How a command is tied to the one before it. */
export type Joint = "first" | ";" | "|" | "&" | "(";

/** One command with its words, quotes removed; redirections are told apart from arguments.
 *
 *  Shape: `writes` are the files behind ">" and ">>"; assignments in front ("A=b cmd") are not in `words`.
 */
export interface SimpleCommand {
  readonly words: readonly string[];
  readonly writes: readonly string[];
  readonly joint: Joint;
}

/** The simple commands of a line, in the order in which they begin, those inside `$(…)`, backquotes and
 *  subshells too; what stands behind a substitution belongs to the command around it. In a line with paths
 *  of Windows a backslash is a character like any other.
 *
 *  Errors: none; whatever is not closed ends with the line.
 *  Source: POSIX.1-2017, Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.9 Shell Commands.
 *  Limits: variables, here-documents, aliases and functions are not expanded; `if`, `for` and their kin are
 *  words like any other, so that what follows `then` or `do` is looked at as its argument unless they open
 *  it.
 */
export function simpleCommands(line: string): SimpleCommand[] {
  const text = line.slice(0, MAX_CHARS);
  const splitter = new Splitter(WINDOWS_PATH.test(text));
  for (let at = 0; at < text.length && splitter.commands.length < MAX_COMMANDS; ) {
    at = splitter.step(text, at);
  }
  splitter.endCommand(";");
  return splitter.commands;
}

const KEYWORDS: ReadonlySet<string> = new Set(["if", "then", "else", "do", "while", "until", "!", "{"]);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]{0,60}=/;

const WINDOWS_PATH = /(?:^|[\s"'=])[A-Za-z]:\\|%\w{1,40}%\\/;

/** A command that goes on behind what it substitutes. */
interface Outer {
  readonly words: string[];
  readonly writes: string[];
  readonly joint: Joint;
  readonly isListed: boolean;
  readonly isQuoted: boolean;
}

class Splitter {
  readonly commands: SimpleCommand[] = [];
  #words: string[] = [];
  #writes: string[] = [];
  #word = "";
  #inWord = false;
  #joint: Joint = "first";
  #redirect: "none" | "in" | "out" = "none";
  /** Inside double quotes only substitutions and escapes mean something. */
  #isQuoted = false;
  #isListed = false;
  readonly #around: Outer[] = [];
  #inBackquotes = false;
  readonly #isWindows: boolean;

  constructor(isWindows: boolean) {
    this.#isWindows = isWindows;
  }

  /** Takes what stands at `at`; gives back where the next begins. */
  step(text: string, at: number): number {
    const char = text[at] ?? "";
    if (char === "\\") return this.#backslash(text, at);
    if (char === '"') {
      this.#isQuoted = !this.#isQuoted;
      return this.#take("", at + 1);
    }
    if (char === "`") {
      this.#inBackquotes = !this.#inBackquotes;
      if (this.#inBackquotes) this.#open();
      else this.#close();
      return at + 1;
    }
    if (char === "$" && text[at + 1] === "(") {
      this.#open();
      return at + 2;
    }
    if (this.#isQuoted) return this.#take(char, at + 1);
    return this.#plain(text, at);
  }

  #backslash(text: string, at: number): number {
    const next = text[at + 1] ?? "";
    if (next === "\n") return at + 2;
    return this.#isWindows && next !== '"' ? this.#take("\\", at + 1) : this.#take(next, at + 2);
  }

  #plain(text: string, at: number): number {
    const char = text[at] ?? "";
    if (char === "'") {
      const close = text.indexOf("'", at + 1);
      const end = close === -1 ? text.length : close;
      return this.#take(text.slice(at + 1, end), end + 1);
    }
    if (char === " " || char === "\t") return this.#endWord(at + 1);
    if (char === "<" || char === ">") return this.#redirection(text, at);
    if (char === "&" && text[at + 1] === ">") return this.#redirection(text, at + 1);
    if (char === "#" && !this.#inWord) return endOfLine(text, at);
    if (";\n&|()".includes(char)) return this.#separator(text, at);
    return this.#take(char, at + 1);
  }

  #separator(text: string, at: number): number {
    const char = text[at] ?? "";
    const isDouble = text[at + 1] === char && (char === "&" || char === "|");
    if (char === "|" && !isDouble) this.endCommand("|");
    else if (char === "(") this.#open();
    else if (char === ")") this.#close();
    else this.endCommand(char === "&" && !isDouble ? "&" : ";");
    return at + (isDouble ? 2 : 1);
  }

  #open(): void {
    this.#endWord(0);
    this.#list();
    const [words, writes, joint, isQuoted] = [this.#words, this.#writes, this.#joint, this.#isQuoted];
    this.#around.push({ words, writes, joint, isQuoted, isListed: this.#isListed });
    this.#begin("(");
  }

  #close(): void {
    this.endCommand(";");
    const outer = this.#around.pop();
    if (outer === undefined) return;
    this.#words = outer.words;
    this.#writes = outer.writes;
    this.#joint = outer.joint;
    this.#isListed = outer.isListed;
    this.#isQuoted = outer.isQuoted;
  }

  #redirection(text: string, at: number): number {
    const char = text[at];
    if (text[at + 1] === "(") {
      this.#open();
      return at + 2;
    }
    // The digit of "2>" is no argument.
    if (/^\d$/.test(this.#word)) this.#word = "";
    if (this.#word === "") this.#inWord = false;
    this.#endWord(at);
    const isDouble = text[at + 1] === char;
    const next = at + (isDouble ? 2 : 1);
    if (text[next] === "&") return skipDigits(text, next + 1);
    this.#redirect = char === ">" ? "out" : "in";
    return next;
  }

  #take(text: string, next: number): number {
    this.#word += text;
    this.#inWord = true;
    return next;
  }

  #endWord(next: number): number {
    if (!this.#inWord) return next;
    const word = this.#word;
    const isFirst = this.#words.length === 0;
    if (this.#redirect === "out") this.#writes.push(word);
    else if (this.#redirect === "none" && !(isFirst && (ASSIGNMENT.test(word) || KEYWORDS.has(word)))) {
      this.#words.push(word);
    }
    this.#word = "";
    this.#inWord = false;
    this.#redirect = "none";
    return next;
  }

  endCommand(joint: Joint): void {
    this.#endWord(0);
    this.#list();
    this.#begin(joint);
  }

  #list(): void {
    const [words, writes, joint] = [this.#words, this.#writes, this.#joint];
    if (this.#isListed || (words.length === 0 && writes.length === 0)) return;
    this.commands.push({ words, writes, joint });
    this.#isListed = true;
  }

  #begin(joint: Joint): void {
    this.#words = [];
    this.#writes = [];
    this.#joint = joint;
    this.#isListed = false;
    this.#isQuoted = false;
    this.#redirect = "none";
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function skipDigits(text: string, at: number): number {
  let next = at;
  while (/[0-9-]/.test(text[next] ?? "")) next += 1;
  return next;
}
