import {
  COMMAND_NAMES,
  type CommandName,
  commandOf,
  EVERYWHERE,
  EXIT_STATUS,
  flagsOf,
  usageOf,
} from "./commands.ts";
import { type FlagName, flagOf } from "./flags.ts";

/** Lines are broken before this column: an 80-column terminal keeps its last column free. */
const COLUMNS = 79;

/** What `paydirt` alone prints: enough to begin. */
export function shortHelp(): string {
  return [
    "Paydirt reads the evidence of a seized server and tells who mined on it, how",
    "much, and what it was worth. It only reads: nothing is sent anywhere.",
    "",
    "  paydirt investigate capture.pcap      evidence in, a case out",
    "  paydirt explain paydirt-case          how we know",
    "  paydirt --help                        everything else",
    "",
  ].join("\n");
}

/** `paydirt --help`. */
export function programHelp(): string {
  return [
    ...wrap(
      "Paydirt: evidence in, a case out: who mined on your machines, how much, worth what, and how we know.",
      0,
    ),
    "",
    "Usage: paydirt COMMAND [ARGUMENTS] [FLAGS]",
    "",
    "Commands:",
    ...columns(COMMAND_NAMES.map((name) => [name, commandOf(name).summary])),
    "",
    "Flags:",
    ...columns([...EVERYWHERE, "version" as const].map((name) => [flagLabel(name), flagOf(name).help])),
    "",
    "Examples:",
    ...COMMAND_NAMES.flatMap((name) => commandOf(name).examples.slice(0, 1))
      .slice(0, 5)
      .flatMap(exampleLines),
    ...exitStatus(EXIT_STATUS),
    "",
    "paydirt help COMMAND tells everything about a command.",
    "",
  ].join("\n");
}

/** `paydirt COMMAND -h` (short: one line a flag) and `--help`. */
export function commandHelp(name: CommandName, short: boolean): string {
  const { summary, about, examples } = commandOf(name);
  const flags = flagsOf(name);
  return [
    summary,
    "",
    `Usage: ${usageOf(name)}`,
    "",
    ...(short ? [] : about.flatMap((paragraph) => [...wrap(paragraph, 0), ""])),
    "Flags:",
    ...(short ? columns(flags.map((flag) => [flagLabel(flag), flagOf(flag).help])) : flags.flatMap(longFlag)),
    "",
    "Examples:",
    ...examples.flatMap(exampleLines),
    ...(short ? [] : exitStatus(exitStatusOf(name))),
    "",
  ].join("\n");
}

/** "-o, --output DIR". */
export function flagLabel(name: FlagName): string {
  const { short, value } = flagOf(name);
  return `${short === null ? "    " : `-${short}, `}--${name}${value === null ? "" : ` ${value}`}`;
}

function longFlag(name: FlagName): string[] {
  const { help, more, choices } = flagOf(name);
  const lines = [...wrap(`${help}.`, 10), ...(more === null ? [] : wrap(more, 10))];
  if (choices.length > 0) lines.push(...wrap(`One of: ${choices.join(", ")}.`, 10));
  return [`  ${flagLabel(name)}`, ...lines];
}

function exampleLines({ says, run }: { readonly says: string; readonly run: string }): string[] {
  return [`  # ${says}`, `  ${run}`];
}

/** Those that a command can end with. */
function exitStatusOf(name: CommandName): readonly (typeof EXIT_STATUS)[number][] {
  const canFail = name === "verify" || flagsOf(name).some((flag) => flag === "fail-on");
  return EXIT_STATUS.filter(({ status }) => status !== 1 || canFail);
}

function exitStatus(all: readonly (typeof EXIT_STATUS)[number][]): string[] {
  const rows = all.map(({ status, says }) => [String(status), says] as const);
  return ["", "Exit status:", ...columns(rows)];
}

/** Two columns; the second is wrapped under itself. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 4;
  return rows.flatMap(([left, right]) => {
    const [first = "", ...rest] = wrap(right, width);
    return [`  ${left}`.padEnd(width) + first.trimStart(), ...rest];
  });
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  for (const word of text.split(" ")) {
    const isEmpty = line.trim() === "";
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return [...lines, line];
}
