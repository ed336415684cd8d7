import { compareIps } from "../bytes/ip.ts";
import { compareText } from "../bytes/text.ts";
import { isoMicros } from "../bytes/time.ts";
import { distinct, hashrate, series, sums, valuate } from "../count/index.ts";
import { DETECTORS, type Detector, type Found, limitReader } from "../find/index.ts";
import {
  type Case,
  type CaseContact,
  type CaseLogin,
  type CaseSession,
  NOTHING_FOLLOWED,
  type UsedLimit,
} from "../model/case.ts";
import type { Evidence } from "../model/evidence.ts";
import type { CountedSession, Facts } from "../model/facts.ts";
import { type Finding, SEVERITIES } from "../model/finding.ts";
import type { Gap } from "../model/gap.ts";
import type { Observable } from "../model/host-case.ts";
import type { Indicator } from "../model/indicator.ts";
import type { ContactRecord, Login } from "../model/record.ts";
import { yearShifts } from "../read/log/years.ts";
import { loadPools } from "../tables/pools.ts";
import { clusters, listed, observables, timeline, wallets } from "../weigh/index.ts";
import type { RunDesk } from "./desk.ts";
import { caseHosts } from "./hosts/case-host.ts";
import { type KnownHost, resolveHosts, withHosts } from "./hosts/hosts.ts";
import { inOwnYears } from "./hosts/own-years.ts";
import { marketOf } from "./market.ts";
import type { InvestigateOptions } from "./options.ts";
import { verdictOf } from "./verdict/verdict.ts";
import { VERSION } from "./version.ts";

export interface Parts {
  readonly indicators: readonly Indicator[];
  /** The files that the user gave to look for, as tables. */
  readonly given: Case["tables"];
  readonly desk: RunDesk;
  readonly evidence: readonly Evidence[];
  /** As `Reading.scopes`. */
  readonly scopes: ReadonlyMap<string, string>;
  readonly options: InvestigateOptions;
}

/** Everything that was read → the case: each share once, opinions, sums, money, and the verdict over them. */
export function assemble(parts: Parts): { case: Case; counted: readonly CountedSession[] } {
  const { desk, options } = parts;
  const resolved = resolveHosts(inOwnYears(desk.hostRecords, yearShifts(desk)), parts.scopes);
  const counted = renumber(distinct(desk.sessions, desk.shares));
  const market = marketOf(options.dataFolder);
  const { valuations, gaps } = valuate(counted, market, { asOf: options.asOf, poolFee: options.poolFee });
  const allGaps = [...desk.gaps(), ...gaps].sort(compareGaps);
  const facts: Facts = {
    ...resolved.facts,
    sessions: counted,
    contacts: desk.contacts,
    gaps: allGaps,
    indicators: parts.indicators,
  };
  const findings = findingsOf(facts, { options, hosts: resolved.hosts });
  const evidence = withHosts(parts.evidence, resolved);
  const seen = observables(facts, findings);
  const told = timeline(facts, findings);
  const compared = listed(seen);
  // Files that name no host may be those of any host of the case.
  const unknown = new Set(resolved.hosts.filter(({ isUnknown }) => isUnknown).map(({ id }) => id));
  const around = { facts, findings, evidence, market, poolFee: options.poolFee };
  const body = {
    evidence,
    hosts: caseHosts(resolved.hosts, around),
    sessions: counted.map(caseSession),
    sums: sums(counted),
    contacts: desk.contacts.map(caseContact).sort(compareContacts),
    findings,
    wallets: wallets(facts),
    observables: compared.observables,
    clusters: clusters(seen.map((one) => without(one, unknown))),
    timeline: told.timeline,
    valuations,
    series: series(counted),
    ...NOTHING_FOLLOWED,
    gaps: [...allGaps, ...told.gaps, ...compared.gaps].sort(compareGaps),
  };
  const built: Case = {
    schema: 1,
    tool: { name: "paydirt", version: VERSION },
    about: { caseNumber: options.caseNumber, examiner: options.examiner },
    options: {
      asOf: options.asOf,
      poolFee: options.poolFee,
      hashed: options.hash,
      showSecrets: options.showSecrets,
    },
    tables: [...market.files, ...loadPools().files, ...parts.given].map(({ name, sha256, source }) => ({
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

/** The same without some hosts, and without their places, which stand in the order of the hosts. */
function without(one: Observable, leftOut: ReadonlySet<string>): Observable {
  const isKnown = (_: unknown, at: number): boolean => !leftOut.has(one.hosts[at] ?? "");
  return { ...one, hosts: one.hosts.filter(isKnown), places: one.places.filter(isKnown) };
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

interface Judged {
  readonly options: InvestigateOptions;
  readonly hosts: readonly KnownHost[];
}

/** The most severe first; alike ones in the order of the detectors, and of each as it gives them. */
function findingsOf(facts: Facts, { options, hosts }: Judged): Finding[] {
  const byAddress = new Map(hosts.flatMap(({ id, addresses }) => addresses.map((one) => [one, id] as const)));
  const found = DETECTORS.flatMap((detector) => {
    const limit = limitReader(detector, options.limits);
    return Array.from(detector.find(facts, limit), (one) => findingOf(detector, one, byAddress));
  });
  const weight = ({ severity }: Pick<Finding, "severity">): number => SEVERITIES.indexOf(severity);
  return found.sort((a, b) => weight(b) - weight(a)).map((one, index) => ({ ...one, id: `f${index + 1}` }));
}

function findingOf(detector: Detector, found: Found, byAddress: ReadonlyMap<string, string>): Finding {
  const { firstMicros = null, lastMicros = null, host, attack, stage, ...rest } = found;
  return {
    id: "",
    detector: detector.id,
    attack: attack ?? detector.attack,
    stage: stage ?? detector.stage ?? null,
    host: host ?? byAddress.get(found.about[0] ?? "") ?? null,
    first: firstMicros === null ? null : isoMicros(firstMicros),
    last: lastMicros === null ? null : isoMicros(lastMicros),
    ...rest,
  };
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
