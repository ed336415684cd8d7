import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, CaseSession } from "../../src/model/case.ts";
import { counted, investigated } from "../kit/investigated.ts";
import { type Label, parseLabels } from "./labels.ts";
import { CAPTURES, type ExpectedCapture, type ExpectedSession, PROBES } from "./sessions.ts";

/** What the tool made of one capture, beside what is known of it. */
export interface Measured {
  readonly file: string;
  readonly found: Case;
  readonly sessions: readonly CaseSession[];
  readonly accepted: number;
  readonly rejected: number;
  /** Work of all sessions ÷ their summed time; null without work. */
  readonly hashrateHps: number | null;
  readonly label: Label | null;
  /** What is not as expected, in words; empty when all is. */
  readonly faults: readonly string[];
}

/** Captures labelled before the price table goes on again. */
const PRICED_FROM = "2021-04-16";

export async function measureCorpus(
  folder: string,
  done: (one: Measured) => void = () => {},
): Promise<Measured[]> {
  const labels = parseLabels(readFileSync(join(folder, "cj-sniffer", "labels.csv"), "utf8"));
  const all: Measured[] = [];
  for (const capture of CAPTURES) {
    const one = await measure(folder, capture, labels);
    done(one);
    all.push(one);
  }
  return all;
}

async function measure(
  folder: string,
  capture: ExpectedCapture,
  labels: ReadonlyMap<string, Label>,
): Promise<Measured> {
  const found = (await investigated([join(folder, capture.file)])).case;
  const sessions = counted(found);
  const label = labels.get(/\/(.*)\.pcap/.exec(capture.file)?.[1] ?? "") ?? null;
  const faults = [...sessionFaults(capture, sessions), ...(label === null ? [] : moneyFaults(found))];
  return {
    file: capture.file,
    found,
    sessions,
    accepted: sum(sessions, (session) => session.shares.accepted),
    rejected: sum(sessions, (session) => session.shares.rejected),
    hashrateHps: rate(sessions),
    label,
    faults,
  };
}

function sum(sessions: readonly CaseSession[], of: (session: CaseSession) => number): number {
  return sessions.reduce((total, session) => total + of(session), 0);
}

function rate(sessions: readonly CaseSession[]): number | null {
  const hashes = sum(sessions, (session) => session.work?.hashes ?? 0);
  const seconds = sum(sessions, ({ first, last }) => (Date.parse(last) - Date.parse(first)) / 1000);
  return hashes === 0 || seconds === 0 ? null : hashes / seconds;
}

/** Each expected session occurs, and, but for probes, none is like none of them. */
function sessionFaults(
  { file, sessions: wanted }: ExpectedCapture,
  sessions: readonly CaseSession[],
): string[] {
  const missing = wanted
    .filter((one) => !sessions.some((session) => differences(one, session).length === 0))
    .map((one) => nearest(one, sessions));
  if (PROBES.has(file)) {
    const mined = sum(sessions, (session) => session.shares.accepted);
    return mined === 0 ? missing : [...missing, `${mined} shares accepted in a capture of probes`];
  }
  const strange = sessions
    .filter(
      (session) =>
        !wanted.some((one) => differences(one, session).length === 0 || fitsMidStream(one, session)),
    )
    .map(
      (session) =>
        `unexpected session ${session.id}: ${session.dialect} of ${session.wallet ?? session.account}`,
    );
  return [...missing, ...strange];
}

function fitsMidStream(wanted: ExpectedSession, session: CaseSession): boolean {
  return session.midStream && session.dialect === wanted.dialect && session.wallet === null;
}

const NAMES = ["dialect", "wallet", "account", "worker"] as const;

function differences(wanted: ExpectedSession, session: CaseSession): string[] {
  const named = NAMES.filter((name) => session[name] !== wanted[name]).map(
    (name) => `${name} is ${session[name]}, not ${wanted[name]}`,
  );
  const agent = wanted.agent === null || session.agent?.startsWith(wanted.agent) === true;
  const counts = (["accepted", "rejected"] as const)
    .filter((outcome) => wanted[outcome] !== null && session.shares[outcome] !== wanted[outcome])
    .map((outcome) => `${session.shares[outcome]} shares ${outcome}, not ${wanted[outcome]}`);
  return [...named, ...(agent ? [] : [`agent is ${session.agent}, not ${wanted.agent}`]), ...counts];
}

function nearest(wanted: ExpectedSession, sessions: readonly CaseSession[]): string {
  const lists = sessions.map((session) => differences(wanted, session)).sort((a, b) => a.length - b.length);
  return lists[0]?.join(", ") ?? `no ${wanted.dialect} session`;
}

/** From 2021-04-16 on there are coins and dollars; days before say that they have no price. */
function moneyFaults(found: Case): string[] {
  const of = found.valuations.filter(({ coin, about }) => coin === "xmr" && about.kind === "case");
  const days = of.flatMap((valuation) => valuation.days);
  if (days.length === 0) return ["no day is valued"];
  const unknown = new Set(of.flatMap((valuation) => valuation.unknownDays.map((day) => day.date)));
  return days.flatMap((day) => {
    if (day.date >= PRICED_FROM) {
      return day.amount === null || day.value === null ? [`${day.date} has no coins or no dollars`] : [];
    }
    return day.value === null && unknown.has(day.date)
      ? []
      : [`${day.date} has a price, or does not say that it lacks one`];
  });
}

/** Relative error of the hash rate against the label over 15 minutes; null where either is unknown. */
export function rateError({ label, hashrateHps }: Measured): number | null {
  const labelled = label?.hashrate15mHps ?? null;
  return labelled === null || hashrateHps === null ? null : hashrateHps / labelled - 1;
}

export interface Bounds {
  readonly countsEqual: readonly Measured[];
  readonly counts: readonly Measured[];
  readonly within10: readonly Measured[];
  readonly within20: readonly Measured[];
  readonly rates: readonly Measured[];
}

export function bounds(all: readonly Measured[]): Bounds {
  const counts = all.filter((one) => (one.label?.accepted ?? null) !== null);
  const rates = all.filter((one) => (one.label?.hashrate15mHps ?? null) !== null);
  const near = (limit: number): Measured[] =>
    rates.filter((one) => Math.abs(rateError(one) ?? Number.POSITIVE_INFINITY) <= limit);
  const countsEqual = counts.filter((one) => one.accepted === one.label?.accepted);
  return { countsEqual, counts, within10: near(0.1), within20: near(0.2), rates };
}

/** At least so many of so many. Source: the measurements on the same captures in CJ-Sniffer's labels. */
export const BOUNDS = {
  countsEqual: { least: 20, of: 22 },
  within10: { least: 18, of: 24 },
  within20: { least: 23, of: 24 },
} as const;
