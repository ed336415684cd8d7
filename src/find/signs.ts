import { compareText } from "../bytes/text.ts";
import { earliest, latest } from "../bytes/time.ts";
import { type Confidence, SEVERITIES, type Severity } from "../model/finding.ts";
import type { HostFact } from "../model/host-fact.ts";
import type { Found } from "./detector.ts";
import { inKeyOrder } from "./group.ts";
import { inferred, seen } from "./trail.ts";
import { distinct } from "./words.ts";

const MAX_STEPS = 24;
const MOST_SAID = 900;

/** One thing that speaks for a finding about a host, with what it would be worth alone. */
export interface Sign {
  readonly fact: HostFact;
  readonly severity: Severity;
  readonly likelihood: number;
  readonly confidence: Confidence;
  /** What is about it: an account, a path, a wallet. */
  readonly about: readonly string[];
  /** The main clause of the summary, should this be the strongest sign. */
  readonly summary: string;
  /** The step of the trail. */
  readonly says: string;
  readonly attack: readonly string[];
  /** The step follows from others and does not stand there itself. */
  readonly isInferred?: boolean;
}

/** One finding a host: the strongest sign gives the summary, all of them the trail.
 *
 *  Shape: `more` is the noun for the signs that are not told: "further key". Severity and likelihood are
 *  those of the strongest sign; signs of one kind are not independent, so that nothing is multiplied.
 */
export function findingsOfSigns(signs: readonly Sign[], more: string, next: string): Found[] {
  return inKeyOrder(signs, ({ fact }) => fact.host).map(([host, own]) => found(host, own, { more, next }));
}

function found(
  host: string,
  own: readonly Sign[],
  { more, next }: { readonly more: string; readonly next: string },
): Found {
  const signs = [...own].sort(compareSigns);
  const best = signs[0];
  if (best === undefined) throw new TypeError("a finding without a sign");
  const told = distinct(signs.map(({ summary }) => summary)).filter((one) => one !== best.summary).length;
  const times = signs.flatMap(({ fact }) => fact.atMicros ?? []);
  return {
    host,
    severity: best.severity,
    likelihood: best.likelihood,
    confidence: best.confidence,
    attack: distinct(signs.flatMap(({ attack }) => attack)),
    about: [host, ...distinct(signs.flatMap(({ about }) => about)).slice(0, 12)],
    summary: `${best.summary}${told === 0 ? "" : `; ${told} ${more}${told === 1 ? "" : "s"}`}`,
    next,
    firstMicros: earliest(times),
    lastMicros: latest(times),
    basis: signs.slice(0, MAX_STEPS).map(({ fact, says, isInferred }) => {
      const text = says.slice(0, MOST_SAID);
      return (isInferred === true ? inferred : seen)(fact.place, text, fact.excerpt);
    }),
  };
}

/** The strongest first, then the earliest, then by place: the order of the evidence does not show. */
export function compareSigns(a: Sign, b: Sign): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    b.likelihood - a.likelihood ||
    compareTimes(a.fact.atMicros, b.fact.atMicros) ||
    compareText(a.summary, b.summary) ||
    compareText(a.fact.place.evidence, b.fact.place.evidence) ||
    a.fact.place.atByte - b.fact.place.atByte
  );
}

function compareTimes(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}
