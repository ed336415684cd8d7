import { type SimpleCommand, simpleCommands } from "../bytes/shell-line.ts";
import { SHELLS, WRAPPERS, type Wrapper } from "./shell-words.ts";
import { CONTAINER_ENGINES, INTERPRETERS, RUN_SWITCHES, TALKERS } from "./talkers.ts";

/** Commands within commands (`sudo screen -dm bash -c "nohup …"`) that are followed. */
const MAX_DEPTH = 5;
/** Commands of one text. */
const MAX_STARTED = 500;

/** A program that a command line starts.
 *
 *  Shape: `program` is the word that names it, as written; `name` its last part in lower case, without
 *  ".exe"; `through` are the wrappers, shells and interpreters before it; `piped` are the words of the
 *  command whose output it reads.
 */
export interface Started {
  readonly program: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly through: readonly string[];
  readonly piped: readonly string[];
}

/** Every program that a command line starts, with its wrappers taken off.
 *
 *  Shape: `sudo nohup /tmp/x -o pool &` starts "/tmp/x" with the arguments "-o pool", through "sudo" and
 *  "nohup". A shell whose commands come from a pipe or a file is a program itself.
 *  Limits: as `simpleCommands`; at most 500.
 */
export function startedPrograms(text: string): Started[] {
  const out: Started[] = [];
  collect(simpleCommands(text), { through: [], depth: 0 }, out);
  return out;
}

/** The last part of a path of either kind, in lower case, without ".exe". */
export function programName(word: string): string {
  const at = Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\"));
  return word
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.exe$/, "");
}

interface Around {
  readonly through: readonly string[];
  readonly depth: number;
}

function collect(commands: readonly SimpleCommand[], around: Around, out: Started[]): void {
  let before: readonly string[] = [];
  for (const { words, joint } of commands) {
    if (out.length >= MAX_STARTED) return;
    start({ words, piped: joint === "|" ? before : [] }, around, out);
    // What a substitution runs stands between the two ends of a pipe.
    if (joint !== "(") before = words;
  }
}

interface Words {
  readonly words: readonly string[];
  readonly piped: readonly string[];
}

function start({ words, piped }: Words, { through, depth }: Around, out: Started[]): void {
  const at = words.findIndex((word) => !isAssignment(word));
  const program = words[at];
  if (program === undefined || depth > MAX_DEPTH) return;
  const args = words.slice(at + 1);
  const name = programName(program);
  const inner = { through: [...through, name], depth: depth + 1 };
  const again = (text: string) => collect(simpleCommands(text), inner, out);
  const goOn = (rest: readonly string[]) => start({ words: rest, piped }, inner, out);
  if (SHELLS.has(name) || name === "su" || name === "runuser") {
    const text = textBehindC(args);
    if (text !== null) return again(text);
  }
  if (name === "cmd" && /^\/[ck]$/i.test(args[0] ?? "")) return goOn(args.slice(1));
  if (name === "tmux") {
    const text = args.at(-1);
    return /^new/.test(args[0] ?? "") && text?.includes(" ") ? again(text) : undefined;
  }
  const wrapper = WRAPPERS.get(name);
  if (wrapper !== undefined) {
    const text = wrapper.command === undefined ? null : textBehindC(args);
    return text === null ? goOn(args.slice(commandAt(args, wrapper))) : again(text);
  }
  if (CONTAINER_ENGINES.has(name)) {
    return args[0] === "run" ? goOn(args.slice(imageAt(args))) : undefined;
  }
  if (SHELLS.has(name) || INTERPRETERS.test(name)) {
    const script = args.findIndex((word) => !word.startsWith("-"));
    // "bash -s WALLET" reads its commands from the pipe: what is behind are arguments of those.
    const isPiped = args.includes("-s") || piped.length > 0;
    if (script >= 0 && !isPiped) return goOn(args.slice(script));
  }
  if (name === "start-stop-daemon") {
    const exec = args.findIndex((word) => word === "--exec" || word === "-x" || word === "--startas");
    return exec >= 0 ? goOn(args.slice(exec + 1).filter((word) => word !== "--")) : undefined;
  }
  if (!TALKERS.has(name) && !program.includes("://")) out.push({ program, name, args, through, piped });
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w{0,100}=/.test(word);
}

/** Index of the command behind a wrapper's options, values, assignments and positional words. */
function commandAt(args: readonly string[], { valued, before }: Wrapper): number {
  let left = before;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (word === "--") return at + 1;
    // "screen -dmS NAME": the letter that takes the value is the last of a group.
    if (/^-[A-Za-z]+$/.test(word) && valued.includes(word.at(-1) ?? "-")) at += 1;
    else if (word.startsWith("-") || isAssignment(word)) continue;
    else if (left > 0) left -= 1;
    else return at;
  }
  return args.length;
}

/** The text behind `-c`; process lists have lost its quotes, so that all that follows belongs to it. */
function textBehindC(args: readonly string[]): string | null {
  const at = args.findIndex((word) => /^-[a-z]{0,5}c$/.test(word));
  return at === -1 || at + 1 >= args.length ? null : args.slice(at + 1).join(" ");
}

function imageAt(args: readonly string[]): number {
  let at = 1;
  for (; at < args.length; at += 1) {
    const word = args[at] ?? "";
    if (!word.startsWith("-")) return at;
    if (!word.includes("=") && !RUN_SWITCHES.test(word)) at += 1;
  }
  return at;
}
