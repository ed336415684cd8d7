import { COMMAND_NAMES, type CommandName, commandOf, EVERYWHERE, flagsOf } from "./commands.ts";
import { type FlagName, flagOf } from "./flags.ts";

/** Completion scripts by shell, made from the table of flags. */
export const SHELLS = { bash, zsh, fish } as const;

export type Shell = keyof typeof SHELLS;

export function isShell(name: string): name is Shell {
  return Object.hasOwn(SHELLS, name);
}

/** Every way to write a flag: "--output", "-o". */
function spellings(name: FlagName): string[] {
  const { short } = flagOf(name);
  return short === null ? [`--${name}`] : [`--${name}`, `-${short}`];
}

/** The words that an argument can be; null where it is a path or free. */
function argumentWords(name: CommandName): readonly string[] | null {
  const { takes } = commandOf(name);
  if (takes === "commands") return COMMAND_NAMES;
  return typeof takes === "string" ? null : takes;
}

/** A word in single quotes, as all three shells read it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function bash(): string {
  const top = [...COMMAND_NAMES, ...[...EVERYWHERE, "version" as const].flatMap(spellings)].join(" ");
  const commands = COMMAND_NAMES.map((name) => {
    const words = [...flagsOf(name).flatMap(spellings), ...(argumentWords(name) ?? [])].join(" ");
    return `          ${name}) words=${quoted(words)} ;;`;
  });
  const choices = uniqueFlags((name) => flagOf(name).choices.length > 0).map(
    (name) => `    ${spellings(name).join("|")}) words=${quoted(flagOf(name).choices.join(" "))} ;;`,
  );
  const folders = uniqueFlags((name) => flagOf(name).kind === "folder").flatMap(spellings);
  const files = uniqueFlags((name) => flagOf(name).kind === "file").flatMap(spellings);
  const free = uniqueFlags((name) => isFree(name)).flatMap(spellings);
  const withFiles = COMMAND_NAMES.filter((name) => takesPaths(name) || name === "market");
  // No mapfile and no associative arrays: macOS still has bash 3.2.
  return `# bash completion for paydirt
_paydirt() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local words='' IFS=$'\\n'
  COMPREPLY=()
  compopt -o filenames 2>/dev/null
  case $before in
${choices.join("\n")}
    ${folders.join("|")}) COMPREPLY=($(compgen -d -- "$word")); return ;;
    ${files.join("|")}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    ${free.join("|")}) return ;;
    *)
      if (( COMP_CWORD == 1 )); then
        words=${quoted(top)}
      else
        case $command in
${commands.join("\n")}
        esac
      fi
      ;;
  esac
  COMPREPLY=($(compgen -W "\${words// /$'\\n'}" -- "$word"))
  case $command in
    ${withFiles.join("|")})
      if [[ $COMP_CWORD -gt 1 && $word != -* ]]; then COMPREPLY+=($(compgen -f -- "$word")); fi
      ;;
  esac
}
complete -F _paydirt paydirt
`;
}

function zsh(): string {
  const commands = COMMAND_NAMES.map(
    (name) => `    ${quoted(`${name}:${zshText(commandOf(name).summary)}`)}`,
  );
  const cases = COMMAND_NAMES.map((name) => {
    const flags = flagsOf(name).map((flag) => `        ${zshFlag(flag)}`);
    const specifications = [...flags, `        ${zshArguments(name)}`].join(" \\\n");
    return `      ${name})\n        _arguments -s -S \\\n${specifications}\n        ;;`;
  });
  return `#compdef paydirt
_paydirt() {
  local -a commands
  local curcontext=$curcontext state line
  commands=(
${commands.join("\n")}
  )
  _arguments -C \\
    ${[...EVERYWHERE, "version" as const].map(zshFlag).join(" \\\n    ")} \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}
if [[ \${funcstack[1]} == _paydirt ]]; then _paydirt "$@"; else compdef _paydirt paydirt; fi
`;
}

/** Text inside an _arguments specification, where brackets and colons have a meaning. */
function zshText(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

const ZSH_FILES: Readonly<Record<string, string>> = { folder: "_files -/", file: "_files" };

function zshFlag(name: FlagName): string {
  const { value, help, repeatable, choices, kind } = flagOf(name);
  const names = spellings(name);
  const action = choices.length > 0 ? `(${choices.join(" ")})` : (ZSH_FILES[kind] ?? " ");
  const tail = `[${zshText(help)}]`;
  const argument = value === null ? "" : `:${zshText(value)}:${action}`;
  const before = repeatable ? "*" : `(${names.join(" ")})`;
  return names.map((spelling) => quoted(`${before}${spelling}${tail}${argument}`)).join(" ");
}

function zshArguments(name: CommandName): string {
  const { takes, usage } = commandOf(name);
  const words = argumentWords(name);
  if (name === "market") return `${quoted("1:what:(import)")} ${quoted("2:FILE:_files")}`;
  if (words !== null) return quoted(`1:${zshText(usage)}:(${words.join(" ")})`);
  if (takes === "files") return quoted(`*:${zshText(usage)}:_files`);
  return takes === "folder" ? quoted("1:CASE:_files -/") : quoted("*: :");
}

function fish(): string {
  const lines = ["# fish completion for paydirt", "complete -c paydirt -f"];
  for (const name of [...EVERYWHERE, "version" as const]) {
    lines.push(`complete -c paydirt -n __fish_use_subcommand ${fishFlag(name)}`);
  }
  for (const name of COMMAND_NAMES) {
    const { summary } = commandOf(name);
    const inside = `complete -c paydirt -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    lines.push(`complete -c paydirt -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`);
    for (const flag of flagsOf(name)) lines.push(`${inside} ${fishFlag(flag)}`);
    const words = argumentWords(name);
    if (words !== null) lines.push(`${inside} -a ${quoted(words.join(" "))}`);
    if (takesPaths(name) || name === "market") lines.push(`${inside} -F`);
  }
  return `${lines.join("\n")}\n`;
}

function fishFlag(name: FlagName): string {
  const { short, value, help, choices, kind } = flagOf(name);
  const parts = [`-l ${name}`];
  if (short !== null) parts.push(`-s ${short}`);
  if (value !== null) parts.push("-r");
  if (choices.length > 0) parts.push(`-a ${quoted(choices.join(" "))}`);
  if (kind === "folder") parts.push(`-a '(__fish_complete_directories)'`);
  if (kind === "file") parts.push("-F");
  return `${parts.join(" ")} -d ${quoted(help)}`;
}

function takesPaths(name: CommandName): boolean {
  const { takes } = commandOf(name);
  return takes === "files" || takes === "folder";
}

/** A flag whose value the shell cannot know. */
function isFree(name: FlagName): boolean {
  const { value, kind, choices } = flagOf(name);
  return value !== null && kind !== "folder" && kind !== "file" && choices.length === 0;
}

function uniqueFlags(wanted: (name: FlagName) => boolean): FlagName[] {
  return [...new Set(COMMAND_NAMES.flatMap(flagsOf))].filter(wanted);
}
