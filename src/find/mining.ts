import type { CountedSession } from "../model/facts.ts";
import type { Confidence, Severity } from "../model/finding.ts";
import type { Basis } from "../model/place.ts";
import { type ShareCounts, sumCounts } from "../model/work.ts";
import { coinName } from "../tables/coins.ts";
import type { Detector, Found } from "./detector.ts";
import { payeeText, type Stint, stints } from "./miner/stint.ts";
import { compareSessions, groups } from "./order.ts";
import { sessionsTrail } from "./trail.ts";
import { between, counted, distinct, large } from "./words.ts";

/** Shares that a host sent to a pool: proof of hashing done. */
export const mining: Detector = {
  id: "mining",
  title: "Cryptocurrency was mined",
  reads: ["sessions"],
  attack: ["T1496.001"],
  stage: "mining",
  sources: [
    "MITRE ATT&CK v18.1, T1496.001 Resource Hijacking: Compute Hijacking",
    "Garwood (1936), Biometrika 28, 437–442, for what a number of shares can tell",
  ],
  blindTo: "encrypted sessions; mining to a local node; whether the owner of the host wanted it",
  limits: {
    shares: {
      value: 1,
      unit: "shares",
      why: "a share is found by hashing alone, so that one is enough to say that hashing was done",
    },
    manyShares: {
      value: 10,
      unit: "accepted shares",
      why: "ten shares bound the work within 0.48 to 1.84 of the estimate (95 %); fewer leave its size open",
    },
  },
  *find({ sessions }, limit) {
    const own = sessions.filter((session) => session.duplicateOf === null).sort(compareSessions);
    const parts = own.flatMap(stints).filter((stint) => stint.counts.submitted > 0);
    const byHost = groups(parts, (stint) => ({
      client: stint.counted.session.client.ip,
      key: keyOf(stint),
    }));
    for (const { client, members } of byHost) {
      const counts = sumCounts(members.map((stint) => stint.counts));
      if (counts.submitted >= limit("shares")) yield found(client, members, limit("manyShares"));
    }
  },
};

/** One wallet is one payee whatever is mined; accounts of one name at pools of two coins need not be one. */
function keyOf({ payee, counted: { session } }: Stint): string {
  return payee.kind === "wallet" ? payee.key : `${payee.key} ${session.coin ?? ""} ${session.workUnit}`;
}

function found(client: string, members: readonly Stint[], manyShares: number): Found {
  const counts = sumCounts(members.map((stint) => stint.counts));
  const sessions = members.map((stint) => stint.counted);
  const payee = members[0]?.payee.name ?? null;
  return {
    ...weight(counts),
    confidence: sourcing(members, counts, manyShares),
    about: [client, ...(payee === null ? [] : [payee]), ...sessions.map(({ session }) => session.id)],
    summary: summary(client, members, counts),
    next:
      "Ask the owner of the host whether this was wanted. If not: keep memory and disk before stopping " +
      "anything, find the process and how it was started, and ask the pool for the records of this account.",
    basis: [...sessionsTrail(members.map(ownShares)), ...coinSteps(members)],
  };
}

/** A session with the shares of one payee only. */
function ownShares(stint: Stint): CountedSession {
  return { ...stint.counted, shares: stint.shares };
}

/** How the coin is known, where the evidence does not say it outright. */
function coinSteps(members: readonly Stint[]): Basis[] {
  const { session } = members[0]?.counted ?? {};
  const place = session?.trail[0]?.place ?? members[0]?.shares[0]?.place;
  if (session?.coin == null || session.coinHow === null || session.coinHow === "seen") return [];
  if (place === undefined) return [];
  return [
    {
      place,
      how: session.coinHow,
      says: `${session.id}: the coin is ${coinName(session.coin)}`,
      excerpt: null,
    },
  ];
}

/** Judgements, in the order of what each proves: a pool checked an accepted share; an unanswered one was
 *  not seen checked; a rejected one can be made up. */
function weight(counts: ShareCounts): { severity: Severity; likelihood: number } {
  if (counts.accepted > 0) return { severity: "high", likelihood: 0.99 };
  if (counts.unanswered > 0) return { severity: "high", likelihood: 0.9 };
  return { severity: "medium", likelihood: 0.7 };
}

/** Sourcing: were both sides heard, is the payee named beyond doubt, are there shares enough. */
function sourcing(members: readonly Stint[], counts: ShareCounts, manyShares: number): Confidence {
  const both = members.some(({ counted: { session } }) => !session.oneSided);
  const login = members.some(({ counted: { session } }) => !session.midStream);
  const named = members.some((stint) => stint.walletChecked || stint.payee.kind === "account");
  if (both && named && counts.accepted >= manyShares) return "high";
  return (both || login) && counts.accepted + counts.unanswered > 0 ? "moderate" : "low";
}

function summary(client: string, members: readonly Stint[], counts: ShareCounts): string {
  const coins = distinct(members.flatMap(({ counted: { session } }) => session.coin ?? []));
  const what = coins.length === 0 ? "" : ` ${coins.map(coinName).join(" and ")}`;
  const first = members[0];
  const whom = first === undefined ? "" : payeeText(first.payee);
  const when = span(members);
  if (counts.accepted === 0 && counts.unanswered === 0) {
    return (
      `${client} sent ${counted(counts.rejected, "share")}${what && ` of${what}`} for ${whom} ${when}; ` +
      "the pool rejected every one"
    );
  }
  if (counts.accepted === 0) {
    return (
      `${client} sent ${counted(counts.unanswered, "share")}${what && ` of${what}`} for ${whom} ${when}; ` +
      "the pool's answers are not in the evidence"
    );
  }
  const others = [
    counts.rejected > 0 ? `${counted(counts.rejected, "share")} rejected` : "",
    counts.unanswered > 0 ? `${counted(counts.unanswered, "share")} without a visible answer` : "",
  ].filter((text) => text !== "");
  return (
    `${client} mined${what} for ${whom}: ${counted(counts.accepted, "share")} accepted ${when}` +
    `${work(members)}${others.length > 0 ? ` (${others.join(", ")})` : ""}`
  );
}

/** From the first accepted share to the last, of all shares where none was accepted; of the sessions where
 *  the shares' details are gone. */
function span(members: readonly Stint[]): string {
  const all = members.flatMap((stint) => stint.shares);
  const accepted = all.filter((share) => share.outcome === "accepted");
  const shares = accepted.length > 0 ? accepted : all;
  const sessions = members.map((stint) => stint.counted.session);
  const moments =
    shares.length > 0
      ? shares.map((share) => share.atMicros)
      : sessions.flatMap((session) => [session.firstMicros, session.lastMicros]);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const moment of moments) {
    if (moment < first) first = moment;
    if (moment > last) last = moment;
  }
  return between(first, last);
}

function work(members: readonly Stint[]): string {
  const units = new Set(members.map((stint) => stint.counted.session.workUnit));
  const known = members.flatMap((stint) => stint.hashes ?? []);
  const unit = [...units][0];
  if (units.size !== 1 || unit === undefined || known.length === 0) return ", of unknown difficulty";
  return `, about ${large(known.reduce((sum, hashes) => sum + hashes, 0))} ${unit}`;
}
