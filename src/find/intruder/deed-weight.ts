import { earliest, latest } from "../../bytes/time.ts";
import type { Confidence, Severity } from "../../model/finding.ts";
import type { Found } from "../detector.ts";
import { seen } from "../trail.ts";
import { between, counted, distinct, listed, short } from "../words.ts";
import type { Deed } from "./deeds.ts";
import { STANDINGS, type Standing } from "./intrusion.ts";

/** Steps of a trail; the rest is counted in the summary. */
const MOST_STEPS = 24;

/** How much deeds weigh, and in words why. */
export interface Weight {
  readonly severity: Severity;
  readonly likelihood: number;
  readonly confidence: Confidence;
  /** Ends the sentence that says what was done. */
  readonly because: string;
}

/** What deeds weigh, by how the one that stands closest to an intruder does so. Null: they say nothing. */
export function weightOf(deeds: readonly Deed[]): Weight | null {
  const [best] = [...deeds].sort((a, b) => rank(a) - rank(b));
  return best === undefined ? null : WEIGHTS[standingOf(best)](best);
}

type Judged = Standing | "company";

/** Judgements. */
const WEIGHTS: Readonly<Record<Judged, (deed: Deed) => Weight | null>> = {
  honeypot: () => ({
    ...HONEYPOT,
    because: " on this honeypot, a trap that records what visitors do: attempts, no loss",
  }),
  intruder: (deed) => ({
    ...INTRUDER,
    because: `: done by the intruder who had come in from ${whence(deed)}`,
  }),
  "taken-account": (deed) => ({
    ...TAKEN,
    because: `, at a time that is not known; ${whence(deed)} had broken into this account`,
  }),
  company: ({ company }) => ({
    ...COMPANY,
    because: `, together with ${listed(company.map((group) => BESIDE[group]))}`,
  }),
  "after-break-in": (deed) => ({
    ...(deed.row.alone === "medium" ? AFTER_TELLING : AFTER),
    because: `, while an intruder from ${whence(deed)} was in, or may have been`,
  }),
  unknown: alone,
};

function whence({ intrusion }: Deed): string {
  return short(intrusion?.from ?? "?");
}

const HONEYPOT = { severity: "info", likelihood: 0.95, confidence: "high" } as const;
const INTRUDER = { severity: "high", likelihood: 0.95, confidence: "high" } as const;
const TAKEN = { severity: "medium", likelihood: 0.75, confidence: "moderate" } as const;
const COMPANY = { severity: "medium", likelihood: 0.8, confidence: "moderate" } as const;
const AFTER = { severity: "medium", likelihood: 0.65, confidence: "moderate" } as const;

/** What hardly any administrator does, on the very day of a break-in. */
const AFTER_TELLING = { severity: "high", likelihood: 0.8, confidence: "moderate" } as const;

const NOTHING_JOINS =
  "; nothing in the evidence joins this to a break-in, so that it may be an owner's or administrator's work";

function alone({ row }: Deed): Weight | null {
  if (row.alone === "silent") return null;
  return row.alone === "medium"
    ? { severity: "medium", likelihood: 0.5, confidence: "low", because: NOTHING_JOINS }
    : { severity: "low", likelihood: 0.3, confidence: "low", because: NOTHING_JOINS };
}

/** Other deeds close by, as a sentence has them. */
const BESIDE: Readonly<Record<Deed["row"]["group"], string>> = {
  "log-clearing": "the clearing of logs",
  "immutable-files": "files made unchangeable",
  "hidden-process": "the hiding of processes",
  "renamed-tools": "renamed system tools",
  "competitor-kill": "the ending of other miners",
  "defence-off": "defences turned off",
  "wallet-theft": "a search for wallets",
  "exposed-service": "commands of a service that was open to the internet",
  harm: "unknown programs fetched and run",
  mining: "mining",
};

const ORDER: readonly Judged[] = [...STANDINGS.slice(0, 3), "company", ...STANDINGS.slice(3)];
const ALONE = ["medium", "low", "silent"];

function standingOf(deed: Deed): Judged {
  const isFar = deed.standing === "after-break-in" || deed.standing === "unknown";
  return isFar && deed.company.length > 0 ? "company" : deed.standing;
}

function rank(deed: Deed): number {
  return ORDER.indexOf(standingOf(deed)) * ALONE.length + ALONE.indexOf(deed.row.alone);
}

/** What a detector adds to deeds to make a finding of them. */
export interface Telling {
  readonly next: string;
  /** ATT&CK techniques of the detector; those of the deeds replace them where they have their own. */
  readonly attack: readonly string[];
  /** Replaces the list of what was done. */
  readonly what?: string;
  readonly weight?: Weight | null;
}

/** One finding of one host's deeds; null where they say nothing. */
export function foundDeeds(host: string, deeds: readonly Deed[], telling: Telling): Found | null {
  const weight = telling.weight === undefined ? weightOf(deeds) : telling.weight;
  if (weight === null) return null;
  const told = deeds.filter((deed) => standingOf(deed) !== "unknown" || deed.row.alone !== "silent");
  const shown = oncePerText(told.length === 0 ? deeds : told);
  const whose = distinct(shown.flatMap(({ user }) => user ?? [])).map(short);
  const times = shown.flatMap(({ atMicros }) => atMicros ?? []);
  const firstMicros = earliest(times);
  const lastMicros = latest(times);
  const when = firstMicros === null || lastMicros === null ? "" : ` ${between(firstMicros, lastMicros)}`;
  const isTrap = shown.some(({ standing }) => standing === "honeypot");
  const who = isTrap ? "Visitors" : whose.length === 0 ? "Somebody" : listed(whose);
  const what = telling.what ?? listed(said(shown), 4);
  const many = shown.length === 1 ? "" : ` (${counted(shown.length, "sign")})`;
  const attack = distinct(shown.flatMap(({ row }) => row.attack ?? telling.attack));
  return {
    host,
    severity: weight.severity,
    likelihood: weight.likelihood,
    confidence: weight.confidence,
    attack,
    about: [...distinct(shown.flatMap(({ intrusion }) => intrusion?.from ?? [])), ...whose].slice(0, 20),
    summary: `${who} ${what}${when}${many}${weight.because}`,
    next: telling.next,
    firstMicros,
    lastMicros,
    basis: shown
      .slice(0, MOST_STEPS)
      .map(({ place, row, user, excerpt, text }) =>
        seen(place, `${short(user ?? "somebody")} ${row.says}`, excerpt === "" ? text : excerpt),
      ),
  };
}

/** What was done, each once, those that stand closest to an intruder first. */
function said(deeds: readonly Deed[]): string[] {
  return [...new Set(deeds.map(({ row }) => row.says))];
}

/** Each command line once: honeypots and scripts repeat theirs. Those that stand closest come first. */
function oncePerText(deeds: readonly Deed[]): Deed[] {
  const met = new Set<string>();
  const closest = [...deeds].sort((a, b) => rank(a) - rank(b));
  return closest.filter(({ text, row }) => {
    const key = `${row.kind} ${text}`;
    if (met.has(key)) return false;
    met.add(key);
    return true;
  });
}
