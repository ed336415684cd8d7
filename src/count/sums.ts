import { compareText } from "../bytes/text.ts";
import { DAY_MICROS, isoMicros } from "../bytes/time.ts";
import type { CaseSum } from "../model/case.ts";
import type { CountedSession } from "../model/facts.ts";
import { compareIds } from "../model/order.ts";
import type { ShareRecord } from "../model/record.ts";
import { type Interval, type ShareCounts, sumCounts } from "../model/work.ts";
import { dayName, dayNumber } from "./day.ts";
import { ratePerSecond } from "./hashrate.ts";
import { peak, type Running } from "./peak.ts";
import { payeesOf } from "./subjects.ts";
import { Tally } from "./tally.ts";
import { toWork } from "./work.ts";

/** The part of one session that belongs to one host, wallet, account, worker or day. */
interface Part {
  readonly counted: CountedSession;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly counts: { -readonly [K in keyof ShareCounts]: ShareCounts[K] };
  readonly tally: Tally;
}

interface Subject {
  readonly kind: CaseSum["kind"];
  readonly id: string;
  readonly parts: Map<string, Part>;
}

const KINDS: readonly CaseSum["kind"][] = ["host", "wallet", "account", "worker", "day"];

/** Sums over the sessions that count, by host, wallet, account, worker and UTC day.
 *
 *  Shape: a host is the client's address, a worker `payee/worker`. Work is null where sessions mine
 *  different coins or count different things, whose hashes do not add up. The hash rate is the highest sum
 *  of the rates of sessions that overlap in time, so that a miner that reconnects is not counted twice.
 *  Sorted by kind, then id.
 */
export function sums(counted: readonly CountedSession[]): CaseSum[] {
  const subjects = new Map<string, Subject>();
  const part = (kind: CaseSum["kind"], id: string, of: CountedSession): Part => {
    const key = `${kind} ${id}`;
    const subject = subjects.get(key) ?? { kind, id, parts: new Map() };
    subjects.set(key, subject);
    const known = subject.parts.get(of.session.id) ?? newPart(of, kind === "day" ? id : null);
    subject.parts.set(of.session.id, known);
    return known;
  };
  for (const of of counted) if (of.duplicateOf === null) addSession(of, part);
  return [...subjects.values()]
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(a.id, b.id))
    .map(toSum);
}

type PartOf = (kind: CaseSum["kind"], id: string, of: CountedSession) => Part;

function addSession(of: CountedSession, part: PartOf): void {
  const { session, shares } = of;
  const host = part("host", session.client.ip, of);
  // A session without a share still stands with who logged in, and on its first day.
  const payees = session.logins.map((login) => payeesOf(login).map(({ kind, id }) => part(kind, id, of)));
  const days = new Map<number, Part>();
  const onDay = (atMicros: number): Part => {
    const number = dayNumber(atMicros);
    const known = days.get(number) ?? part("day", dayName(number), of);
    days.set(number, known);
    return known;
  };
  onDay(session.firstMicros);
  for (const share of shares) {
    addShare(host, share);
    addShare(onDay(share.atMicros), share);
    for (const payee of payees[share.login] ?? []) addShare(payee, share);
  }
}

function newPart(counted: CountedSession, day: string | null): Part {
  const { firstMicros, lastMicros } = counted.session;
  const dayMicros = day === null ? null : Date.parse(`${day}T00:00:00Z`) * 1000;
  return {
    counted,
    fromMicros: dayMicros === null ? firstMicros : Math.max(firstMicros, dayMicros),
    toMicros: dayMicros === null ? lastMicros : Math.min(lastMicros, dayMicros + DAY_MICROS - 1),
    counts: { submitted: 0, accepted: 0, rejected: 0, unanswered: 0 },
    tally: new Tally(),
  };
}

function addShare({ counts, tally }: Part, { outcome, expectedHashes }: ShareRecord): void {
  counts.submitted += 1;
  counts[outcome] += 1;
  if (expectedHashes !== null) tally.add(expectedHashes, outcome);
}

function toSum({ kind, id, parts }: Subject): CaseSum {
  const all = [...parts.values()];
  const sessions = all.map(({ counted }) => counted.session);
  const coins = [...new Set(sessions.flatMap(({ coin }) => (coin === null ? [] : [coin])))].sort(compareText);
  const units = new Set(sessions.map(({ workUnit }) => workUnit));
  const [unit] = units;
  const addsUp = coins.length <= 1 && units.size === 1 && unit !== undefined;
  const tally = new Tally();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of all) {
    first = Math.min(first, part.fromMicros);
    last = Math.max(last, part.toMicros);
    tally.addAll(part.tally);
  }
  return {
    kind,
    id,
    coins,
    sessions: sessions.map((session) => session.id).sort(compareIds),
    first: isoMicros(first),
    last: isoMicros(last),
    shares: sumCounts(all.map(({ counts }) => counts)),
    work: addsUp ? toWork(tally, unit) : null,
    hashrateHps: addsUp ? peak(all.flatMap(running)) : null,
  };
}

function running({ fromMicros, toMicros, tally }: Part): Running[] {
  const rate: Interval | null = ratePerSecond(tally.interval(), toMicros - fromMicros);
  return rate === null ? [] : [{ fromMicros, toMicros, rate }];
}
