import type { CaseContact, CaseSeries, CaseSession, CaseSum } from "../../src/model/case.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Gap } from "../../src/model/gap.ts";
import type { Place } from "../../src/model/place.ts";
import type { Money, Valuation, ValuationDay } from "../../src/model/valuation.ts";
import type { ShareCounts, Work } from "../../src/model/work.ts";

/** Looks like a Monero address; made up, its checksum is wrong. */
export const WALLET = `4${"8Paydirt7SampleWa11etNotRea1"
  .repeat(4)
  .replace(/[lIO0]/g, "x")
  .slice(0, 94)}`;

export const DAYS = ["2017-07-14", "2017-07-15", "2017-07-16"] as const;
export const POOL = { ip: "198.51.100.7", port: 3333 } as const;

export const place = (packet: number, atByte = packet * 311): Place => ({
  evidence: "e1",
  atByte,
  byteLength: 287,
  packet,
  line: null,
});

export const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  id: "e1",
  name: "server-2017-07.pcap",
  kind: "pcap",
  compression: null,
  within: null,
  host: null,
  files: null,
  filesRead: null,
  custody: null,
  bytes: 1_284_332_107,
  sha256: "9f2c1d7be05a4c77a1b09c1f6a8b2f3340f7a1d2c5e6b7a8990011223344ffee",
  packets: 2_310_442,
  first: "2017-07-14T00:00:03.104221Z",
  last: "2017-07-16T23:59:58.990012Z",
  ...over,
});

export const counts = (accepted: number, rejected = 0, unanswered = 0): ShareCounts => ({
  submitted: accepted + rejected + unanswered,
  accepted,
  rejected,
  unanswered,
});

export const work = (hashes: number): Work => ({
  hashes,
  low: hashes * 0.93,
  high: hashes * 1.08,
  unit: "hashes",
});
export const around = (estimate: number) => ({ estimate, low: estimate * 0.93, high: estimate * 1.08 });

export function session(id: string, ip: string, over: Partial<CaseSession> = {}): CaseSession {
  const login =
    '{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"WALLET","agent":"xmr-stak-cpu/1.3"}}\n';
  return {
    id,
    dialect: "cryptonote",
    transport: "tcp",
    via: null,
    coin: "xmr",
    coinHow: "inferred",
    algorithm: "cn/0",
    algorithmHow: "inferred",
    client: { ip, port: 49832 },
    server: POOL,
    serverName: { name: "pool.example.net", by: "dns", place: place(102) },
    wallet: WALLET,
    account: null,
    worker: "web",
    agent: "xmr-stak-cpu/1.3.0-1.5.0",
    logins: [],
    redirects: [],
    first: `${DAYS[0]}T06:12:09.000121Z`,
    last: `${DAYS[2]}T21:40:55.731002Z`,
    jobs: 2210,
    messages: 9120,
    shares: counts(1204, 12, 3),
    work: work(228_400_000),
    hashrateHps: around(1002),
    hashrateLast15MinHps: around(988),
    reportedHps: null,
    rigsAtLeast: null,
    midStream: false,
    oneSided: false,
    duplicateOf: null,
    sharesSeenTwice: 0,
    evidence: ["e1"],
    trail: [
      {
        what: "login",
        at: `${DAYS[0]}T06:12:09.000121Z`,
        place: place(1204),
        excerpt: login.replace("WALLET", WALLET),
      },
      {
        what: "first job",
        at: `${DAYS[0]}T06:12:09.120007Z`,
        place: place(1206),
        excerpt:
          '{"jsonrpc":"2.0","method":"job","params":{"blob":"0606…","job_id":"4412","target":"9bc42000"}}\n',
      },
      {
        what: "first share",
        at: `${DAYS[0]}T06:13:44.902113Z`,
        place: place(1391),
        excerpt: '{"method":"submit","params":{"id":"1","job_id":"4412","nonce":"d00e0000"},"id":2}\n',
      },
    ],
    ...over,
  };
}

export const sum = (kind: CaseSum["kind"], id: string, over: Partial<CaseSum> = {}): CaseSum => ({
  kind,
  id,
  coins: ["xmr"],
  sessions: ["s1"],
  first: `${DAYS[0]}T06:12:09.000121Z`,
  last: `${DAYS[2]}T21:40:55.731002Z`,
  shares: counts(1204, 12, 3),
  work: work(228_400_000),
  hashrateHps: around(1002),
  ...over,
});

export const usd = (value: number, date: string | null, ageDays: number | null): Money => ({
  currency: "usd",
  value,
  low: value * 0.93,
  high: value * 1.08,
  date,
  ageDays,
  source: "market/xmr.csv",
  coveredShare: 1,
});

const DIFFICULTY = 13_204_500_121;
const REWARD = 6.932;

export function day(date: string, hashes: number, price: number | null): ValuationDay {
  const amount = (hashes / DIFFICULTY) * REWARD * 0.99;
  const piconero = BigInt(Math.round(amount * 1e12));
  return {
    date,
    work: work(hashes),
    networkDifficulty: DIFFICULTY,
    difficultySource: "market/xmr.csv",
    blockReward: String(REWARD * 1e12),
    blockRewardSource: "issuance ÷ blocks of the day, market/xmr.csv",
    amount: {
      unit: "piconero",
      estimate: String(piconero),
      low: String((piconero * 93n) / 100n),
      high: String((piconero * 108n) / 100n),
    },
    priceUsd: price,
    priceSource: price === null ? null : "market/xmr.csv",
    value: price === null ? null : usd(amount * price, date, 0),
    says: price === null ? "no price is known for this day" : null,
  };
}

export function valuation(id: string, about: Valuation["about"], part = 1): Valuation {
  const days = [
    day(DAYS[0], 97_300_000 * part, 37.22),
    day(DAYS[1], 133_100_000 * part, 33.61),
    day(DAYS[2], 117_600_000 * part, null),
  ];
  const total = days.reduce((all, d) => all + BigInt(d.amount?.estimate ?? "0"), 0n);
  return {
    id,
    about,
    coin: "xmr",
    work: work(348_000_000 * part),
    poolFee: 0.01,
    amount: {
      unit: "piconero",
      estimate: String(total),
      low: String((total * 93n) / 100n),
      high: String((total * 108n) / 100n),
    },
    days,
    whenMined: { ...usd(4.18 * part, null, null), coveredShare: 0.66 },
    asOf: usd(64.72 * part, "2017-12-29", -166),
    lastKnown: usd(10.6 * part, "2019-10-30", -836),
    unknownDays: [{ date: DAYS[2], missing: "price" }],
  };
}

export const finding = (id: string, over: Partial<Finding> = {}): Finding => ({
  id,
  detector: "mining-session",
  attack: ["T1496.001"],
  stage: null,
  host: null,
  first: null,
  last: null,
  severity: "high",
  likelihood: 0.98,
  confidence: "high",
  about: ["203.0.113.10", "s1"],
  summary: "203.0.113.10 mined Monero for one wallet over three days",
  next: "Preserve memory and disk before the miner is stopped; ask the pool for its records.",
  basis: [
    {
      place: place(1204),
      how: "seen",
      says: "A miner logs in to a pool with a wallet whose checksum is right",
      excerpt: '{"id":1,"jsonrpc":"2.0","method":"login","params":{"login":"48Payd…","pass":"x"}}\n',
    },
    {
      place: place(1391),
      how: "seen",
      says: "The first of 1,204 accepted shares",
      excerpt:
        '{"method":"submit","params":{"nonce":"d00e0000"},"id":2}\n{"id":2,"result":{"status":"OK"}}\n',
    },
    {
      place: place(102),
      how: "inferred",
      says: "The pool's name, from the DNS answer that gave its address",
      excerpt: null,
    },
  ],
  ...over,
});

export const gap = (code: Gap["code"], says: string, times = 1): Gap => ({
  place: place(88_120),
  code,
  says,
  count: times,
});

export const contact = (over: Partial<CaseContact> = {}): CaseContact => ({
  by: "dns",
  client: "203.0.113.55",
  server: null,
  name: "xmr.pool.example.org",
  chain: ["xmr.pool.example.org"],
  pool: {
    matched: "pool.example.org",
    pool: "Example Pool",
    coin: "xmr",
    source: "pool list",
    seen: "2018-08-09",
  },
  first: `${DAYS[1]}T11:02:44.000000Z`,
  last: `${DAYS[1]}T11:48:01.500000Z`,
  times: 7,
  alpn: null,
  ja3: null,
  ja4: null,
  ...over,
});

export const series = (id: string, scale: number): CaseSeries => ({
  session: id,
  sliceSeconds: 900,
  points: Array.from({ length: 250 }, (_, at) => ({
    at: new Date(Date.parse(`${DAYS[0]}T06:00:00Z`) + at * 900_000).toISOString().replace("Z", "000Z"),
    shares: Math.round(scale * (4 + Math.sin(at / 9) * 2)),
    hashes: Math.round(scale * 900_000 * (1 + Math.sin(at / 9) / 3)),
  })),
});
