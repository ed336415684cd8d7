import { compareText } from "../bytes/text.ts";
import { earliest, latest } from "../bytes/time.ts";
import type { Facts } from "../model/facts.ts";
import type { Severity } from "../model/finding.ts";
import type { Indicator, IndicatorKind } from "../model/indicator.ts";
import type { Detector, Found } from "./detector.ts";
import { IndicatorIndex } from "./indicator-index.ts";
import { type Mention, mentions } from "./indicator-mentions.ts";
import { intrusionsOf } from "./intruder/intrusion.ts";
import { seen } from "./trail.ts";
import { distinct, listed, short, shortHost, times } from "./words.ts";

const MAX_STEPS = 40;

/** What a match of each kind is worth. Judgements: a hash or a payment address is one thing in the world, a
 *  server's address is rented to others next month, and a file's name is anybody's. */
const KINDS: Readonly<Record<IndicatorKind, Weighed>> = {
  sha256: { severity: "high", likelihood: 0.95, noun: "file hash", nouns: "file hashes" },
  sha1: { severity: "high", likelihood: 0.95, noun: "file hash", nouns: "file hashes" },
  md5: { severity: "high", likelihood: 0.9, noun: "file hash", nouns: "file hashes" },
  address: { severity: "high", likelihood: 0.9, noun: "payment address", nouns: "payment addresses" },
  key: { severity: "high", likelihood: 0.9, noun: "login key", nouns: "login keys" },
  url: { severity: "high", likelihood: 0.85, noun: "URL", nouns: "URLs" },
  domain: { severity: "medium", likelihood: 0.7, noun: "name", nouns: "names" },
  email: { severity: "medium", likelihood: 0.7, noun: "mail address", nouns: "mail addresses" },
  ip: { severity: "medium", likelihood: 0.5, noun: "network address", nouns: "network addresses" },
  "file-name": { severity: "low", likelihood: 0.3, noun: "file name", nouns: "file names" },
};

interface Weighed {
  readonly severity: Severity;
  readonly likelihood: number;
  readonly noun: string;
  readonly nouns: string;
}

/** What a match of a kind is a sign of; a hash or a name by itself tells of no technique. */
const ATTACK: Readonly<Partial<Record<IndicatorKind, readonly string[]>>> = {
  address: ["T1496"],
  ip: ["T1071"],
  domain: ["T1071"],
  url: ["T1071"],
};

/** Something in the evidence that the user asked to look for. */
export const indicatorMatch: Detector = {
  id: "indicator-match",
  title: "An indicator of the user's stands in the evidence",
  reads: [
    "indicators",
    "login",
    "connection",
    "process",
    "file",
    "address",
    "pool-url",
    "request",
    "command",
    "autostart",
    "miner-config",
    "miner-log",
    "ransom-note",
    "name-query",
    "smb",
    "sessions",
    "contacts",
  ],
  attack: ["T1071", "T1496"],
  sources: ["The files given with --ioc, named in each finding", "STIX 2.1 (OASIS), MISP core format"],
  blindTo:
    "indicators of other kinds (registry keys, mutexes, paths of URLs alone); what no reader lays down",
  limits: {
    places: {
      value: 1,
      unit: "places",
      why: "the user asked for these very values, so that one place is worth a finding",
    },
  },
  *find(facts, limit) {
    if (facts.indicators.length === 0) return;
    const intrusions = intrusionsOf(facts);
    for (const group of matched(facts)) {
      if (group.matches.length < limit("places")) continue;
      yield found(group, group.host !== null && intrusions.isHoneypot(group.host));
    }
  },
};

interface Match {
  readonly indicator: Indicator;
  readonly mention: Mention;
}

interface Group {
  readonly host: string | null;
  /** Address of a host of a capture. */
  readonly client: string | null;
  readonly kind: IndicatorKind;
  readonly matches: readonly Match[];
}

/** Matches by host and kind, in the order of both. */
function matched(facts: Facts): Group[] {
  const index = new IndicatorIndex(facts.indicators);
  const groups = new Map<string, { head: Omit<Group, "matches">; matches: Match[] }>();
  for (const mention of mentions(facts)) {
    for (const indicator of index.match(mention)) {
      const { host, client } = mention;
      // Hashes of a file are told together, whichever of them a list has.
      const kind = indicator.kind === "sha1" || indicator.kind === "md5" ? "sha256" : indicator.kind;
      const key = `${host ?? ""} ${client ?? ""} ${kind}`;
      const known = groups.get(key);
      if (known === undefined)
        groups.set(key, { head: { host, client, kind }, matches: [{ indicator, mention }] });
      else known.matches.push({ indicator, mention });
    }
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { head, matches }]) => ({ ...head, matches: matches.sort(compareMatches) }));
}

function compareMatches(a: Match, b: Match): number {
  const at = ({ mention }: Match): number => mention.atMicros ?? Number.MAX_SAFE_INTEGER;
  return (
    at(a) - at(b) ||
    compareText(a.indicator.value, b.indicator.value) ||
    compareText(a.mention.place.evidence, b.mention.place.evidence) ||
    a.mention.place.atByte - b.mention.place.atByte
  );
}

function found({ host, client, kind, matches }: Group, isTrap: boolean): Found {
  const { severity, likelihood, noun, nouns } = KINDS[kind];
  const values = distinct(matches.map(({ indicator }) => indicator.value));
  const sources = distinct(matches.map(({ indicator }) => indicator.source)).map(shortHost);
  const moments = matches.flatMap(({ mention }) => mention.atMicros ?? []);
  const isOne = values.length === 1;
  const what = isOne ? `The ${noun}` : `${values.length} ${nouns}`;
  const stands = isTrap ? (isOne ? "was" : "were") : isOne ? "stands" : "stand";
  const where = isTrap ? "seen by the honeypot" : `in the evidence ${times(matches.length)}`;
  return {
    ...(host === null ? {} : { host }),
    attack: ATTACK[kind] ?? [],
    severity: isTrap ? "low" : severity,
    likelihood,
    confidence: "moderate",
    about: [client ?? host ?? "", ...values.slice(0, 12)].filter((one) => one !== ""),
    summary: `${what} ${listed(values.map(short))} of ${listed(sources)} ${stands} ${where}`,
    next: "Read what the list says of it; what it means here depends on how good the list is.",
    firstMicros: earliest(moments),
    lastMicros: latest(moments),
    basis: matches.slice(0, MAX_STEPS).map(({ indicator, mention }) => {
      const said = indicator.says === null ? "" : ` (${indicator.says.slice(0, 200)})`;
      const says = `${mention.what}: ${shortHost(indicator.value)} of ${shortHost(indicator.source)}${said}`;
      return seen(mention.place, says, mention.excerpt);
    }),
  };
}
