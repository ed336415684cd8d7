import type { CountedSession, Facts } from "../model/facts.ts";
import { STRATUM_V2 } from "../tables/dialect-mining.ts";
import type { Detector, Found } from "./detector.ts";
import { compareSessions, groups } from "./order.ts";
import { sessionsTrail } from "./trail.ts";
import { between, counted, serverOf } from "./words.ts";

/** A Stratum V2 handshake: the lengths tell, the content cannot be read. */
export const encryptedMining: Detector = {
  id: "encrypted-mining",
  title: "Encrypted mining protocol (Stratum V2)",
  reads: ["sessions", "contacts"],
  attack: ["T1496.001"],
  sources: ["Stratum V2 specification, 04-Protocol-Security: Noise NX handshake with EllSwift keys"],
  blindTo: "Stratum over TLS; wallet, shares and work of the session",
  limits: {
    messages: {
      value: 2,
      unit: "messages",
      why: "the handshake is one flight each way; a single flight of 64 bytes means nothing",
    },
  },
  *find(facts, limit) {
    const sessions = facts.sessions
      .filter(({ session, duplicateOf }) => session.dialect === STRATUM_V2.id && duplicateOf === null)
      .filter(({ session }) => session.messages >= limit("messages"))
      .sort(compareSessions);
    const byServer = groups(sessions, ({ session }) => ({
      client: session.client.ip,
      key: `${session.server.ip} ${session.server.port}`,
    }));
    for (const { client, members } of byServer) yield found(client, members, knownPool(members, facts));
  },
};

/** The name under which the pool table knows the server, if other traffic of the host told it. */
function knownPool(members: readonly CountedSession[], { contacts }: Facts): string | null {
  const match = contacts.find((contact) =>
    members.some(
      ({ session }) =>
        contact.client === session.client.ip &&
        (contact.server?.ip === session.server.ip ||
          (contact.name !== null && contact.name === session.serverName?.name)),
    ),
  );
  return match?.pool.pool ?? null;
}

function found(client: string, members: readonly CountedSession[], pool: string | null): Found {
  const session = members[0]?.session;
  const first = session?.firstMicros ?? 0;
  const last = members.reduce((latest, member) => Math.max(latest, member.session.lastMicros), first);
  const server = session === undefined ? "" : serverOf(session);
  const known = pool === null ? "" : ` The server is listed as a pool (${pool}).`;
  return {
    severity: "medium",
    likelihood: pool === null ? 0.8 : 0.95,
    confidence: "moderate",
    about: [client, ...members.map((member) => member.session.id)],
    summary:
      `${client} opened ${counted(members.length, "session")} with ${server} ${between(first, last)} ` +
      `by a handshake of Stratum V2, which is made for mining. ` +
      `What was said is encrypted: whether shares were sent, and for whom, cannot be told from it.${known}`,
    next: "Look at the host for the miner's configuration, which names the pool and the account.",
    basis: sessionsTrail(members),
  };
}
