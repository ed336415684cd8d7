import type { CountedSession, Facts } from "../model/facts.ts";
import { compareIds } from "../model/order.ts";
import type { Redirect, SessionRecord } from "../model/record.ts";
import type { Detector, Found } from "./detector.ts";
import { compareSessions, groups } from "./order.ts";
import { seen, sessionsTrail } from "./trail.ts";
import { between, serverOf, shortHost, times } from "./words.ts";

interface Sent {
  readonly counted: CountedSession;
  readonly redirect: Redirect;
  readonly host: string;
}

/** A server that sends its miner elsewhere: load balancing, or someone taking the work over. */
export const poolRedirect: Detector = {
  id: "pool-redirect",
  title: "Miner sent to another server",
  reads: ["sessions"],
  attack: ["T1496.001"],
  sources: [
    "Stratum V1, client.reconnect (Slush Pool's manual of the protocol)",
    "Dell SecureWorks (2014), BGP Hijacking for Cryptocurrency Profit: miners taken over by client.reconnect",
  ],
  blindTo: "redirects by DNS or routing, which need no message",
  limits: {
    times: { value: 1, unit: "redirects", why: "one is enough: miners obey it at once" },
  },
  *find(facts, limit) {
    const sent = [...facts.sessions].sort(compareSessions).flatMap(elsewhere);
    const byTarget = groups(sent, ({ counted: { session }, host }) => ({
      client: session.client.ip,
      key: `${session.server.ip} ${host}`,
    }));
    for (const { client, members } of byTarget) {
      if (members.length >= limit("times")) yield found(client, members, facts);
    }
  },
};

function elsewhere(counted: CountedSession): Sent[] {
  const { session, duplicateOf } = counted;
  if (duplicateOf !== null) return [];
  return session.redirects.flatMap((redirect) => {
    const host = redirect.host?.toLowerCase().replace(/\.$/, "") ?? "";
    if (host === "" || host === session.server.ip || host === nameOf(session)) return [];
    return [{ counted, redirect, host }];
  });
}

function nameOf(session: SessionRecord): string | null {
  return session.serverName?.name.toLowerCase() ?? null;
}

/** Two names of one owner, as far as their last two labels tell ("eu1.pool.example" and "us.pool.example").
 */
function sameOwner(host: string, session: SessionRecord): boolean {
  const owner = (name: string) => name.split(".").slice(-2).join(".");
  const name = nameOf(session);
  return name !== null && /[a-z]$/.test(host) && owner(name) === owner(host);
}

function found(client: string, members: readonly Sent[], facts: Facts): Found {
  const first = members[0];
  const session = first?.counted.session;
  const host = first?.host ?? "";
  const moments = members.map(({ redirect }) => redirect.atMicros).sort((a, b) => a - b);
  const at = moments[0] ?? 0;
  const owner = session !== undefined && sameOwner(host, session);
  const follower = facts.sessions
    .map((counted) => counted.session)
    .filter((other) => other.client.ip === client && other.firstMicros >= at)
    .filter((other) => other.server.ip === host || nameOf(other) === host)
    .sort((a, b) => a.firstMicros - b.firstMicros || compareIds(a.id, b.id))[0];
  const followed =
    follower === undefined ? "No session with it is in the evidence." : `It went there (${follower.id}).`;
  return {
    severity: owner ? "low" : "medium",
    likelihood: 0.99,
    confidence: "moderate",
    about: [client, shortHost(host), ...new Set(members.map(({ counted: { session: own } }) => own.id))],
    summary:
      `${session === undefined ? "" : serverOf(session)} told the miner on ${client} to go on at ` +
      `${shortHost(host)}, ${times(members.length)} ${between(at, moments.at(-1) ?? at)}. ` +
      (owner
        ? "Both names have one owner, as pools do to spread load. "
        : "The two have no name in common. ") +
      followed,
    next:
      "Treat the new server as part of the case; if the operator of the first did not order it, someone " +
      "took the connection over.",
    basis: [
      ...members
        .slice(0, 12)
        .map(({ redirect }) =>
          seen(
            redirect.place,
            `client.reconnect to ${shortHost(host)}${redirect.port === null ? "" : `:${redirect.port}`}`,
            null,
          ),
        ),
      ...sessionsTrail([...new Set(members.map((sent) => sent.counted))]).slice(0, 12),
    ],
  };
}
