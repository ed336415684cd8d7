import { MICROS_PER_SECOND } from "../bytes/time.ts";
import type { CountedSession, Facts } from "../model/facts.ts";
import type { Confidence, Severity } from "../model/finding.ts";
import { STRATUM_V2 } from "../tables/dialect-mining.ts";
import { dialectById } from "../tables/dialects.ts";
import type { Detector, Found } from "./detector.ts";
import { payeeOf, payeeText } from "./miner/stint.ts";
import { compareSessions, groups } from "./order.ts";
import { sessionsTrail } from "./trail.ts";
import { between, counted, distinct, listed, serverOf } from "./words.ts";

/** Talk with a pool that led to no share: a probe, a rejected login, a miner that found nothing yet. */
export const miningAttempt: Detector = {
  id: "mining-attempt",
  title: "Talk with a mining pool without a share",
  reads: ["sessions"],
  attack: ["T1496.001"],
  sources: [
    "MITRE ATT&CK v18.1, T1496.001",
    "Captures of a survey of pools by nesfit (cgminer, one login a pool, no share)",
  ],
  blindTo: "shares sent before or after the capture, or on the side that was not captured",
  limits: {
    servers: {
      value: 5,
      unit: "servers",
      why: "a miner is given one pool and a few to fall back on; who logs in at more is surveying pools",
    },
    holdSeconds: {
      value: 60,
      unit: "seconds",
      why: "pools adjust to a share every 30 to 100 s (nodejs-pool, node-cryptonote-pool); less says nothing",
    },
  },
  *find(facts, limit) {
    const members = withoutShares(facts).sort(compareSessions);
    const byHost = groups(members, ({ session }) => ({ client: session.client.ip, key: session.dialect }));
    const limits = { servers: limit("servers"), holdSeconds: limit("holdSeconds") };
    for (const group of byHost) yield found(group.client, group.members, limits);
  },
};

/** Sessions without a share, but for the pauses of a miner whose shares are seen elsewhere. */
function withoutShares({ sessions }: Facts): CountedSession[] {
  const mined = new Set<string>();
  for (const { session, counts } of sessions) {
    if (counts.submitted === 0) continue;
    mined.add(`${session.client.ip} ${session.server.ip} ${session.server.port}`);
    for (const login of session.logins) mined.add(`${session.client.ip} ${payeeOf(login).key}`);
  }
  return sessions.filter(({ session, counts, duplicateOf }) => {
    if (counts.submitted > 0 || duplicateOf !== null || session.dialect === STRATUM_V2.id) return false;
    const named = session.logins.map(payeeOf).filter((payee) => payee.kind !== "unknown");
    if (named.length > 0) return !named.some((payee) => mined.has(`${session.client.ip} ${payee.key}`));
    return !mined.has(`${session.client.ip} ${session.server.ip} ${session.server.port}`);
  });
}

type Limits = { readonly servers: number; readonly holdSeconds: number };

function found(client: string, members: readonly CountedSession[], limits: Limits): Found {
  const servers = distinct(members.map(({ session }) => serverOf(session)));
  const survey = servers.length >= limits.servers;
  const held = members.some(({ session }) => heldWork(session, limits.holdSeconds));
  const unheard = members.every(({ session }) => isPoolsSide(session));
  const payees = distinct(
    members.flatMap(({ session }) => session.logins.flatMap((login) => payeeOf(login).name ?? [])),
  );
  const whom = payees.length === 0 ? "" : ` for ${listed(distinct(members.flatMap(payeeTexts)))}`;
  const first = members[0]?.session.firstMicros ?? 0;
  const last = members.reduce((latest, { session }) => Math.max(latest, session.lastMicros), first);
  const id = members[0]?.session.dialect ?? "";
  const dialect = dialectById(id)?.title ?? id;
  return {
    ...weight(survey, held),
    confidence: sourcing(members),
    about: [client, ...payees.slice(0, 20), ...members.map(({ session }) => session.id)],
    summary:
      `${client} spoke ${dialect} with ${listed(servers)}${whom} in ` +
      `${counted(members.length, "session")} ` +
      `${between(first, last)}${unheard ? UNHEARD : ` and sent no share: ${reading(survey, held)}`}`,
    next: survey
      ? "Find the tool that did this; a survey of pools is no mining, but someone prepared or studied it."
      : "Look for a miner on this host and for captures of the time after; a slow machine needs longer.",
    basis: sessionsTrail(members),
  };
}

function payeeTexts({ session }: CountedSession): string[] {
  const payees = session.logins.map(payeeOf).filter((payee) => payee.kind !== "unknown");
  return payees.map(payeeText);
}

/** Where only the pool was captured, nothing can be said of what the miner sent. */
const UNHEARD = ": only the pool's side was captured, so that shares cannot show";

/** Jobs come from pools: a session that shows some, one side only and no login shows no miner. */
function isPoolsSide({ oneSided, jobs, logins }: CountedSession["session"]): boolean {
  return oneSided && jobs > 0 && logins.every(({ place }) => place === null);
}

function heldWork(session: CountedSession["session"], holdSeconds: number): boolean {
  return session.jobs > 0 && session.lastMicros - session.firstMicros >= holdSeconds * MICROS_PER_SECOND;
}

/** Judgements, in the order of what each took: a survey, a start, work held. */
function weight(survey: boolean, held: boolean): { severity: Severity; likelihood: number } {
  if (survey) return { severity: "low", likelihood: 0.1 };
  return held ? { severity: "medium", likelihood: 0.6 } : { severity: "low", likelihood: 0.3 };
}

function reading(survey: boolean, held: boolean): string {
  if (survey) return "so many servers look like a tool that surveys pools";
  if (held) return "it held work from a pool long enough to mine, but nothing came of it";
  return "a probe, a refused login or a broken start";
}

function sourcing(members: readonly CountedSession[]): Confidence {
  const whole = members.some(({ session }) => !session.oneSided && !session.midStream);
  return whole ? "moderate" : "low";
}
