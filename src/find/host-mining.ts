import { earliest, latest } from "../bytes/time.ts";
import type { Confidence, Severity } from "../model/finding.ts";
import type { Basis } from "../model/place.ts";
import { minerTitle } from "../tables/miners.ts";
import { SHELLS } from "../tables/shell-words.ts";
import type { Detector, Found } from "./detector.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { nameOf } from "./intruder/started.ts";
import { type MinerGroup, minerGroups } from "./miner/miner-groups.ts";
import { bareHost, type MinerSign, type Part } from "./miner/miner-signs.ts";
import { seen } from "./trail.ts";
import { distinct, listed, short, shortHost } from "./words.ts";

const MAX_STEPS = 40;

/** What each part proves. Judgements, in this order: a log with hash rates was written by hashing; arguments
 *  with a pool and a wallet have no other use; a program that was seen to run is more than one that was
 *  typed; a name or a configuration alone may lie about unused. Each part counts once, however often it is
 *  seen. */
const POINTS: Readonly<Record<Part, number>> = {
  work: 4,
  arguments: 4,
  ran: 4,
  connection: 3,
  "listed-hash": 3,
  name: 2,
  config: 2,
  start: 2,
  typed: 2,
  masquerade: 3,
  family: 3,
  log: 1,
  wallet: 1,
  deleted: 1,
  hidden: 1,
};

/** Parts that only a miner that runs, or ran, leaves behind. */
const RUNNING: ReadonlySet<Part> = new Set(["work", "arguments", "ran", "connection", "name"]);

/** Parts of a process that hides what it is; with a miner's file beside it, it is that miner. */
const DISGUISED: readonly Part[] = ["masquerade", "family"];
const FILES: readonly Part[] = ["config", "log", "wallet"];

/** Likelihood that the host mined, by points: judgements in steps that keep their order. */
const LIKELIHOODS = [0, 0.1, 0.4, 0.5, 0.8, 0.92, 0.95, 0.97, 0.98] as const;
const MOST_LIKELY = 0.99;
/** A command that ran may have failed at once. */
const MOST_LIKELY_STARTED = 0.9;

/** Kinds of facts that show a miner at work, and not only that it was called. */
const AT_WORK: ReadonlySet<string> = new Set(["process", "miner-log", "connection"]);

/** A miner on a host, told from its process, configuration, log, start-up, peers and commands. */
export const hostMining: Detector = {
  id: "host-mining",
  title: "A miner ran on the host, or lies there",
  reads: [
    "process",
    "miner-config",
    "miner-log",
    "autostart",
    "command",
    "connection",
    "event",
    "file",
    "host",
    "indicators",
  ],
  attack: ["T1496.001"],
  stage: "mining",
  sources: [
    "MITRE ATT&CK v18.1, T1496.001 Compute Hijacking, T1036 Masquerading, T1564.001 Hidden Files and " +
      "Directories",
    "Miners' own formats and names: src/tables/miners.ts and miner-command.ts, each row with its project",
  ],
  blindTo:
    "a miner under another name that takes all settings from a pool's proxy or from memory; browsers " +
    "that mine; " +
    "whether the owner of the host wanted it",
  limits: {
    points: {
      value: 2,
      unit: "points",
      why: "a configuration, a name or a typed command is worth a line; a wallet alone is no miner",
    },
    highPoints: {
      value: 5,
      unit: "points",
      why: "arguments with a pool and a wallet, or a log with hash rates, leave no other explanation",
    },
  },
  *find(facts, limit) {
    const intrusions = intrusionsOf(facts);
    const isTrap = (host: string): boolean => intrusions.isHoneypot(host);
    for (const group of minerGroups(facts, isTrap)) {
      const points = pointsOf(group);
      if (points < limit("points")) continue;
      if (isTrap(group.host)) yield attempted(group, points);
      else yield mined(group, { points, high: limit("highPoints") });
    }
  },
};

function partsOf({ signs }: MinerGroup): ReadonlySet<Part> {
  return new Set(signs.flatMap(({ parts }) => parts));
}

function pointsOf(group: MinerGroup): number {
  return [...partsOf(group)].reduce((sum, part) => sum + POINTS[part], 0);
}

interface Weight {
  readonly points: number;
  readonly high: number;
}

function mined(group: MinerGroup, { points, high }: Weight): Found {
  const parts = partsOf(group);
  const isRunning = runs(parts);
  const hides = !isRunning && isDisguised(parts);
  const most = isRunning ? (isAtWork(group) ? MOST_LIKELY : MOST_LIKELY_STARTED) : hides ? 0.7 : 0.5;
  return {
    ...told(group),
    // What runs in disguise may be a miner; only the disguise is seen.
    ...(hides ? { stage: "covering-up" } : {}),
    severity: severityOf(parts, { points, high }),
    likelihood: Math.min(most, LIKELIHOODS[points] ?? MOST_LIKELY),
    confidence: confidenceOf(group),
    attack: [
      ...(hides ? [] : ["T1496.001"]),
      ...(parts.has("masquerade") || hides ? ["T1036"] : []),
      ...(parts.has("hidden") ? ["T1564.001"] : []),
    ],
    summary: isRunning ? ranSummary(group) : hides ? hidesSummary(group) : liesSummary(group),
    next:
      "Whether this was allowed is not in the evidence: ask the owner. If not, keep memory and disk before " +
      "stopping anything, and ask the pool for the records of this wallet.",
  };
}

/** A configuration that nothing starts is a download; what starts by itself will run. */
function severityOf(parts: ReadonlySet<Part>, { points, high }: Weight): Severity {
  if (runs(parts)) return points >= high ? "high" : "medium";
  return parts.has("start") || isDisguised(parts) ? "medium" : "low";
}

function isDisguised(parts: ReadonlySet<Part>): boolean {
  return DISGUISED.some((part) => parts.has(part));
}

function runs(parts: ReadonlySet<Part>): boolean {
  return (
    [...parts].some((part) => RUNNING.has(part)) ||
    (isDisguised(parts) && FILES.some((one) => parts.has(one)))
  );
}

function isAtWork({ signs }: MinerGroup): boolean {
  return signs.some(({ fact, parts }) => parts.length > 0 && AT_WORK.has(kindOf(fact)));
}

/** Sourcing: how many pieces of evidence of different kinds tell of it; what shows it at work is one that two
 *  others would have to bear out. */
function confidenceOf(group: MinerGroup): Confidence {
  const told = group.signs.filter(({ parts }) => parts.length > 0);
  const kinds = new Set(told.map(({ fact }) => kindOf(fact)));
  if (kinds.size >= 3) return "high";
  const parts = partsOf(group);
  const atWork = parts.has("arguments") || parts.has("work") || parts.has("ran");
  return kinds.size === 2 || atWork ? "moderate" : "low";
}

function kindOf(fact: object): string {
  return "kind" in fact ? String(fact.kind) : "";
}

function told(group: MinerGroup): Pick<Found, "host" | "about" | "firstMicros" | "lastMicros" | "basis"> {
  const { host, signs } = group;
  const times = signs.flatMap(({ firstMicros, lastMicros }) => [firstMicros ?? [], lastMicros ?? []].flat());
  const wallets = distinct(signs.flatMap(({ wallet }) => wallet?.address ?? []));
  const pools = distinct(signs.flatMap((sign) => sign.pools.map(bareHost))).map(shortHost);
  return {
    host,
    about: [host, ...wallets.slice(0, 8), ...pools.slice(0, 8)],
    firstMicros: earliest(times),
    lastMicros: latest(times),
    basis: trail(signs),
  };
}

/** What weighs most comes first, and of each part there is a step as long as there is room. */
function trail(signs: readonly MinerSign[]): Basis[] {
  const weight = ({ parts }: MinerSign): number => Math.max(0, ...parts.map((part) => POINTS[part]));
  const firsts = new Map<string, MinerSign>();
  for (const sign of signs) {
    const key = `${kindOf(sign.fact)} ${sign.says}`;
    if (!firsts.has(key)) firsts.set(key, sign);
  }
  return [...firsts.values()]
    .map((sign, index) => ({ sign, index }))
    .sort((a, b) => weight(b.sign) - weight(a.sign) || a.index - b.index)
    .slice(0, MAX_STEPS)
    .map(({ sign: { fact, says } }) => seen(fact.place, says.slice(0, 900), fact.excerpt));
}

/** One sentence: what ran, for whom, through which pool, how fast, how it is started. */
function ranSummary(group: MinerGroup): string {
  const { signs } = group;
  const parts = partsOf(group);
  const program = signs.find(
    ({ parts: own, program: one }) => one !== null && own.some((part) => RUNNING.has(part)),
  );
  const name =
    program?.program == null ? "" : ` as ${shortHost(program.program.replace(/ \(deleted\)$/, ""))}`;
  const marks = [
    ...(parts.has("masquerade") ? ["named like a part of Linux itself"] : []),
    ...(parts.has("deleted") ? ["its file deleted"] : []),
  ];
  const how = marks.length === 0 ? "" : ` (${listed(marks)})`;
  const verb = isAtWork(group) ? "ran" : "was started";
  return `A miner${titleOf(signs)} ${verb}${name}${how}${forWhom(signs)}${rate(signs)}${startedAgain(signs)}`;
}

/** A program in disguise: whatever it does, nobody who may run it would hide it so. */
function hidesSummary({ signs }: MinerGroup): string {
  const parts = new Set(signs.flatMap((sign) => sign.parts));
  const program = signs.find(({ program: one }) => one !== null)?.program ?? "a program";
  const how = parts.has("masquerade") ? "named like a part of Linux itself" : "at a path that malware uses";
  const gone = parts.has("deleted") ? ", its file deleted" : "";
  const name = shortHost(program.replace(/ \(deleted\)$/, ""));
  const again = startedAgain(signs);
  return `${name} runs ${how}${gone}${again}, as miners do; what it does is not in the evidence`;
}

function liesSummary(group: MinerGroup): string {
  const { signs } = group;
  const parts = partsOf(group);
  const what = parts.has("config") ? "configuration lies" : parts.has("log") ? "log lies" : "command stands";
  const where =
    parts.has("config") || parts.has("log") ? "on the host" : "among the commands or start-up of the host";
  return `A miner's ${what} ${where}${forWhom(signs)}${startedAgain(signs)}; nothing shows that it ran`;
}

function titleOf(signs: readonly MinerSign[]): string {
  const software = signs.flatMap((sign) => sign.software ?? [])[0];
  return software === undefined ? "" : ` of the kind ${minerTitle(software)}`;
}

function forWhom(signs: readonly MinerSign[]): string {
  const wallets = distinct(signs.flatMap(({ wallet }) => wallet?.address ?? [])).map(short);
  const pools = distinct(signs.flatMap((sign) => sign.pools.map(bareHost))).filter((pool) => pool !== "");
  const whom = wallets.length === 0 ? "" : ` for ${listed(wallets, 2)}`;
  return `${whom}${pools.length === 0 ? "" : ` at ${listed(pools.map(shortHost), 2)}`}`;
}

function rate(signs: readonly MinerSign[]): string {
  const hps = signs.flatMap((sign) => sign.hps ?? [])[0];
  if (hps === undefined) return "";
  const text =
    hps >= 1e6
      ? `${Number((hps / 1e6).toPrecision(3))} MH/s`
      : hps >= 1e3
        ? `${Number((hps / 1e3).toPrecision(3))} kH/s`
        : `${Number(hps.toPrecision(3))} H/s`;
  return `, ${text} by its own log`;
}

const MECHANISMS: Readonly<Record<string, string>> = {
  cron: "the schedule (cron)",
  systemd: "a system service",
  timer: "a timer",
};

function startedAgain(signs: readonly MinerSign[]): string {
  const facts = signs.flatMap(({ fact }) => ("mechanism" in fact ? String(fact.mechanism) : []));
  const by = distinct(facts.map((one) => MECHANISMS[one] ?? `the ${one}`));
  return by.length === 0 ? "" : `, started again by ${listed(by)}`;
}

/** A trap is no victim: what was tried there tells of the intruder. */
function attempted(group: MinerGroup, points: number): Found {
  const { signs } = group;
  const sources = distinct(
    signs.flatMap(({ fact }) => ("from" in fact && fact.from !== null ? String(fact.from) : [])),
  );
  const who = sources.length === 0 ? "Intruders" : listed(sources.map(short), 2);
  const program = nameOf(signs[0]?.program ?? "");
  const what = program === "" || SHELLS.has(program) ? "" : ` with ${shortHost(program)}`;
  return {
    ...told(group),
    severity: "low",
    // The trap itself saw it: what stays open is whether the line meant what it says.
    likelihood: points > 2 ? 0.95 : 0.8,
    confidence: "high",
    attack: ["T1496.001"],
    summary: `${who} attempted to set up a miner${what}${forWhom(signs)} on a honeypot`,
    next: "Look for this wallet, pool and source on hosts of your own; the honeypot itself is no victim.",
  };
}
