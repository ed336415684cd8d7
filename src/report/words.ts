import type { Case } from "../model/case.ts";
import type { Severity } from "../model/finding.ts";
import type { AddressOwner } from "../model/follow-case.ts";
import type { CaseHost, Stage } from "../model/host-case.ts";
import { isFollowed, isOnlyFollowed } from "./figures.ts";
import { FOLLOW_GLOSSARY, FOLLOW_METHODS } from "./follow-words.ts";
import { percent } from "./numbers.ts";

export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  info: "Information",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};

export const STAGE_WORD: Readonly<Record<Stage, string>> = {
  "way-in": "Way in",
  staying: "Staying",
  mining: "Mining",
  "elbowing-out": "Elbowing out",
  extortion: "Extortion",
  theft: "Theft",
  "covering-up": "Covering up",
};

/** What a host is called: its name, else its first address, else its id. */
export function hostName({ id, name, addresses }: Pick<CaseHost, "id" | "name" | "addresses">): string {
  return name ?? addresses[0] ?? id;
}

/** The same by its id; what is no id (the address of a capture's host) stands for itself. */
export function hostNamed(c: Pick<Case, "hosts">, id: string): string {
  let names = NAMES.get(c.hosts);
  if (names === undefined) {
    names = new Map(c.hosts.map((host) => [host.id, hostName(host)]));
    NAMES.set(c.hosts, names);
  }
  return names.get(id) ?? id;
}

/** Every line of a timeline asks for a host's name. */
const NAMES = new WeakMap<readonly CaseHost[], ReadonlyMap<string, string>>();

/** A likelihood in words, and the number.
 *  Source: ICD 203 (2015) §D.6.e.2.a, the scale of US intelligence analysis. */
export function likelihood(value: number | null): string {
  if (value === null) return "not estimated";
  const [, word] = LIKELIHOODS.find(([below]) => value < below) ?? [1, "almost certain"];
  return `${word} (${percent(value)})`;
}

/** Of an owner: where nobody measured how often what joined the addresses is wrong it is a judgement. */
export function ownerLikelihood({ likelihood: value, joins }: AddressOwner): string {
  const isJudged = value !== null && joins.some(({ errorShare }) => errorShare === null);
  return `${likelihood(value)}${isJudged ? ", a judgement: nobody measured it" : ""}`;
}

const LIKELIHOODS: readonly (readonly [below: number, word: string])[] = [
  [0.05, "almost no chance"],
  [0.2, "very unlikely"],
  [0.45, "unlikely"],
  [0.55, "roughly even chance"],
  [0.8, "likely"],
  [0.95, "very likely"],
];

/** How what hosts tell is read. */
const HOST_METHODS: readonly (readonly [head: string, text: string])[] = [
  [
    "Times",
    "All times are UTC. A time without a zone is taken for the host's own zone where that is known, else " +
      "for UTC; a time without a year gets the latest year in which it is not after its file was last " +
      "written. Both are marked as inferred, and each host lists the rules that were used.",
  ],
  [
    "Addresses",
    "Every file is searched for payment addresses, whatever its format. An address counts when its " +
      "checksum is right; the one form without a checksum (Ethereum in one case) is marked as such.",
  ],
  [
    "Dwell",
    "From the first to the last sign of the miner without a silence of a day between them. Hash rate × " +
      "dwell is an extrapolation of its own and never part of what was observed; times for which nothing " +
      "was seen count for nothing.",
  ],
  [
    "Belonging together",
    "Hosts are joined by wallets and pool accounts, and by keys, programs, start-up entries, addresses " +
      "and login sources that stand in the trail of a finding. What many hosts have for other reasons " +
      "joins nothing.",
  ],
];

/** How the numbers come about: a heading and its text. Formulas in words, with their sources. */
export function methodOf(c: Case): readonly (readonly [head: string, text: string])[] {
  const isMining = !isOnlyFollowed(c);
  const counts =
    "A conversation counts as mining when its messages follow a known mining protocol; a name or an " +
    "address alone counts as contact.";
  return [
    ["What is read", `Evidence is only read, never changed${contactSays(c)}.${isMining ? ` ${counts}` : ""}`],
    ...(c.hosts.length > 0 ? HOST_METHODS : []),
    ...(isFollowed(c) ? FOLLOW_METHODS : []),
    ...(isMining ? miningMethods(c) : []),
    [
      "Words",
      "“Seen” stands in the evidence; “inferred” follows from what was seen by a stated rule; “assumed” " +
        "means that nothing in the evidence says so. Likelihood says how probable a finding is, " +
        "confidence how good its sources are.",
    ],
  ];
}

/** Kinds of sources that are asked over a network. */
const SERVERS: ReadonlySet<string> = new Set(["rpc", "esplora"]);

function contactSays({ chains }: Case): string {
  const asked = [...new Set(chains.filter(({ kind }) => SERVERS.has(kind)).map(({ source }) => source))];
  if (asked.length === 0) return ", and nothing is looked up, resolved or contacted";
  const names = asked.slice(0, 5).join(", ");
  return `. Contacted was what the examiner named with --chain, ${names}, and nothing else`;
}

function miningMethods({ options }: Case): readonly (readonly [head: string, text: string])[] {
  return [
    [
      "Shares",
      "A share is a proof of work that a miner hands in. Each share is joined to the job it belongs to " +
        "and to the pool's answer: accepted, rejected or unanswered. The same job, nonce and result " +
        "counts once, however many captures show it.",
    ],
    [
      "Hashes",
      "A share's own target says how many hashes it takes on average: the size of the hash space " +
        "divided by the target. The hashes of a session are the sum over its accepted shares.",
    ],
    [
      "Intervals",
      "Finding a share is chance, so every sum has a 95 % interval: Garwood's exact Poisson interval " +
        "where all shares have one difficulty, the gamma interval of Fay and Feuer where difficulties " +
        "differ. Where shares are unanswered, the low end counts accepted shares only and the high end " +
        "all shares that were not rejected.",
    ],
    [
      "Hash rate",
      "Hashes divided by the time between the first and the last message of a session. The rate of a " +
        "host or a wallet is the highest sum of rates of sessions that overlap in time, not the sum of " +
        "all.",
    ],
    [
      "Coins",
      "Expected coins of a day are its hashes divided by that day's network difficulty, times the block " +
        `reward of that day, times what is left after the pool fee (${percent(options.poolFee)} here). ` +
        "This is what the work was worth on average; what the pool really paid stands in the pool's " +
        "books.",
    ],
    [
      "Money",
      "Coins times a price, at up to three moments: when mined (each day at its own price), at a chosen " +
        "date, and at the last price known. A day without a price or a difficulty stays unknown: it is " +
        "neither zero nor its neighbour's value.",
    ],
  ];
}

const GLOSSARY: readonly (readonly [word: string, means: string])[] = [
  ["Account", "The name a miner logs in with when it is not a valid wallet address."],
  ["Agent", "What mining software says of itself: name, version, system."],
  ["Contact", "A machine asked for, or reached, a known pool. By itself it does not show mining."],
  ["Difficulty", "How many hashes a share, or a block of the network, takes on average."],
  ["Gap", "A part of the evidence, or of the arithmetic, that could not be read or known."],
  [
    "Hash",
    "One attempt at the puzzle. H/s is hashes a second; kH, MH, GH are thousands, millions, billions.",
  ],
  ["Job", "The puzzle that a pool hands to a miner; shares refer to it."],
  ["Pool", "A service that hands out jobs, counts shares and pays the wallet."],
  ["Session", "One conversation between a miner and a pool or proxy."],
  ["Share", "A proof of work, accepted or rejected by the pool. Payment follows accepted shares."],
  ["Solution", "What a share counts with Zcash and its kin, instead of a hash."],
  ["Wallet", "An address that coins are paid to; shown only when its checksum is right."],
  ["Worker", "The name of one machine, or one group of machines, under a wallet or an account."],
];

/** Words that a reader of this case may meet, in the order of the alphabet. */
export function glossaryOf(c: Case): readonly (readonly [word: string, means: string])[] {
  if (!isFollowed(c)) return GLOSSARY;
  const others = isOnlyFollowed(c) ? GLOSSARY.filter(([word]) => word === "Gap") : GLOSSARY;
  return [...others, ...FOLLOW_GLOSSARY].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

/** Said wherever a case has no mining session. Absence of evidence is put as what it is. */
export const NOTHING_SEEN = "No mining was seen in what could be read.";
