import { compareText } from "../../bytes/text.ts";
import { earliest, latest } from "../../bytes/time.ts";
import type { Confidence, Severity } from "../../model/finding.ts";
import type { AutostartMechanism, AutostartRecord } from "../../model/host-record.ts";
import type { Found, Limit } from "../detector.ts";
import { inKeyOrder } from "../group.ts";
import { seen } from "../trail.ts";
import { distinct, listed, shortHost } from "../words.ts";
import {
  distinctMarks,
  isKernelName,
  type Mark,
  type MarkId,
  programMarks,
  saidTogether,
  startMarks,
} from "./start-marks.ts";
import { startedBy } from "./started.ts";

const MAX_STEPS = 24;

/** What each mark counts. Judgements: a hidden folder of one's own is a habit of some people, a program in a
 *  folder for temporary files is not, and nobody names a program like a kernel thread by chance. */
const POINTS: Readonly<Record<MarkId, number>> = {
  hidden: 1,
  fetched: 2,
  "open-place": 2,
  "control-characters": 2,
  "kernel-name": 3,
  encoded: 3,
  family: 4,
};

/** Likelihood that it is an intruder's, by points: judgements, in steps that keep their order. */
const LIKELIHOODS = [0, 0.3, 0.6, 0.8, 0.9] as const;
const MOST_LIKELY = 0.95;

/** The limits of every detector of things that start by themselves. */
export const START_LIMITS: Readonly<Record<"points" | "mediumPoints" | "highPoints", Limit>> = {
  points: {
    value: 1,
    unit: "points",
    why: "the stock cron jobs and units of Debian, Ubuntu and RHEL have no mark, so that one is worth a line",
  },
  mediumPoints: {
    value: 2,
    unit: "points",
    why: "some people keep scripts of their own in a hidden folder; every other mark counts two or more",
  },
  highPoints: {
    value: 3,
    unit: "points",
    why:
      "two marks together, or a name that only an intruder has a use for, are no habit of an " +
      "administrator",
  },
};

/** An entry with its marks. */
export interface Marked {
  readonly record: AutostartRecord;
  readonly marks: readonly Mark[];
  readonly points: number;
}

/** Entries of these mechanisms that have points, by host, the weightiest first. */
export function markedStarts(
  records: readonly AutostartRecord[],
  mechanisms: readonly AutostartMechanism[],
): (readonly [string, Marked[]])[] {
  const marked = records
    .filter(({ mechanism }) => mechanisms.includes(mechanism))
    .map(markedStart)
    .filter(({ points }) => points > 0)
    .sort(compareMarked);
  return inKeyOrder(marked, ({ record }) => record.host);
}

function markedStart(record: AutostartRecord): Marked {
  const marks = distinctMarks([...startMarks(record.command), ...nameMarks(record), ...rawMarks(record)]);
  return { record, marks, points: marks.reduce((sum, { id }) => sum + POINTS[id], 0) };
}

/** A unit that is named like a part of Linux itself: those have no unit. */
function nameMarks({ mechanism, name }: AutostartRecord): Mark[] {
  if (mechanism !== "systemd" && mechanism !== "timer" && mechanism !== "rc") return [];
  const bare = (name ?? "").replace(/\.(?:service|timer|socket|path)$/, "");
  if (!isKernelName(bare)) return [];
  return [
    {
      id: "kernel-name",
      says: `the unit ${shortHost(bare)} is named like a part of Linux itself`,
      of: null,
      family: null,
    },
  ];
}

/** What hides an entry stands in its line, not always in the command that was read from it. */
function rawMarks({ excerpt }: AutostartRecord): Mark[] {
  return startMarks(excerpt).filter(({ id }) => id === "control-characters");
}

function compareMarked(a: Marked, b: Marked): number {
  return (
    b.points - a.points ||
    compareText(a.record.path, b.record.path) ||
    compareText(a.record.command, b.record.command) ||
    a.record.place.atByte - b.record.place.atByte
  );
}

/** How the mechanism says that something starts. */
export interface Telling {
  says(record: AutostartRecord): string;
  readonly next: string;
}

/** One finding for a host's marked entries; nothing below the first limit. */
export function startFinding(
  host: string,
  marked: readonly Marked[],
  { telling, limit }: { readonly telling: Telling; readonly limit: (name: string) => number },
): Found[] {
  const kept = marked.filter(({ points }) => points >= limit("points"));
  const best = kept[0];
  if (best === undefined) return [];
  const times = kept.flatMap(({ record }) => record.atMicros ?? []);
  const severity = severityOf(best.points, limit);
  return [
    {
      host,
      severity,
      likelihood: LIKELIHOODS[best.points] ?? MOST_LIKELY,
      confidence: confidenceOf(best),
      about: [host, ...distinct(kept.flatMap(({ record }) => programsOf(record))).slice(0, 12)],
      summary: summaryOf(kept, telling),
      next: telling.next,
      firstMicros: earliest(times),
      lastMicros: latest(times),
      basis: kept.slice(0, MAX_STEPS).map(({ record, marks }) => {
        const why = `${shortHost(record.path)}: ${saidTogether(marks)}`.slice(0, 900);
        return seen(record.place, why, record.excerpt);
      }),
    },
  ];
}

function severityOf(points: number, limit: (name: string) => number): Severity {
  if (points >= limit("highPoints")) return "high";
  return points >= limit("mediumPoints") ? "medium" : "low";
}

/** The file itself was read; whether its owner wrote it is what stays open, least where a family is known. */
function confidenceOf({ marks }: Marked): Confidence {
  return marks.some(({ family }) => family !== null) ? "high" : "moderate";
}

/** What is started, as a sentence names it: the program that bears the marks, else the command. */
export function shownStart({ command }: AutostartRecord): string {
  const programs = startedBy(command).flatMap(({ program }) => program ?? []);
  const marked = programs.find((program) => programMarks(program).length > 0);
  return shortHost(marked ?? command.trim());
}

/** Characters of a program in `about`: longer than any that intruders were seen to use. */
const MOST_PATH = 300;

function programsOf({ command }: AutostartRecord): string[] {
  return startedBy(command).flatMap(({ program }) =>
    program?.includes("/") ? [program.slice(0, MOST_PATH)] : [],
  );
}

function summaryOf(kept: readonly Marked[], { says }: Telling): string {
  const [best] = kept;
  if (best === undefined) return "";
  const why = best.marks.map((mark) => REASONS[mark.id]);
  const families = distinct(kept.flatMap(({ marks }) => marks.flatMap(({ family }) => family ?? [])));
  const more = kept.length > 1 ? `; ${kept.length - 1} more of the kind` : "";
  const named = families.length === 0 ? "" : `, as ${listed(families)} does`;
  return `${says(best.record)} (${listed(why, 5)})${named}${more}`;
}

const REASONS: Readonly<Record<MarkId, string>> = {
  "open-place": "in a folder for temporary files",
  hidden: "hidden",
  "kernel-name": "named like a part of Linux itself",
  fetched: "fetched anew each time and run",
  encoded: "encoded",
  "control-characters": "hidden from terminals by control characters",
  family: "at a path that malware uses",
};
