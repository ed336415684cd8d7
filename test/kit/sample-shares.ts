import type { CountedSession } from "../../src/model/facts.ts";
import type { ShareRecord } from "../../src/model/record.ts";
import { counts, DAYS, place, session, work } from "./sample-parts.ts";

/** What the session's shares look like to the writers of tables. */
export function countedSession(id: string, shares: number, over: Partial<ShareRecord> = {}): CountedSession {
  const { client, server } = session(id, "203.0.113.10");
  const at = Date.parse(`${DAYS[0]}T06:12:09Z`) * 1000;
  const share = (n: number): ShareRecord => ({
    kind: "share",
    session: id,
    login: 0,
    jobId: "4412",
    nonce: n.toString(16).padStart(8, "0"),
    result: "7c1f",
    target: "9bc42000",
    expectedHashes: 190_000,
    height: null,
    networkDifficulty: null,
    atMicros: at + n * 1_000_001,
    outcome: "accepted",
    reason: null,
    answeredMicros: at + n * 1_000_001 + 40_000,
    place: place(1391 + n),
    jobPlace: place(1206),
    answerPlace: place(1392 + n),
    seen: 1,
    ...over,
  });
  return {
    session: {
      kind: "session",
      id,
      dialect: "cryptonote",
      transport: "tcp",
      via: null,
      coin: "xmr",
      coinHow: "inferred",
      algorithm: "cn/0",
      algorithmHow: "inferred",
      workUnit: "hashes",
      client,
      server,
      serverName: null,
      logins: [],
      redirects: [],
      jobs: 1,
      messages: 3,
      firstMicros: at,
      lastMicros: at + shares * 1_000_001,
      midStream: false,
      oneSided: false,
      reportedHps: null,
      rigsAtLeast: null,
      evidence: ["e1"],
      trail: [],
      undecoded: 0,
    },
    shares: Array.from({ length: shares }, (_, n) => share(n)),
    counts: counts(shares),
    work: work(shares * 190_000),
    duplicateOf: null,
    sharesSeenTwice: 0,
  };
}
