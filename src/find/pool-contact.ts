import { DAY_MICROS } from "../bytes/time.ts";
import type { Severity } from "../model/finding.ts";
import type { ContactRecord, SessionRecord } from "../model/record.ts";
import type { Detector, Found } from "./detector.ts";
import { compareContacts, type Group, groups } from "./order.ts";
import { seen } from "./trail.ts";
import { between, distinct, listed, shortHost, times } from "./words.ts";

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

/** A survey or a resolver: mining on this very host is not what explains it. */
const MANY_POOLS_LIKELIHOOD = 0.2;

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
    pools: {
      value: 8,
      unit: "pools",
      why: "a miner has one pool and a few to fall back on; a survey or a resolver meets many",
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
    const weak = byPool.filter(({ client, members }) => {
      const own = sessionsOf.get(client) ?? [];
      return timesOf(members) >= limit("times") && !members.some((contact) => hasSession(contact, own));
    });
    for (const { client, members } of groups(weak, (pool) => ({ client: pool.client, key: "" }))) {
      if (members.length >= limit("pools")) yield manyPools(client, members);
      else for (const pool of members) yield onePool(pool, limit("addressDays"));
    }
  },
};

function timesOf(members: readonly ContactRecord[]): number {
  return members.reduce((sum, contact) => sum + contact.times, 0);
}

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

const CONTACT_ONLY =
  "This is contact, not proof of mining: no readable mining session of this host with the pool was seen";

function onePool({ client, key, members }: Group<ContactRecord>, addressDays: number): Found {
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
      `${client} ${says} (pool ${shortHost(key)}), ${times(timesOf(members))} ${between(first, last)}. ` +
      CONTACT_ONLY +
      (old ? `, and the address was listed more than ${addressDays} days away from the contact` : ""),
    next: "Look at the host for a miner, and at flow records for a long, thin connection to this pool.",
    basis: members.slice(0, MAX_STEPS).map(step),
  };
}

/** A host that meets many pools is one finding: a miner has few. */
function manyPools(client: string, pools: readonly Group<ContactRecord>[]): Found {
  const members = pools.flatMap((pool) => pool.members).sort(compareContacts);
  const first = members[0]?.firstMicros ?? 0;
  const last = members.reduce((latest, contact) => Math.max(latest, contact.lastMicros), first);
  const names = pools.map((pool) => shortHost(pool.key));
  return {
    severity: members.every((contact) => contact.by === "ip") ? "info" : "low",
    likelihood: MANY_POOLS_LIKELIHOOD,
    confidence: "low",
    about: [client],
    summary:
      `${client} met ${names.length} pools (${listed(names)}), ${times(timesOf(members))} ` +
      `${between(first, last)}: so many look like a survey, or like a host that resolves names for others. ` +
      CONTACT_ONLY,
    next: "Find out what this host is for; if it resolves names, look for the hosts that asked it.",
    basis: pools
      .flatMap((pool) => pool.members.slice(0, 1))
      .slice(0, MAX_STEPS)
      .map(step),
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
  return Math.abs(contact.firstMicros - listedMicros) <= addressDays * DAY_MICROS;
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
