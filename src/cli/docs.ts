import { COMMAND_NAMES, type CommandName, commandOf, EXIT_STATUS, flagsOf, usageOf } from "./commands.ts";
import { type FlagName, flagOf } from "./flags.ts";
import { flagLabel } from "./help.ts";

/** docs/cli.md, made from the table of flags. */
export function cliDocs(): string {
  return `${[
    "# The command line",
    "",
    "Made from `src/cli/commands.ts` and `src/cli/flags.ts`; `paydirt COMMAND --help` prints the same.",
    "",
    "| command | what it does |",
    "|---|---|",
    ...COMMAND_NAMES.map((name) => `| [\`${name}\`](#${name}) | ${commandOf(name).summary} |`),
    "",
    "| exit status | meaning |",
    "|---|---|",
    ...EXIT_STATUS.map(({ status, says }) => `| ${status} | ${says} |`),
    "",
    "Results go to standard output, progress and errors to standard error. A reader that closes " +
      "standard output early",
    "(`| head`) is no error. `NO_COLOR` and `FORCE_COLOR` are heeded. `PAYDIRT_DEBUG=1` adds stack " +
      "traces to errors.",
    ...COMMAND_NAMES.flatMap(section),
  ].join("\n")}\n`;
}

function section(name: CommandName): string[] {
  const { summary, about, examples } = commandOf(name);
  return [
    "",
    `## ${name}`,
    "",
    `${summary}.`,
    "",
    "```",
    usageOf(name),
    "```",
    ...about.flatMap((paragraph) => ["", paragraph]),
    "",
    "| flag | |",
    "|---|---|",
    ...flagsOf(name).map(row),
    "",
    "```sh",
    ...examples.flatMap(({ says, run }) => [`# ${says}`, run]),
    "```",
  ];
}

function row(name: FlagName): string {
  const { help, more, choices } = flagOf(name);
  const words = [`${help}.`];
  if (more !== null) words.push(more);
  if (choices.length > 0) words.push(`One of ${choices.map((choice) => `\`${choice}\``).join(", ")}.`);
  return `| \`${flagLabel(name).trim()}\` | ${words.join(" ")} |`;
}
