import { workOf } from "../../src/count/work.ts";
import type { CountedSession } from "../../src/model/facts.ts";
import type { Login, SessionRecord, ShareRecord, Wallet } from "../../src/model/record.ts";
import { countShares } from "../../src/model/work.ts";

/** 2021-04-21 00:00:00 UTC, a day with a price and a difficulty in the shipped table. */
export const START = Date.parse("2021-04-21T00:00:00Z") * 1000;
export const SECOND = 1_000_000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

export function wallet(address: string): Wallet {
  return { address, coin: "xmr", form: "standard", checked: true };
}

export function login(over: Partial<Login> = {}): Login {
  return {
    wallet: wallet("4Wallet"),
    account: null,
    worker: "web",
    pass: "x",
    agent: null,
    rigId: null,
    paymentId: null,
    atMicros: START,
    place: null,
    ...over,
  };
}

export function session(id: string, over: Partial<SessionRecord> = {}): SessionRecord {
  return {
    kind: "session",
    id,
    dialect: "cryptonote",
    transport: "tcp",
    via: null,
    coin: "xmr",
    coinHow: "inferred",
    algorithm: "rx/0",
    algorithmHow: "seen",
    workUnit: "hashes",
    client: { ip: "192.0.2.10", port: 40_000 },
    server: { ip: "198.51.100.7", port: 3333 },
    serverName: null,
    logins: [login()],
    redirects: [],
    jobs: 10,
    messages: 100,
    firstMicros: START,
    lastMicros: START + HOUR,
    midStream: false,
    oneSided: false,
    reportedHps: null,
    rigsAtLeast: null,
    evidence: ["e1"],
    trail: [],
    undecoded: 0,
    ...over,
  };
}

/** The nth share of a session: a result that is a hash, one share a second, difficulty 10,000, accepted. */
export function share(of: string, n: number, over: Partial<ShareRecord> = {}): ShareRecord {
  return {
    kind: "share",
    session: of,
    login: 0,
    jobId: `job${n % 7}`,
    nonce: n.toString(16).padStart(8, "0"),
    result: n.toString(16).padStart(64, "0"),
    target: "b88d0600",
    expectedHashes: 10_000,
    height: null,
    networkDifficulty: null,
    atMicros: START + n * SECOND,
    outcome: "accepted",
    reason: null,
    answeredMicros: null,
    place: { evidence: "e1", atByte: n * 300, byteLength: 250, packet: n, line: null },
    jobPlace: null,
    answerPlace: null,
    seen: 1,
    ...over,
  };
}

/** Shares `from` up to and without `to`. */
export function shares(
  of: string,
  [from, to]: readonly [number, number],
  over: Partial<ShareRecord> = {},
): ShareRecord[] {
  return Array.from({ length: to - from }, (_, i) => share(of, from + i, over));
}

export function counted(of: SessionRecord, own: readonly ShareRecord[]): CountedSession {
  return {
    session: of,
    shares: own,
    counts: countShares(own),
    work: workOf(own, of.workUnit),
    duplicateOf: null,
    sharesSeenTwice: 0,
  };
}

/** What `distinct` decided, short enough to compare. */
export function summary(of: readonly CountedSession[]): readonly string[] {
  return of.map(
    ({ session: { id, evidence }, counts, duplicateOf, sharesSeenTwice }) =>
      `${id} ${evidence.join("+")} ${counts.accepted}/${counts.submitted} ` +
      `twice ${sharesSeenTwice} of ${duplicateOf}`,
  );
}
