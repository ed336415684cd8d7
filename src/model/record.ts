import type { ParsedWallet } from "../bytes/wallet.ts";
import type { AnyHostRecord } from "./host-facts.ts";
import type { How, Place } from "./place.ts";

export interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

/** "203.0.113.10:49832", "[2001:db8::1]:3333". */
export function endpointText({ ip, port }: Endpoint): string {
  return ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** A payment address whose form was checked. */
export type Wallet = ParsedWallet;

/** What a miner says of itself, split; `text` is the whole as sent. */
export interface Agent {
  readonly text: string;
  readonly miner: string | null;
  readonly version: string | null;
  readonly os: string | null;
}

/** Who logs in. One socket can carry several logins (a proxy). */
export interface Login {
  readonly wallet: Wallet | null;
  /** The name before the worker, when it is not a valid address of a known coin. */
  readonly account: string | null;
  readonly worker: string | null;
  readonly pass: string | null;
  readonly agent: Agent | null;
  readonly rigId: string | null;
  readonly paymentId: string | null;
  readonly atMicros: number;
  /** null when only an answer or a share showed the name. */
  readonly place: Place | null;
}

/** A name for an address, and where it was read. */
export interface NamedServer {
  readonly name: string;
  readonly by: "dns" | "sni" | "socks5" | "http" | "message";
  readonly place: Place;
}

/** Times a server told its miner to go elsewhere (`client.reconnect`). */
export interface Redirect {
  readonly host: string | null;
  readonly port: number | null;
  readonly atMicros: number;
  readonly place: Place;
}

/** One conversation between a miner and a pool or proxy.
 *
 *  Shape: times are microseconds since 1970 UTC; `evidence` lists every capture that shows the conversation.
 */
export interface SessionRecord {
  readonly kind: "session";
  readonly id: string;
  readonly dialect: string;
  readonly transport: "tcp" | "http" | "websocket";
  readonly via: "socks5" | "http-connect" | null;
  readonly coin: string | null;
  readonly coinHow: How | null;
  readonly algorithm: string | null;
  readonly algorithmHow: How | null;
  /** What a share's difficulty counts. */
  readonly workUnit: "hashes" | "solutions";
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly serverName: NamedServer | null;
  readonly logins: readonly Login[];
  readonly redirects: readonly Redirect[];
  readonly jobs: number;
  readonly messages: number;
  readonly firstMicros: number;
  readonly lastMicros: number;
  /** The capture began after the conversation did. */
  readonly midStream: boolean;
  /** Only one direction was captured. */
  readonly oneSided: boolean;
  /** The last rate that the miner itself reported (eth_submitHashrate); a claim, not a measurement. */
  readonly reportedHps: number | null;
  /** More than one rig behind the connection: distinct nonce prefixes, a lower bound;
   *  null when not told apart. */
  readonly rigsAtLeast: number | null;
  readonly evidence: readonly string[];
  /** First message first: the messages that an analyst checks (login, its answer,
   *  first job, first share …). */
  readonly trail: readonly TrailStep[];
  /** Messages of this conversation that could not be decoded. */
  readonly undecoded: number;
}

export interface TrailStep {
  readonly what: string;
  readonly atMicros: number;
  readonly place: Place;
  readonly excerpt: string;
}

export type ShareOutcome = "accepted" | "rejected" | "unanswered";

/** One submitted share, joined to its own job and to its answer.
 *
 *  Shape: `expectedHashes` is the mean number of hashes (or solutions) that a share of its target takes, null
 *  when its job and difficulty were not seen; `networkDifficulty` is what the job's own nBits say, else null;
 *  `height` the block height that the job names, else null.
 */
export interface ShareRecord {
  readonly kind: "share";
  readonly session: string;
  /** Index into the session's logins; 0 when the session has none. */
  readonly login: number;
  readonly jobId: string | null;
  readonly nonce: string;
  readonly result: string | null;
  readonly target: string | null;
  readonly expectedHashes: number | null;
  readonly height: number | null;
  readonly networkDifficulty: number | null;
  readonly atMicros: number;
  readonly outcome: ShareOutcome;
  readonly reason: string | null;
  readonly answeredMicros: number | null;
  readonly place: Place;
  readonly jobPlace: Place | null;
  readonly answerPlace: Place | null;
  /** How many captures, or copies within one, showed it: 1 is normal. */
  readonly seen: number;
}

/** A host met a known pool's name or address, and nothing readable of mining was seen. */
export interface ContactRecord {
  readonly kind: "contact";
  readonly by: "dns" | "sni" | "socks5" | "http" | "ip";
  readonly client: string;
  readonly server: Endpoint | null;
  readonly name: string | null;
  /** Names between the one asked for and the pool's (CNAMEs), the asked one first. */
  readonly chain: readonly string[];
  readonly pool: PoolMatch;
  readonly firstMicros: number;
  readonly lastMicros: number;
  readonly times: number;
  readonly alpn: string | null;
  readonly ja3: string | null;
  readonly ja4: string | null;
  readonly place: Place;
}

/** The row of the pool table that matched. `seen` is the date on which the source saw the endpoint. */
export interface PoolMatch {
  readonly matched: string;
  readonly pool: string;
  readonly coin: string | null;
  readonly source: string;
  readonly seen: string;
}

/** What readers yield besides gaps. */
export type EvidenceRecord = SessionRecord | ShareRecord | ContactRecord | AnyHostRecord;
