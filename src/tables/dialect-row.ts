/** What a message does in a conversation between a miner and a pool. */
export type Means =
  | "login"
  | "subscribe"
  | "ask"
  | "job"
  | "difficulty"
  | "extranonce"
  | "submit"
  | "answer"
  | "hashrate"
  | "keepalive"
  | "redirect"
  | "message";

/** What a match shows. `none`: mining messages look so, and others do too. `mining`: it is mining, in one
 *  of the dialects that have the message. `dialect`: it is mining, and in this dialect. */
export type Proof = "none" | "mining" | "dialect";

/** What can be read from a message. `owner` names the login that a job or share belongs to, `user` is the
 *  login itself; `newOwner` is the name that an answer gives to the login it answers; `network` is the
 *  network difficulty. */
export type Field =
  | "login"
  | "pass"
  | "agent"
  | "worker"
  | "rigId"
  | "owner"
  | "user"
  | "jobId"
  | "nonce"
  | "result"
  | "target"
  | "difficulty"
  | "network"
  | "height"
  | "bits"
  | "blob"
  | "coinbase"
  | "time"
  | "algo"
  | "hashrate"
  | "host"
  | "port"
  | "newOwner";

/** One message of a dialect, as data.
 *
 *  Shape: a row with `method` is a JSON-RPC call, one with `type` is a typed message, one with neither is
 *  an answer. `needs` and `takes` use paths: names and indexes parted by dots from the message's root
 *  ("params.0.job_id"), "#" for an array's length, "http" for the HTTP request around the message; then,
 *  optionally, `[a:b]` for the characters a to b, `~` for the bytes of a hex string turned round, `$` for
 *  a hex number. `takes` may name several paths parted by blanks: their values are joined with dots.
 *  Formats are alternatives parted by "|": `string` `number` `bool` `array` `object` `null` `absent`,
 *  `hex` (any count of hex digits but none), `hexN`, `hexN+` (at least N), `0x…` before those for a
 *  compulsory prefix, `?x…` for an optional one, `A-B` for a number in that range, `=text` for that text.
 *  Limits: `needs` is an "and" over paths; what needs an "or" over paths is two rows.
 */
export interface MessageRow {
  readonly means: Means;
  readonly from: "client" | "server";
  readonly method?: string;
  readonly type?: string;
  readonly proof: Proof;
  readonly needs: Readonly<Record<string, string>>;
  readonly takes?: Readonly<Partial<Record<Field, string>>>;
  /** How a submit's answer says yes, where it is not `true` or a status of OK:
   *  BIP 22 answers null to a good block. */
  readonly yes?: "null";
}

/** How a job's target or the difficulty in force becomes expected hashes (see `difficulty.ts`).
 *
 *  `cryptonote`: 4 or 8 bytes little-endian. `big-endian`: a 256-bit number. `difficulty1`: difficulty 1
 *  is the pdiff target of Bitcoin times the algorithm's scale. `pow32`: difficulty 1 is 2^32 hashes.
 *  `hashes`: difficulty counts hashes.
 */
export interface WorkRule {
  readonly target: "cryptonote" | "big-endian";
  readonly difficulty: "difficulty1" | "pow32" | "hashes";
}

/** A language between miners and pools.
 *
 *  Shape: `coins` are those that speak it, the one assumed when nothing tells first (an empty list: none
 *  is); a wallet of another coin is where a multi-coin pool pays, not what is mined. `algorithm` goes with
 *  the first.
 */
export interface DialectRow {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly transports: readonly ("tcp" | "http" | "websocket")[];
  readonly coins: readonly string[];
  readonly algorithm: string | null;
  readonly workUnit: "hashes" | "solutions";
  readonly work: WorkRule;
  /** Logins may carry a payment id. */
  readonly paymentIds?: true;
  readonly messages: readonly MessageRow[];
}

/** Every transport of JSON without HTTP around it. */
export const STREAMS = ["tcp", "websocket"] as const;
