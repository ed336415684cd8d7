import type { FlagName } from "./flags.ts";

export interface Example {
  readonly says: string;
  readonly run: string;
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The arguments as the usage line names them. */
  readonly usage: string;
  /** Least and most arguments; null: any number. */
  readonly least: number;
  readonly most: number | null;
  /** What the arguments are, for completion. */
  readonly takes: "files" | "folder" | "none" | "commands" | readonly string[];
  readonly about: readonly string[];
  readonly flags: readonly FlagName[];
  readonly examples: readonly Example[];
}

export const COMMANDS = {
  investigate: {
    summary: "Read evidence and write a case: who mined, how much, worth what",
    usage: "EVIDENCE…",
    least: 1,
    most: null,
    takes: "files",
    about: [
      "Reads collections of hosts (UAC, Velociraptor, copied trees, mounted images, live:), logs, traces " +
        "of miners and captures (pcap, pcapng), plain, compressed or in archives, recognised by their " +
        "content; folders are walked, and - is standard input. Any other file is searched for payment " +
        "addresses. Evidence is only ever opened for reading, and nothing is sent anywhere.",
      "The case is a folder: report.html to read, case.json for programs, timeline.jsonl for Timesketch, " +
        "sessions.csv, shares.csv, wallets.csv, and manifest.json with the hash of every file.",
      "What could not be read is listed as a gap with its file and offset; the rest is still read.",
    ],
    flags: [
      "output",
      "force",
      "json",
      "quiet",
      "fail-on",
      "show-secrets",
      "no-hash",
      "as-of",
      "pool-fee",
      "case-number",
      "examiner",
      "data",
      "set",
      "ioc",
      "yara",
      "root",
    ],
    examples: [
      {
        says: "What a collector brought home, and its log beside it",
        run: "paydirt investigate uac-web01-linux-20261122174317.tar.gz",
      },
      { says: "One capture, a case in ./paydirt-case", run: "paydirt investigate capture.pcap" },
      {
        says: "A folder of rotated captures, into a named folder",
        run: "paydirt investigate captures/ -o case",
      },
      {
        says: "From standard input, stopping a pipeline when mining is found",
        run: "zstd -dc capture.pcap.zst | paydirt investigate - --fail-on high",
      },
      { says: "The host this runs on, read-only", run: "paydirt investigate live:" },
      {
        says: "With the particulars of the case and a date of valuation",
        run: 'paydirt investigate captures/ --case-number 2017-041 --examiner "A. Doe" --as-of 2017-12-29',
      },
      {
        says: "Only the wallets, for another program",
        run: "paydirt investigate x.pcap --json | jq '.sessions[].wallet'",
      },
    ],
  },
  explain: {
    summary: "Print how a finding, session or sum of a case is known",
    usage: "CASE ID",
    least: 1,
    most: 2,
    takes: "folder",
    about: [
      "Prints the trail behind one statement of a case: packets and byte offsets, decoded messages, " +
        "arithmetic. ID is the id of a finding, session or valuation, or a host or wallet; of followed " +
        "money the id of a trace, way, revenue, owner, swap or tag, or an output (TXID:VOUT). Without " +
        "an ID, the ids are listed.",
    ],
    flags: [],
    examples: [
      { says: "What can be explained", run: "paydirt explain paydirt-case" },
      { says: "Why the first finding was made", run: "paydirt explain paydirt-case f1" },
      { says: "How coins came to a service, hop by hop", run: "paydirt explain paydirt-case t1.p1" },
    ],
  },
  link: {
    summary: "Tell which hosts of several cases belong to one operator",
    usage: "CASE…",
    least: 1,
    most: null,
    takes: "folder",
    about: [
      "Compares the wallets, pool accounts, login keys, hashes, start-up entries, addresses and login " +
        "sources of cases, and writes a case of its own: hosts that share what only one operator has are " +
        "a cluster. Public pools, shared hosting, documentation addresses and common tools link nothing.",
      "Every place still leads to the evidence; the cases themselves are not changed.",
    ],
    flags: ["output", "force", "json", "quiet", "case-number", "examiner"],
    examples: [{ says: "Three cases, the result in ./paydirt-links", run: "paydirt link case1 case2 case3" }],
  },
  follow: {
    summary: "Follow bitcoin from an address, transaction or case to who got it",
    usage: "[SEED…] --chain SOURCE",
    least: 0,
    most: null,
    takes: "none",
    about: [
      "A seed is btc:ADDRESS (all that it received), btc:TXID or btc:TXID:VOUT (outputs of a transaction), " +
        "or family:NAME (all addresses that a list gives a family of ransomware). The trace goes through " +
        "every transaction that spends dirty coins and stops where following them would be a guess: at " +
        "services, CoinJoins, dust, the end of the source.",
      "The case says what came in and what it was worth, who got how much of it, the way to each service " +
        "with what can be asked there, and where the coins can honestly not be followed.",
    ],
    flags: [
      "chain",
      "policy",
      "until",
      "no-fees",
      "backward",
      "tags",
      "cluster",
      "swaps",
      "hop",
      "min-sats",
      "demand",
      "as-of",
      "into",
      "output",
      "force",
      "json",
      "quiet",
      "cache",
      "case-number",
      "examiner",
      "data",
    ],
    examples: [
      {
        says: "A theft, through the block files of your own node",
        run: "paydirt follow btc:TXID:0 --chain blocks:.bitcoin/blocks --tags tagpacks/ -o case",
      },
      {
        says: "What a family of ransomware received, from a list of payments",
        run: "paydirt follow family:WannaCry --chain slice:ransomwhere.json --until 2017-08-03",
      },
      {
        says: "The addresses of a case, with two policies side by side",
        run: "paydirt follow --into case --chain rpc:http://127.0.0.1:8332 --policy fifo,haircut",
      },
    ],
  },
  verify: {
    summary: "Hash a case and its evidence again and say what changed",
    usage: "CASE",
    least: 1,
    most: 1,
    takes: "folder",
    about: [
      "Compares every file of the case, and every piece of evidence, with the SHA-256 in " +
        "manifest.json. Exits with status 1 when something changed, is missing or cannot be read. The " +
        "hash of manifest.json itself is printed, to compare with your notes.",
      "Evidence is looked for where it lay; relative paths are taken from the working folder.",
    ],
    flags: ["json", "quiet"],
    examples: [{ says: "Before handing the case over", run: "paydirt verify paydirt-case" }],
  },
  value: {
    summary: "Tell what coins or a hash rate were worth, and what they take",
    usage: "",
    least: 0,
    most: 0,
    takes: "none",
    about: [
      "Values coins or a hash rate on one day or over a span, and turns it round: the hash rate " +
        "needed, the blocks expected and the number of servers of that era, so that a claim can be " +
        "checked.",
    ],
    flags: ["coin", "amount", "hashrate", "date", "from", "to", "as-of", "pool-fee", "data", "json"],
    examples: [
      {
        says: "What 70 XMR of the summer of 2017 were worth, and what they took",
        run: "paydirt value --coin xmr --amount 70 --from 2017-06-01 --to 2017-08-31 --as-of 2017-12-29",
      },
      {
        says: "What a server's 900 H/s brought on one day",
        run: "paydirt value --coin xmr --hashrate 900 --date 2017-07-14",
      },
    ],
  },
  market: {
    summary: "Bring in a table of daily prices and difficulties",
    usage: "import FILE",
    least: 2,
    most: 2,
    takes: ["import"],
    about: [
      "Reads a CSV of Coin Metrics, of Yahoo Finance, or plain `date,price_usd[,difficulty]`, checks " +
        "every row, and keeps it in your data folder, where `investigate` and `value` find it. A bad " +
        "row is named by its line and nothing is changed.",
    ],
    flags: ["coin", "replace", "data"],
    examples: [
      { says: "Prices of Monero from Coin Metrics", run: "paydirt market import xmr.csv --coin xmr" },
    ],
  },
  detectors: {
    summary: "List the detectors and their thresholds",
    usage: "",
    least: 0,
    most: 0,
    takes: "none",
    about: ["Lists what Paydirt looks for, what it cannot see, and each threshold with its unit and reason."],
    flags: ["json"],
    examples: [{ says: "The names that --set takes", run: "paydirt detectors" }],
  },
  completion: {
    summary: "Print a completion script for bash, zsh or fish",
    usage: "SHELL",
    least: 1,
    most: 1,
    takes: ["bash", "zsh", "fish"],
    about: [],
    flags: [],
    examples: [
      { says: "bash, for this session", run: 'eval "$(paydirt completion bash)"' },
      { says: "zsh, for this session (after compinit)", run: 'eval "$(paydirt completion zsh)"' },
      { says: "fish, for good", run: "paydirt completion fish > ~/.config/fish/completions/paydirt.fish" },
    ],
  },
  help: {
    summary: "Print help on a command",
    usage: "[COMMAND]",
    least: 0,
    most: 1,
    takes: "commands",
    about: [],
    flags: [],
    examples: [{ says: "Everything about investigate", run: "paydirt help investigate" }],
  },
  version: {
    summary: "Print the version",
    usage: "",
    least: 0,
    most: 0,
    takes: "none",
    about: [],
    flags: [],
    examples: [{ says: "The version", run: "paydirt version" }],
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** Flags that every command takes. */
export const EVERYWHERE = ["no-color", "help"] as const satisfies readonly FlagName[];

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).filter(isCommand);

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}

/** The flags of a command, its own first. */
export function flagsOf(name: CommandName): readonly FlagName[] {
  return [...commandOf(name).flags, ...EVERYWHERE];
}

export const EXIT_STATUS = [
  { status: 0, says: "done, gaps in the evidence included" },
  { status: 1, says: "a finding at or above --fail-on; for verify: something is no longer the same" },
  { status: 2, says: "wrong usage, or no evidence could be read, or the case could not be written" },
  { status: 130, says: "stopped by Ctrl-C; nothing half done is left" },
] as const;

/** "paydirt investigate EVIDENCE… [FLAGS]". */
export function usageOf(name: CommandName): string {
  return ["paydirt", name, commandOf(name).usage, "[FLAGS]"].filter((word) => word !== "").join(" ");
}
