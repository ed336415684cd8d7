import { SEVERITIES } from "../model/finding.ts";
import { type Flag, SWITCH, VALUE } from "./flag.ts";
import { FOLLOW_FLAGS } from "./follow-flags.ts";

/** The table of flags; commands.ts is the one of commands. The parser, `--help`, the completions and
 *  docs/cli.md all read them, in their order. A row says what a flag is and never does anything.
 *
 *  Source of the idea: ripgrep's crates/core/flags/defs.rs.
 */

export const FLAGS = {
  output: {
    ...VALUE,
    short: "o",
    value: "DIR",
    kind: "folder",
    help: "Write the case into this folder (default: paydirt-case; of link: paydirt-links)",
    more:
      "The folder must be empty or not exist, unless --force is given, and must not lie among the " +
      "evidence. The case appears in it when it is whole: an interrupted run leaves nothing behind.",
  },
  force: {
    ...SWITCH,
    help: "Replace an older case in the output folder",
    more:
      "Only the files of a case are replaced, and only once the new case is whole. Other files in the " +
      "folder stay as they are.",
  },
  json: {
    ...SWITCH,
    help: "Print the result as JSON on standard output",
    more:
      "With `investigate` that is the case itself, and no folder is written unless --output is given " +
      "too.",
  },
  quiet: {
    ...SWITCH,
    short: "q",
    help: "Show no progress and no summary; errors are still shown",
  },
  "fail-on": {
    ...VALUE,
    value: "SEVERITY",
    kind: "choice",
    choices: SEVERITIES,
    help: "Exit with status 1 when a finding is of this severity or above",
  },
  "show-secrets": {
    ...SWITCH,
    help: "Leave passwords, tokens and keys in texts from the evidence",
    more:
      "They are replaced by [redacted] in every file of the case and on the screen, because histories, " +
      "environments and configurations are full of them. Private keys and seed phrases of wallets are " +
      "never printed, with or without this flag.",
  },
  "no-hash": {
    ...SWITCH,
    help: "Do not hash the evidence (faster; `verify` can then compare sizes only)",
  },
  "as-of": {
    ...VALUE,
    value: "DATE",
    kind: "day",
    help: "Value the coins at the price of this day too, as YYYY-MM-DD",
    more: "Coins are always valued when mined (day by day) and at the last price known.",
  },
  "pool-fee": {
    ...VALUE,
    value: "PERCENT",
    kind: "percent",
    help: "Take a pool's fee off the coins, in percent (default: 0)",
  },
  "case-number": {
    ...VALUE,
    value: "TEXT",
    kind: "text",
    help: "Case number for the report and the manifest",
  },
  examiner: {
    ...VALUE,
    value: "TEXT",
    kind: "text",
    help: "Name of the examiner for the report and the manifest",
  },
  data: {
    ...VALUE,
    value: "DIR",
    kind: "folder",
    help: "Folder of your own tables (default: $XDG_DATA_HOME/paydirt)",
    more:
      "Tables in it, such as prices brought in by `paydirt market import`, replace or extend those " +
      "that ship with the program. The manifest of a case names what was used, with its hash.",
  },
  set: {
    ...VALUE,
    value: "DETECTOR.NAME=VALUE",
    kind: "limit",
    repeatable: true,
    help: "Set a detector's threshold; may be given several times",
    more:
      "`paydirt detectors` lists the names. The report prints every threshold, and which of them were " +
      "set.",
  },
  root: {
    ...VALUE,
    value: "DIR",
    kind: "folder",
    help: "With live: read the host's files below this folder instead of /",
    more:
      "For the root of a mounted or copied system. Processes come from its proc folder where that holds " +
      "any, else from the running kernel.",
  },
  ioc: {
    ...VALUE,
    value: "FILE",
    kind: "file",
    repeatable: true,
    help: "Look for the indicators in this file; may be given several times",
    more:
      "A STIX 2.0 or 2.1 bundle, a MISP event, or a list with one indicator a line (Maltrail's too): " +
      "payment addresses, addresses and names of servers, URLs, hashes, file names, login keys.",
  },
  yara: {
    ...VALUE,
    value: "FILE",
    kind: "file",
    repeatable: true,
    help: "Run the YARA rules in this file over the evidence; may be repeated",
    more:
      "Needs a YARA engine, which is an optional package: npm install @litko/yara-x where npm did not. " +
      "Files larger than 64 MB are looked at up to there, and that is said.",
  },
  ...FOLLOW_FLAGS,
  coin: {
    ...VALUE,
    value: "TICKER",
    kind: "text",
    help: "The coin, such as xmr or btc",
  },
  amount: {
    ...VALUE,
    value: "COINS",
    kind: "amount",
    help: "How many coins",
  },
  hashrate: {
    ...VALUE,
    value: "RATE",
    kind: "hashrate",
    help: "A hash rate, such as 900, 16.8kH/s or 1.2M",
  },
  date: {
    ...VALUE,
    value: "DATE",
    kind: "day",
    help: "One day, as YYYY-MM-DD",
  },
  from: {
    ...VALUE,
    value: "DATE",
    kind: "day",
    help: "First day of a span, as YYYY-MM-DD",
  },
  to: {
    ...VALUE,
    value: "DATE",
    kind: "day",
    help: "Last day of a span (included), as YYYY-MM-DD",
  },
  replace: {
    ...SWITCH,
    help: "Use only the imported days and no others for this coin",
    more: "Without it the imported days extend those known, and win where both have a day.",
  },
  "no-color": {
    ...SWITCH,
    help: "Print without colours (so do NO_COLOR and output that is no terminal)",
    more: "FORCE_COLOR=1 in the environment prints colours even where the output is no terminal.",
  },
  help: {
    ...SWITCH,
    short: "h",
    help: "Print help: -h in short, --help in full",
  },
  version: {
    ...SWITCH,
    short: "V",
    help: "Print the version",
  },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;

export function isFlag(name: string): name is FlagName {
  return Object.hasOwn(FLAGS, name);
}

/** A row by name, without the narrow types of the literal. */
export function flagOf(name: FlagName): Flag {
  return FLAGS[name];
}
