import type { Severity } from "../model/finding.ts";
import type { ContactRecord, SessionRecord } from "../model/record.ts";
import type { Detector, Found } from "./detector.ts";
import { compareContacts, groups } from "./order.ts";
import { seen } from "./trail.ts";
import { between, distinct, listed, shortHost, times } from "./words.ts";

const MICROS_PER_DAY = 86_400_000_000;
const MAX_STEPS = 24;

interface Kind {
  readonly by: ContactRecord["by"];
  readonly severity: Severity;
  /** How probable it is that the host mined or tried to. */
  readonly likelihood: number;
  readonly says: string;
}

/** The strongest first. The likelihoods are judgements, ordered by what each kind of contact takes: naming
 *  a pool to a proxy or a TLS server means connecting to it, a lookup does not, and an address may have
 *  changed hands. */
const KINDS: readonly Kind[] = [
  { by: "socks5", severity: "low", likelihood: 0.7, says: "asked a proxy for" },
  { by: "sni", severity: "low", likelihood: 0.6, says: "opened TLS to" },
  { by: "http", severity: "low", likelihood: 0.5, says: "sent HTTP to" },
  { by: "dns", severity: "low", likelihood: 0.4, says: "looked up" },
  { by: "ip", severity: "info", likelihood: 0.3, says: "exchanged traffic with an address listed for" },
];

/** An address that was listed too long ago to mean much. */
const OLD_ADDRESS_LIKELIHOOD = 0.1;

/** A host met a known pool, and nothing of mining could be read. */
export const poolContact: Detector = {
  id: "pool-contact",
  title: "Contact with a mining pool",
  reads: ["contacts", "sessions"],
  attack: ["T1496"],
  sources: [
    "The pool table's rows, each with source and date",
    "Pastrana & Suarez-Tangil (2019), IMC, for pools behind other names (CNAME aliases)",
  ],
  blindTo: "pools that no list names; proxies of the operator's own; names looked up over encrypted DNS",
  limits: {
    times: {
      value: 1,
      unit: "contacts",
      why: "one contact is worth a line; more are needed where a resolver or a scanner touches pools all day",
    },
    addressDays: {
      value: 365,
      unit: "days",
      why: "rented addresses change hands; a listing that is a year away from the contact says little",
    },
  },
  *find(facts, limit) {
    const contacts = [...facts.contacts].sort(compareContacts);
    const sessions = groups(facts.sessions, ({ session }) => ({ client: session.client.ip, key: "" }));
    const sessionsOf = new Map(
      sessions.map((group) => [group.client, group.members.map(({ session }) => session)]),
    );
    const byPool = groups(contacts, (contact) => ({ client: contact.client, key: contact.pool.pool }));
    for (const { client, key, members } of byPool) {
      const met = members.reduce((sum, contact) => sum + contact.times, 0);
      if (met < limit("times")) continue;
      const own = sessionsOf.get(client) ?? [];
      if (members.some((contact) => hasSession(contact, own))) continue;
      yield found({ client, pool: key, members, times: met }, limit("addressDays"));
    }
  },
};

/** The host has a session with this pool, so that there is better evidence than the contact. */
function hasSession(contact: ContactRecord, ofClient: readonly SessionRecord[]): boolean {
  const names = new Set([contact.name, contact.pool.matched, ...contact.chain]);
  return ofClient.some(
    (session) =>
      contact.server?.ip === session.server.ip ||
      names.has(session.server.ip) ||
      (session.serverName !== null && names.has(session.serverName.name)),
  );
}

interface Met {
  readonly client: string;
  readonly pool: string;
  readonly members: readonly ContactRecord[];
  readonly times: number;
}

function found(met: Met, addressDays: number): Found {
  const { client, members } = met;
  const kinds = KINDS.filter((kind) => members.some((contact) => contact.by === kind.by));
  const strongest = kinds[0];
  const old = strongest?.by === "ip" && !members.some((contact) => listedWithin(contact, addressDays));
  const first = members[0]?.firstMicros ?? 0;
  const last = members.reduce((latest, contact) => Math.max(latest, contact.lastMicros), first);
  const says = kinds.map((kind) => `${kind.says} ${targets(kind, members)}`).join(" and ");
  return {
    severity: strongest?.severity ?? "info",
    likelihood: old ? OLD_ADDRESS_LIKELIHOOD : (strongest?.likelihood ?? null),
    confidence: strongest?.by === "ip" ? "low" : "moderate",
    about: distinct([client, ...members.flatMap((contact) => contact.name ?? contact.server?.ip ?? [])]),
    summary:
      `${client} ${says} (pool ${shortHost(met.pool)}), ${times(met.times)} ${between(first, last)}. ` +
      `This is contact, ` +
      `not proof of mining: no readable mining session of this host with the pool is in the evidence` +
      `${old ? `, and the address was listed more than ${addressDays} days away from the contact` : ""}`,
    next: "Look at the host for a miner, and at flow records for a long, thin connection to this pool.",
    basis: members.slice(0, MAX_STEPS).map(step),
  };
}

function targets(kind: Kind, members: readonly ContactRecord[]): string {
  const own = members.filter((contact) => contact.by === kind.by);
  const names = own.map((contact) =>
    kind.by === "ip" ? (contact.server?.ip ?? contact.pool.matched) : (contact.name ?? contact.pool.matched),
  );
  // "… an address listed for POOL" needs the address itself behind it.
  const shown = listed(distinct(names).map(shortHost));
  return kind.by === "ip" ? `a pool, ${shown}` : shown;
}

function listedWithin(contact: ContactRecord, addressDays: number): boolean {
  const listedMicros = Date.parse(contact.pool.seen) * 1000;
  return Math.abs(contact.firstMicros - listedMicros) <= addressDays * MICROS_PER_DAY;
}

function step(contact: ContactRecord) {
  const chain = contact.chain.length > 1 ? `, by way of ${listed(contact.chain.map(shortHost), 5)}` : "";
  const { matched, source, seen: date } = contact.pool;
  const kind = KINDS.find((row) => row.by === contact.by);
  const what = contact.name ?? contact.server?.ip ?? matched;
  return seen(
    contact.place,
    `${kind?.says ?? contact.by} ${shortHost(what)}${chain}; ` +
      `${shortHost(matched)} is listed by ${source}, ${date}`,
    null,
  );
}
