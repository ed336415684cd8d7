import { compareIps } from "../bytes/ip.ts";
import { compareText } from "../bytes/text.ts";
import { isoMicros } from "../bytes/time.ts";
import { distinct, hashrate, series, sums, valuate } from "../count/index.ts";
import { DETECTORS, type Found, limitReader } from "../find/index.ts";
import type { Case, CaseContact, CaseLogin, CaseSession, UsedLimit } from "../model/case.ts";
import type { Evidence } from "../model/evidence.ts";
import type { CountedSession, Facts } from "../model/facts.ts";
import { type Finding, SEVERITIES } from "../model/finding.ts";
import type { Gap } from "../model/gap.ts";
import type { ContactRecord, Login } from "../model/record.ts";
import { loadPools } from "../tables/pools.ts";
import type { RunDesk } from "./desk.ts";
import { marketOf } from "./market.ts";
import type { InvestigateOptions } from "./options.ts";
import { verdictOf } from "./verdict.ts";
import { VERSION } from "./version.ts";

export interface Parts {
  readonly desk: RunDesk;
  readonly evidence: readonly Evidence[];
  readonly options: InvestigateOptions;
}

/** Everything that was read → the case: each share once, opinions, sums, money, and the verdict over them. */
export function assemble(parts: Parts): { case: Case; counted: readonly CountedSession[] } {
  const { desk, evidence, options } = parts;
  const counted = renumber(distinct(desk.sessions, desk.shares));
  const market = marketOf(options.dataFolder);
  const { valuations, gaps } = valuate(counted, market, { asOf: options.asOf, poolFee: options.poolFee });
  const allGaps = [...desk.gaps(), ...gaps].sort(compareGaps);
  const facts: Facts = { sessions: counted, contacts: desk.contacts, gaps: allGaps };
  const findings = findingsOf(facts, options);
  const body = {
    evidence,
    sessions: counted.map(caseSession),
    sums: sums(counted),
    contacts: desk.contacts.map(caseContact).sort(compareContacts),
    findings,
    valuations,
    series: series(counted),
    gaps: allGaps,
  };
  const built: Case = {
    schema: 1,
    tool: { name: "paydirt", version: VERSION },
    about: { caseNumber: options.caseNumber, examiner: options.examiner },
    options: { asOf: options.asOf, poolFee: options.poolFee, hashed: options.hash },
    tables: [...market.files, ...loadPools().files].map(({ name, sha256, source }) => ({
      name,
      sha256,
      source,
    })),
    limits: usedLimits(options.limits),
    verdict: verdictOf(body),
    ...body,
  };
  return { case: built, counted };
}

/** Sessions, which come in the order of the case, get the ids that people read. */
function renumber(counted: readonly CountedSession[]): CountedSession[] {
  const names = new Map(counted.map(({ session }, index) => [session.id, `s${index + 1}`]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return counted.map((one) => ({
    ...one,
    session: { ...one.session, id: nameOf(one.session.id) },
    shares: one.shares.map((share) => ({ ...share, session: nameOf(one.session.id) })),
    duplicateOf: one.duplicateOf === null ? null : nameOf(one.duplicateOf),
  }));
}

function compareGaps(a: Gap, b: Gap): number {
  const number = (gap: Gap): number => Number(gap.place.evidence.slice(1)) || 0;
  return (
    number(a) - number(b) || a.place.atByte - b.place.atByte || compareText(a.code + a.says, b.code + b.says)
  );
}

function compareContacts(a: CaseContact, b: CaseContact): number {
  return (
    compareText(a.first, b.first) || compareIps(a.client, b.client) || compareText(a.name ?? "", b.name ?? "")
  );
}

/** The most severe first; alike ones in the order of the detectors, and of each as it gives them. */
function findingsOf(facts: Facts, options: InvestigateOptions): Finding[] {
  const found = DETECTORS.flatMap((detector) => {
    const { id, attack } = detector;
    const limit = limitReader(detector, options.limits);
    return Array.from(detector.find(facts, limit), (one) => ({ detector: id, attack, ...one }));
  });
  const weight = ({ severity }: Found): number => SEVERITIES.indexOf(severity);
  return found.sort((a, b) => weight(b) - weight(a)).map((one, index) => ({ id: `f${index + 1}`, ...one }));
}

function usedLimits(changed: ReadonlyMap<string, number>): UsedLimit[] {
  return DETECTORS.flatMap((detector) =>
    Object.entries(detector.limits).map(([name, { value, unit, why }]) => {
      const set = changed.get(`${detector.id}.${name}`);
      return { detector: detector.id, name, value: set ?? value, unit, why, changed: set !== undefined };
    }),
  );
}

function caseSession(counted: CountedSession): CaseSession {
  const { session, counts, work, duplicateOf, sharesSeenTwice } = counted;
  const {
    kind: _kind,
    workUnit: _unit,
    firstMicros,
    lastMicros,
    logins,
    redirects,
    trail,
    undecoded: _,
    ...rest
  } = session;
  const [login] = logins;
  const rate = hashrate(counted);
  return {
    ...rest,
    wallet: login?.wallet?.address ?? null,
    account: login?.account ?? null,
    worker: login?.worker ?? null,
    agent: login?.agent?.text ?? null,
    logins: logins.map(caseLogin),
    redirects: redirects.map(({ host, port, atMicros }) => ({ host, port, at: isoMicros(atMicros) })),
    first: isoMicros(firstMicros),
    last: isoMicros(lastMicros),
    shares: counts,
    work,
    hashrateHps: rate.whole,
    hashrateLast15MinHps: rate.last15Min,
    duplicateOf,
    sharesSeenTwice,
    trail: trail.map(({ atMicros, ...step }) => ({ ...step, at: isoMicros(atMicros) })),
  };
}

function caseLogin({ atMicros, place: _place, ...login }: Login): CaseLogin {
  return { ...login, at: isoMicros(atMicros) };
}

function caseContact({
  kind: _kind,
  firstMicros,
  lastMicros,
  place: _place,
  ...contact
}: ContactRecord): CaseContact {
  return { ...contact, first: isoMicros(firstMicros), last: isoMicros(lastMicros) };
}
