import { parseWallet } from "../../src/bytes/wallet.ts";
import type { CountedSession, Facts } from "../../src/model/facts.ts";
import type { Indicator } from "../../src/model/indicator.ts";
import type { Place } from "../../src/model/place.ts";
import type {
  ContactRecord,
  Endpoint,
  Login,
  Redirect,
  SessionRecord,
  ShareOutcome,
  ShareRecord,
} from "../../src/model/record.ts";
import { type HostFixture, hostFacts, Places, SECOND, START_MICROS } from "./host-facts.ts";

/** Facts as a fixture writes them: what matters to the case, the rest is filled in. */
export interface FactsFixture {
  /** What the case is for. */
  readonly why: string;
  /** `detector.name` → value. */
  readonly limits?: Readonly<Record<string, number>>;
  readonly sessions?: readonly SessionFixture[];
  readonly contacts?: readonly ContactFixture[];
  /** Records of hosts: `kind` and what matters; the rest is filled in from `HOST_DEFAULTS`. */
  readonly host?: readonly HostFixture[];
  readonly indicators?: readonly Indicator[];
}

type Parts = "client" | "server" | "logins" | "redirects" | "serverName";

interface SessionFixture extends Partial<Omit<SessionRecord, Parts>> {
  /** "address:port" */
  readonly client: string;
  readonly server: string;
  readonly named?: string;
  /** Shares are dealt to the logins in turn. */
  readonly logins?: readonly LoginFixture[];
  readonly redirects?: readonly string[];
  /** Length of the session, from `firstMicros`. */
  readonly seconds?: number;
  readonly accepted?: number;
  readonly rejected?: number;
  readonly unanswered?: number;
  readonly hashesEach?: number | null;
  readonly duplicateOf?: string;
  /** Repeats the session with servers of their own: 203.0.113.1, .2 … */
  readonly servers?: number;
}

interface LoginFixture {
  readonly pays?: string;
  readonly worker?: string;
  readonly rigId?: string;
}

interface ContactFixture extends Partial<Omit<ContactRecord, "server" | "pool">> {
  readonly client: string;
  readonly by: ContactRecord["by"];
  readonly server?: string;
  readonly pool: string;
  readonly matched: string;
  readonly listed?: string;
}

/** Builds the facts that a fixture describes. */
export function factsOf(fixture: FactsFixture): Facts {
  const places = new Places();
  const sessions = (fixture.sessions ?? []).flatMap((session) => repeated(session));
  return {
    ...hostFacts(fixture.host ?? [], places),
    indicators: fixture.indicators ?? [],
    sessions: sessions.map((session, index) => sessionOf(session, `s${index + 1}`, places)),
    contacts: (fixture.contacts ?? []).map((contact) => contactOf(contact, places)),
    gaps: [],
  };
}

/** Facts of nothing. */
export function noFacts(): Facts {
  return factsOf({ why: "nothing" });
}

/** The same facts as if the evidence had been read in another order. */
export function reversed(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([key, list]) => [key, [...list].reverse()]),
  ) as unknown as Facts;
}

function repeated(session: SessionFixture): SessionFixture[] {
  if (session.servers === undefined) return [session];
  return Array.from({ length: session.servers }, (_, index) => ({
    ...session,
    server: `203.0.113.${index + 1}:3333`,
    firstMicros: START_MICROS + index * SECOND,
  }));
}

function endpoint(text: string): Endpoint {
  const colon = text.lastIndexOf(":");
  return { ip: text.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(text.slice(colon + 1)) };
}

function loginOf(login: LoginFixture, atMicros: number, place: Place): Login {
  const wallet = parseWallet(login.pays ?? "");
  return {
    wallet,
    account: wallet === null ? (login.pays ?? null) : null,
    worker: login.worker ?? null,
    pass: "x",
    agent: null,
    rigId: login.rigId ?? null,
    paymentId: null,
    atMicros,
    place,
  };
}

function redirectOf(text: string, atMicros: number, place: Place): Redirect {
  const { ip: host, port } = endpoint(text);
  return { host: host === "" ? null : host, port, atMicros, place };
}

function sessionOf(fixture: SessionFixture, id: string, places: Places): CountedSession {
  const { client, server, named, logins, redirects, seconds, ...rest } = fixture;
  const { accepted, rejected, unanswered, hashesEach, duplicateOf, servers, ...record } = rest;
  const firstMicros = fixture.firstMicros ?? START_MICROS;
  const login = places.next();
  const session: SessionRecord = {
    kind: "session",
    id,
    dialect: "cryptonote",
    transport: "tcp",
    via: null,
    coin: "xmr",
    coinHow: "inferred",
    algorithm: null,
    algorithmHow: null,
    workUnit: "hashes",
    client: endpoint(client),
    server: endpoint(server),
    serverName: named === undefined ? null : { name: named, by: "dns", place: places.next() },
    logins: (logins ?? []).map((one) => loginOf(one, firstMicros, places.next())),
    redirects: (redirects ?? []).map((one) => redirectOf(one, firstMicros + 30 * SECOND, places.next())),
    jobs: 1,
    messages: 4,
    firstMicros,
    lastMicros: firstMicros + (seconds ?? 3600) * SECOND,
    midStream: false,
    oneSided: false,
    reportedHps: null,
    rigsAtLeast: null,
    evidence: ["e1"],
    trail: [{ what: "login", atMicros: firstMicros, place: login, excerpt: '{"method":"login"}' }],
    undecoded: 0,
    ...record,
  };
  return counted(session, fixture, places);
}

function counted(session: SessionRecord, fixture: SessionFixture, places: Places): CountedSession {
  const each = fixture.hashesEach === undefined ? 10_000 : fixture.hashesEach;
  const outcomes: ShareOutcome[] = [
    ...new Array<ShareOutcome>(fixture.accepted ?? 0).fill("accepted"),
    ...new Array<ShareOutcome>(fixture.rejected ?? 0).fill("rejected"),
    ...new Array<ShareOutcome>(fixture.unanswered ?? 0).fill("unanswered"),
  ];
  const shares = outcomes.map((outcome, index): ShareRecord => {
    const atMicros = session.firstMicros + (index + 1) * 10 * SECOND;
    const answered = outcome !== "unanswered";
    return {
      kind: "share",
      session: session.id,
      login: session.logins.length === 0 ? 0 : index % session.logins.length,
      jobId: "1",
      nonce: index.toString(16).padStart(8, "0"),
      result: null,
      target: null,
      expectedHashes: each,
      height: null,
      networkDifficulty: null,
      atMicros,
      outcome,
      reason: outcome === "rejected" ? "Low difficulty share" : null,
      answeredMicros: answered ? atMicros + 1000 : null,
      place: places.next(),
      jobPlace: null,
      answerPlace: answered ? places.next() : null,
      seen: 1,
    };
  });
  const accepted = fixture.accepted ?? 0;
  const hashes = accepted * (each ?? 0);
  return {
    session,
    shares,
    counts: {
      submitted: shares.length,
      accepted,
      rejected: fixture.rejected ?? 0,
      unanswered: fixture.unanswered ?? 0,
    },
    work: hashes === 0 ? null : { hashes, low: hashes * 0.8, high: hashes * 1.2, unit: session.workUnit },
    duplicateOf: fixture.duplicateOf ?? null,
    sharesSeenTwice: 0,
  };
}

function contactOf(fixture: ContactFixture, places: Places): ContactRecord {
  const { server, pool, matched, listed, ...record } = fixture;
  const firstMicros = fixture.firstMicros ?? START_MICROS;
  return {
    kind: "contact",
    server: server === undefined ? null : endpoint(server),
    name: null,
    chain: [],
    pool: { matched, pool, coin: "xmr", source: "a list", seen: listed ?? "2021-04-01" },
    firstMicros,
    lastMicros: firstMicros,
    times: 1,
    alpn: null,
    ja3: null,
    ja4: null,
    place: places.next(),
    ...record,
  };
}
