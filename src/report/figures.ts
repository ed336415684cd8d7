import type { Case, CaseSession, CaseSum } from "../model/case.ts";
import type { Money, Valuation } from "../model/valuation.ts";
import { type ShareCounts, sumCounts } from "../model/work.ts";
import { count, percent } from "./numbers.ts";

/** Sessions that count: each share of the case belongs to exactly one of them. */
export function countedSessions(c: Case): readonly CaseSession[] {
  return c.sessions.filter((s) => s.duplicateOf === null);
}

/** Whether the case holds money that was followed or counted. */
export function isFollowed({ traces, revenues }: Case): boolean {
  return traces.length > 0 || revenues.length > 0;
}

/** Whether cases were brought together: what they count, such as sessions, stands in each of them. */
export function isLinked({ evidence }: Case): boolean {
  return evidence.some(({ kind }) => kind === "paydirt-case");
}

/** Whether it tells of followed money and of nothing else: then nothing of mining needs words. */
export function isOnlyFollowed(c: Case): boolean {
  return isFollowed(c) && c.hosts.length + c.sessions.length + c.contacts.length === 0;
}

/** Valuations of everything in the case, one a coin. */
export function caseValuations(c: Case): readonly Valuation[] {
  return c.valuations.filter((v) => v.about.kind === "case");
}

export function sumsOf(c: Case, kind: CaseSum["kind"]): readonly CaseSum[] {
  return c.sums.filter((sum) => sum.kind === kind);
}

export function valuationsOf(c: Case, kind: Valuation["about"]["kind"], id: string): readonly Valuation[] {
  return c.valuations.filter((v) => v.about.kind === kind && v.about.id === id);
}

/** Shares of all sessions that count. */
export function shareTotals(c: Case): ShareCounts {
  return sumCounts(countedSessions(c).map(({ shares }) => shares));
}

/** What more than one capture, or copy, shows: shares, and whole sessions. */
export function seenTwice(c: Case): { readonly shares: number; readonly sessions: number } {
  return {
    shares: c.sessions.reduce((sum, s) => sum + s.sharesSeenTwice, 0),
    sessions: c.sessions.filter((s) => s.duplicateOf !== null).length,
  };
}

/** "1,204 accepted, 12 rejected, 3 unanswered". */
export function sharesLine(shares: ShareCounts): string {
  return (["accepted", "rejected", "unanswered"] as const)
    .filter((outcome) => outcome === "accepted" || shares[outcome] > 0)
    .map((outcome) => `${count(shares[outcome])} ${outcome}`)
    .join(", ");
}

export interface Moment {
  readonly label: string;
  readonly money: Money | null;
  /** Where the price comes from and how much it covers, or why there is none. */
  readonly note: string;
}

/** The moments at which coins are priced; the chosen date only when one was chosen. */
export function moments(c: Case, v: Valuation): readonly Moment[] {
  const asOf = { label: `Worth as of ${c.options.asOf ?? ""}`, money: v.asOf, note: note(v, v.asOf) };
  return [
    { label: "Worth when mined", money: v.whenMined, note: note(v, v.whenMined) },
    ...(c.options.asOf === null ? [] : [asOf]),
    { label: "Worth at the last known price", money: v.lastKnown, note: note(v, v.lastKnown) },
  ];
}

function note(v: Valuation, money: Money | null): string {
  if (money === null) return v.amount === null ? "the amount of coins is unknown" : "no price is known";
  const covered =
    money.coveredShare < 1
      ? `; covers ${percent(money.coveredShare)} of the coins, so it is a lower bound`
      : "";
  const priced = money.date === null ? "each day at its own price" : `price of ${money.date}${age(money)}`;
  return `${priced}${covered}`;
}

function age({ ageDays }: Money): string {
  if (ageDays === null) return "";
  if (ageDays === 0) return ", the last day of the work";
  const days = `${count(Math.abs(ageDays))} ${Math.abs(ageDays) === 1 ? "day" : "days"}`;
  return `, ${days} ${ageDays > 0 ? "before" : "after"} the last day of the work`;
}

/** Why a sum has no hash rate. */
export function rateUnknown({ shares, coins, work }: CaseSum): string {
  if (shares.submitted === 0) return "no share was seen";
  if (coins.length > 1) return "hashes of different coins do not add up";
  if (work === null) return "no share's difficulty is known";
  return "all messages bear the same time";
}

/** Hosts of which a share was seen, most accepted shares first; without any share all hosts. */
export function hostsByShares(c: Case): { readonly hosts: readonly CaseSum[]; readonly mined: boolean } {
  const all = sumsOf(c, "host");
  const mined = all.filter(({ shares }) => shares.submitted > 0);
  const hosts = mined.length > 0 ? mined : all;
  return {
    hosts: [...hosts].sort((a, b) => b.shares.accepted - a.shares.accepted),
    mined: mined.length > 0,
  };
}

/** What an amount leaves out; empty when it is whole or not known at all. */
export function amountNote({ amount, days, unknownDays }: Valuation): string {
  const without = new Set(unknownDays.flatMap(({ date, missing }) => (missing === "price" ? [] : [date])));
  if (amount === null || without.size === 0) return "";
  return `a lower bound: the coins of ${count(without.size)} of ${count(days.length)} days are unknown`;
}

/** Gaps alike in code, most frequent first. */
export function gapKinds(c: Case): readonly { readonly code: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const gap of c.gaps) counts.set(gap.code, (counts.get(gap.code) ?? 0) + gap.count);
  return [...counts]
    .map(([code, times]) => ({ code, count: times }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The name of a piece of evidence, which places cite by id. */
export function evidenceName(c: Case, id: string): string {
  let names = EVIDENCE_NAMES.get(c.evidence);
  if (names === undefined) {
    names = new Map(c.evidence.map((e) => [e.id, e.name]));
    EVIDENCE_NAMES.set(c.evidence, names);
  }
  return names.get(id) ?? id;
}

/** Every line of a timeline asks for one, and an archive holds a hundred thousand. */
const EVIDENCE_NAMES = new WeakMap<Case["evidence"], ReadonlyMap<string, string>>();
