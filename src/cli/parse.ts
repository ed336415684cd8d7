import { parseArgs } from "node:util";
import { PaydirtError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { COMMAND_NAMES, type CommandName, commandOf, flagsOf, isCommand, usageOf } from "./commands.ts";
import { FLAGS, type FlagName, flagOf, isFlag } from "./flags.ts";
import { CHECKS } from "./kinds.ts";

/** A command line whose every part was checked against the table. */
export interface Parsed {
  readonly command: CommandName;
  readonly arguments: readonly string[];
  readonly values: ReadonlyMap<FlagName, readonly string[]>;
}

/** A command line that asks for nothing but help or the version. */
export type Asked = Parsed | { readonly command: null; readonly wants: "help" | "short-help" | "version" };

/** Reads a command line (without node and script).
 *
 *  Shape: `pathExists` tells whether a first word that is no command is a file, for the hint it deserves.
 *  Errors: `bad-option`, with the nearest name where there is one.
 */
export function parse(words: readonly string[], pathExists: (path: string) => boolean): Asked {
  const at = words.findIndex((word) => !word.startsWith("-") || word === "-" || word === "--");
  const first = at === -1 ? undefined : words[at];
  const leading = at === -1 ? words : words.slice(0, at);
  if (leading.includes("--version") || leading.includes("-V")) return { command: null, wants: "version" };
  if (first === undefined) return withoutCommand(leading);
  if (!isCommand(first)) {
    const later = leading.length === 0 ? undefined : words.slice(at + 1).find(isCommand);
    if (later !== undefined) {
      const early = words.slice(0, at + 1).join(" ");
      throw new PaydirtError(
        "bad-option",
        `${early} stands before the command; did you mean: ${usageOf(later)}`,
      );
    }
    withoutCommand(leading);
    throw unknownCommand(first, pathExists);
  }
  const rest = [...leading, ...words.slice(at + 1)];
  return parseCommand(first, rest);
}

function withoutCommand(leading: readonly string[]): Asked {
  const other = leading.find((word) => !["--help", "-h", "--no-color"].includes(word));
  if (other !== undefined) {
    const isMeant = (flag: FlagName) =>
      `--${flag}` === other.replace(/=.*/s, "") || `-${flagOf(flag).short}` === other;
    const owner = COMMAND_NAMES.find((name) => flagsOf(name).some(isMeant));
    throw new PaydirtError(
      "bad-option",
      owner === undefined
        ? `${other} is not a flag, and there is no command`
        : `${other} has no command before it; did you mean: ${usageOf(owner)}`,
    );
  }
  return { command: null, wants: leading.includes("--help") ? "help" : "short-help" };
}

function unknownCommand(word: string, pathExists: (path: string) => boolean): PaydirtError {
  if (word === "-" || word === "--" || pathExists(word)) {
    const path = word === "--" ? "FILE" : /^[\w./-]+$/.test(word) ? word : JSON.stringify(word);
    return new PaydirtError(
      "bad-option",
      `${word} is not a command; did you mean: paydirt investigate ${path}`,
    );
  }
  const near = nearest(word, COMMAND_NAMES);
  return new PaydirtError(
    "bad-option",
    near === null
      ? `${word} is neither a command nor a file; commands are ${COMMAND_NAMES.join(", ")}`
      : `${word} is not a command; did you mean ${near}?`,
  );
}

function parseCommand(command: CommandName, words: string[]): Parsed {
  const names = flagsOf(command);
  const { tokens } = parseArgs({
    args: words,
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      names.map((name) => {
        const { value, short } = flagOf(name);
        const type = value === null ? ("boolean" as const) : ("string" as const);
        return [name, short === null ? { type } : { type, short }];
      }),
    ),
  });
  const values = new Map<FlagName, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    else if (token.kind === "option") {
      const name = flagIn(command, names, token);
      addValue(values, name, checkedValue(name, token));
    }
  }
  const parsed = { command, arguments: positionals, values };
  if (!values.has("help")) checkArguments(parsed);
  return parsed;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function flagIn(command: CommandName, names: readonly FlagName[], token: OptionToken): FlagName {
  const { name, rawName } = token;
  if (isFlag(name) && names.includes(name)) return name;
  const near = nearest(name, names);
  const meant = near === null ? `paydirt ${command} --help lists the flags` : `did you mean --${near}?`;
  throw new PaydirtError("bad-option", `${rawName} is not a flag of ${command}; ${meant}`);
}

/** The value as given, or "" for a switch. */
function checkedValue(name: FlagName, { value, rawName, inlineValue }: OptionToken): string {
  const flag = flagOf(name);
  if (flag.value === null) {
    if (value !== undefined)
      throw new PaydirtError("bad-option", `${rawName} takes no value, but has ${value}`);
    return "";
  }
  const swallowsFlag = inlineValue === false && /^-\D/.test(value ?? "");
  if (value === undefined || swallowsFlag) {
    throw new PaydirtError("bad-option", `${rawName} needs a value: ${rawName} ${flag.value}`);
  }
  const wrong = CHECKS[flag.kind](value, flag);
  if (wrong === null) return value;
  const near = flag.kind === "choice" ? nearest(value, flag.choices) : null;
  const meant = near === null ? "" : `; did you mean ${near}?`;
  // The URL of a node can hold its password.
  const shown = flag.kind === "chain" ? "" : ` ${JSON.stringify(value)}`;
  throw new PaydirtError("bad-option", `${rawName}${shown} ${wrong}${meant}`);
}

function addValue(values: Map<FlagName, string[]>, name: FlagName, value: string): void {
  const before = values.get(name);
  if (before === undefined) values.set(name, [value]);
  else if (flagOf(name).repeatable) before.push(value);
  else if (FLAGS[name].value !== null) {
    throw new PaydirtError("bad-option", `--${name} is given twice: ${before[0]} and ${value}`);
  }
}

function checkArguments({ command, arguments: given }: Parsed): void {
  const { usage, least, most } = commandOf(command);
  const form = usageOf(command);
  if (given.length < least) {
    throw new PaydirtError("bad-option", `${command} needs ${usage.trim()}; usage: ${form}`);
  }
  if (most !== null && given.length > most) {
    const extra = given.slice(most).join(" ");
    throw new PaydirtError("bad-option", `${command} does not know what to do with ${extra}; usage: ${form}`);
  }
}

/** Whether a switch is on, or a flag with a value is given. */
export function has(parsed: Parsed, name: FlagName): boolean {
  return parsed.values.has(name);
}

/** The value of a flag; null when it is not given. */
export function textOf(parsed: Parsed, name: FlagName): string | null {
  return parsed.values.get(name)?.[0] ?? null;
}

/** All values of a flag that may be given several times. */
export function textsOf(parsed: Parsed, name: FlagName): readonly string[] {
  return parsed.values.get(name) ?? [];
}
