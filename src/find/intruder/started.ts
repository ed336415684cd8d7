import { type SimpleCommand, simpleCommands } from "../../bytes/shell-line.ts";
import { FETCHERS, INTERPRETERS, SHELLS, WRAPPERS } from "../../tables/shell-words.ts";

/** Command lines within command lines (`sh -c`) that are looked into. */
const MAX_DEPTH = 4;

/** What one simple command starts.
 *
 *  Shape: `program` is the path or name as a reader would call it: behind sudo, nohup and their kin, the
 *  script of an interpreter, made whole with the folder that `cd` went to; null where an interpreter reads
 *  its program from elsewhere. `runs` is that elsewhere: "input" for a shell that a pipe or substitution
 *  feeds, "text" for a program given as an option.
 */
export interface Started {
  readonly program: string | null;
  readonly runs: "file" | "input" | "text";
  readonly command: SimpleCommand;
  /** Name of the program that stands first behind the wrappers: "bash" where a script is `program`. */
  readonly by: string;
}

/** What a command line starts, in its order. */
export function startedBy(line: string): Started[] {
  return within(line, { cwd: null, depth: 0 });
}

interface Around {
  readonly cwd: string | null;
  readonly depth: number;
}

function within(line: string, around: Around): Started[] {
  let cwd = around.cwd;
  return simpleCommands(line).flatMap((command) => {
    if (command.words[0] === "cd") {
      cwd = command.words[1] ?? null;
      return [];
    }
    return startedIn(command, { cwd, depth: around.depth });
  });
}

function startedIn(command: SimpleCommand, around: Around): Started[] {
  const behind = behindWrappers(command.words);
  if (behind.line !== null && around.depth < MAX_DEPTH) {
    return within(behind.line, { ...around, depth: around.depth + 1 });
  }
  const [first, ...rest] = behind.words;
  if (first === undefined) return [];
  const by = nameOf(first);
  const textOptions = SHELLS.has(by) ? "c" : INTERPRETERS.get(by);
  if (textOptions === undefined) return [{ program: whole(first, around), runs: "file", command, by }];
  return interpreted({ rest, by, textOptions, command }, around);
}

interface Interpreted {
  readonly rest: readonly string[];
  readonly by: string;
  readonly textOptions: string;
  readonly command: SimpleCommand;
}

function interpreted({ rest, by, textOptions, command }: Interpreted, around: Around): Started[] {
  for (const [index, word] of rest.entries()) {
    // What a substitution inside quotes leaves behind.
    if (word === "") continue;
    const isOption = word.startsWith("-") && word.length > 1;
    if (isOption && !word.startsWith("--") && [...textOptions].some((letter) => word.includes(letter))) {
      const text = rest[index + 1] ?? "";
      const inside =
        SHELLS.has(by) && around.depth < MAX_DEPTH
          ? within(text, { ...around, depth: around.depth + 1 })
          : [];
      return [{ program: null, runs: "text", command, by }, ...inside];
    }
    // "bash -s ARGS" reads its input, as "-" does.
    if (word === "-" || word === "-s") break;
    if (!isOption) return [{ program: whole(word, around), runs: "file", command, by }];
  }
  return [{ program: null, runs: "input", command, by }];
}

/** The words behind sudo, nohup, timeout and their kin; `line` where one of them takes a command line. */
function behindWrappers(words: readonly string[]): {
  readonly words: readonly string[];
  readonly line: string | null;
} {
  let at = 0;
  for (;;) {
    const wrapper = WRAPPERS.get(nameOf(words[at] ?? ""));
    if (wrapper === undefined) return { words: words.slice(at), line: null };
    at += 1;
    let before = wrapper.before;
    for (; at < words.length; at += 1) {
      const word = words[at] ?? "";
      const letter = word.at(-1) ?? "";
      if (word.startsWith("--command=")) return { words: [], line: word.slice("--command=".length) };
      if (word.startsWith("-")) {
        if (wrapper.command === letter) return { words: [], line: words[at + 1] ?? "" };
        if (/^-[A-Za-z]+$/.test(word) && wrapper.valued.includes(letter)) at += 1;
      } else if (/^[A-Za-z_]\w{0,60}=/.test(word)) {
      } else if (before > 0) before -= 1;
      else break;
    }
  }
}

function whole(program: string, { cwd }: Around): string {
  if (cwd === null || program.startsWith("/") || !program.includes("/")) return program;
  return `${cwd.replace(/\/$/, "")}/${program.replace(/^(?:\.\/)+/, "")}`;
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder of a path; empty for a bare name. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Whether one command fetches something from elsewhere. */
export function isFetch({ by, program }: Started): boolean {
  return FETCHERS.has(by) || (program !== null && FETCHERS.has(nameOf(program)));
}
