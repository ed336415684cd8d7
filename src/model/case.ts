import type { Evidence } from "./evidence.ts";
import type { Finding, Severity } from "./finding.ts";
import type { AddressOwner, CaseChain, CaseSwap, CaseTag, Revenue, ServicePath } from "./follow-case.ts";
import type { Gap } from "./gap.ts";
import type { CaseHost, CaseWallet, Cluster, Observable, TimelineEntry } from "./host-case.ts";
import type { How } from "./place.ts";
import type { Agent, Endpoint, NamedServer, PoolMatch, TrailStep, Wallet } from "./record.ts";
import type { CaseTrace } from "./trace.ts";
import type { Valuation } from "./valuation.ts";
import type { Interval, ShareCounts, Work } from "./work.ts";

/** A session as the case tells it: times are ISO 8601 UTC with microseconds, unknown is null. */
export interface CaseSession {
  readonly id: string;
  readonly dialect: string;
  readonly transport: "tcp" | "http" | "websocket";
  readonly via: "socks5" | "http-connect" | null;
  readonly coin: string | null;
  readonly coinHow: How | null;
  readonly algorithm: string | null;
  readonly algorithmHow: How | null;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly serverName: NamedServer | null;
  /** The address as text when valid, else null. */
  readonly wallet: string | null;
  readonly account: string | null;
  readonly worker: string | null;
  /** As sent, e.g. "XMRig/6.12.1 (Linux x86_64)". */
  readonly agent: string | null;
  readonly logins: readonly CaseLogin[];
  readonly redirects: readonly { host: string | null; port: number | null; at: string }[];
  readonly first: string;
  readonly last: string;
  readonly jobs: number;
  readonly messages: number;
  readonly shares: ShareCounts;
  readonly work: Work | null;
  readonly hashrateHps: Interval | null;
  readonly hashrateLast15MinHps: Interval | null;
  readonly reportedHps: number | null;
  readonly rigsAtLeast: number | null;
  readonly midStream: boolean;
  readonly oneSided: boolean;
  /** The session that shows the same shares and counts instead of this one;
   *  null for a session that counts. */
  readonly duplicateOf: string | null;
  readonly sharesSeenTwice: number;
  readonly evidence: readonly string[];
  readonly trail: readonly (Omit<TrailStep, "atMicros"> & { readonly at: string })[];
}

export interface CaseLogin {
  readonly wallet: Wallet | null;
  readonly account: string | null;
  readonly worker: string | null;
  readonly pass: string | null;
  readonly agent: Agent | null;
  readonly rigId: string | null;
  readonly paymentId: string | null;
  readonly at: string;
}

/** Sums over sessions, each share once: of one host, wallet, account, worker, or day. */
export interface CaseSum {
  readonly kind: "host" | "wallet" | "account" | "worker" | "day";
  /** The address, name, or date. A worker is `wallet-or-account/worker`. */
  readonly id: string;
  readonly coins: readonly string[];
  readonly sessions: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly shares: ShareCounts;
  /** null when the sessions count different things or no difficulty is known. */
  readonly work: Work | null;
  /** The highest sum of the rates of sessions that overlap in time. */
  readonly hashrateHps: Interval | null;
}

export interface CaseContact {
  readonly by: "dns" | "sni" | "socks5" | "http" | "ip";
  readonly client: string;
  readonly server: Endpoint | null;
  readonly name: string | null;
  readonly chain: readonly string[];
  readonly pool: PoolMatch;
  readonly first: string;
  readonly last: string;
  readonly times: number;
  readonly alpn: string | null;
  readonly ja3: string | null;
  readonly ja4: string | null;
}

export interface Verdict {
  readonly severity: Severity;
  /** One sentence for a manager. */
  readonly headline: string;
  /** A few more, in order of weight. */
  readonly says: readonly string[];
  /** What further evidence or fact would change it. */
  readonly wouldChange: readonly string[];
}

/** Points for the report's charts: work by time slice.
 *  `at` is the slice's start, `hashes` its accepted work. */
export interface CaseSeries {
  readonly session: string;
  readonly sliceSeconds: number;
  readonly points: readonly { readonly at: string; readonly shares: number; readonly hashes: number }[];
}

/** Widths of a slice of time that people can name, in seconds; beyond the last, whole days. */
export const SLICE_SECONDS = [60, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400] as const;

/** A threshold as it was used. */
export interface UsedLimit {
  readonly detector: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly why: string;
  readonly changed: boolean;
}

/** The one document. Sorted, frozen, and byte-identical for the same evidence and options. */
export interface Case {
  readonly schema: 1;
  readonly tool: { readonly name: "paydirt"; readonly version: string };
  readonly about: { readonly caseNumber: string | null; readonly examiner: string | null };
  readonly options: {
    readonly asOf: string | null;
    readonly poolFee: number;
    readonly hashed: boolean;
    readonly showSecrets: boolean;
  };
  readonly tables: readonly { readonly name: string; readonly sha256: string; readonly source: string }[];
  readonly limits: readonly UsedLimit[];
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly hosts: readonly CaseHost[];
  readonly sessions: readonly CaseSession[];
  readonly sums: readonly CaseSum[];
  readonly contacts: readonly CaseContact[];
  readonly findings: readonly Finding[];
  readonly wallets: readonly CaseWallet[];
  readonly observables: readonly Observable[];
  readonly clusters: readonly Cluster[];
  readonly timeline: readonly TimelineEntry[];
  readonly valuations: readonly Valuation[];
  readonly series: readonly CaseSeries[];
  readonly chains: readonly CaseChain[];
  readonly traces: readonly CaseTrace[];
  readonly paths: readonly ServicePath[];
  readonly revenues: readonly Revenue[];
  readonly owners: readonly AddressOwner[];
  readonly tags: readonly CaseTag[];
  readonly swaps: readonly CaseSwap[];
  readonly gaps: readonly Gap[];
}

/** What a case holds of followed money before any was followed. */
export const NOTHING_FOLLOWED = {
  chains: [],
  traces: [],
  paths: [],
  revenues: [],
  owners: [],
  tags: [],
  swaps: [],
} as const satisfies Partial<Case>;
