import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58xmr } from "@scure/base";
import { join, text, toHex, u32 } from "./octets.ts";
import { type Random, random } from "./random.ts";
import type { Line } from "./talk.ts";

/** A standard Monero address that belongs to nobody: both "keys" are digests of the seed, the checksum is
 *  right. */
export function madeUpWallet(seed: string): string {
  const body = join([18], keccak_256(text(`${seed} spend`)), keccak_256(text(`${seed} view`)));
  return base58xmr.encode(join(body, keccak_256(body).subarray(0, 4)));
}

/** From `at` seconds on, the pool asks for shares of this difficulty. */
export interface Phase {
  readonly at: number;
  readonly difficulty: number;
}

export interface Miner {
  readonly login: string;
  readonly agent: string;
  readonly hashrateHps: number;
  readonly seconds: number;
  readonly phases: readonly Phase[];
  /** Unix time of the talk's start; job blobs carry it. */
  readonly startSeconds: number;
  readonly blockVersion: number;
  readonly height: number;
  readonly seed: number;
  /** The share with this index comes too late and is rejected; null: none. */
  readonly rejected: number | null;
}

/** What the talk holds, for expectations. */
export interface Mined {
  readonly lines: readonly Line[];
  readonly submitted: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly jobs: number;
  readonly keepalives: number;
  /** Sum over accepted shares of 2³² ÷ (target + 1). */
  readonly hashes: number;
}

interface Job {
  readonly id: string;
  readonly at: number;
  readonly difficulty: number;
  readonly target: number;
  readonly blob: string;
  readonly height: number;
}

const BLOCK_SECONDS = 120;
const KEEPALIVE_SECONDS = 60;
const TRIP_SECONDS = 0.04;

/** A conversation between an XMRig-like miner and its pool: hashing is a Poisson process at the miner's
 *  rate, and a share's result is uniform below the target of its job, as on the wire.
 */
export function mine(miner: Miner): Mined {
  const by = random(miner.seed);
  const jobs = jobsOf(miner, by);
  const session = toHex(by.bytes(8));
  const lines: Line[] = opening(miner, session, jobs[0]);
  for (const job of jobs.slice(1)) {
    lines.push(line("server", job.at, { jsonrpc: "2.0", method: "job", params: told(job) }));
  }
  let id = 1;
  let hashes = 0;
  let rejected = 0;
  for (let at = nextShare(0.2); at < miner.seconds - 1; at = nextShare(at)) {
    const job = jobAt(at - TRIP_SECONDS);
    id += 1;
    const late = id - 2 === miner.rejected;
    const old = late ? (jobs[jobs.indexOf(job) - 1] ?? job) : job;
    lines.push(line("client", at, submit(id, session, old)));
    const error = late ? { code: -1, message: "Block expired" } : null;
    const result = late ? null : { status: "OK" };
    lines.push(line("server", at + TRIP_SECONDS, { id, jsonrpc: "2.0", error, result }));
    if (late) rejected += 1;
    else hashes += 2 ** 32 / (old.target + 1);
  }
  const keepalives = keptAlive(lines, session, id);
  const all = [...lines, ...keepalives].sort((a, b) => a.at - b.at);
  const submitted = id - 1;
  const counts = { submitted, accepted: submitted - rejected, rejected };
  return { lines: all, ...counts, jobs: jobs.length, keepalives: keepalives.length / 2, hashes };

  function nextShare(after: number): number {
    const at = after + by.wait(jobAt(after).difficulty / miner.hashrateHps);
    // Waiting has no memory: at a new difficulty it begins anew.
    const change = miner.phases.find((phase) => phase.at > after && phase.at < at);
    return change === undefined ? at : nextShare(change.at);
  }
  function jobAt(at: number): Job {
    const job = jobs.findLast((one) => one.at <= at) ?? jobs[0];
    if (job === undefined) throw new RangeError("Cannot mine without a job: no phase begins at 0");
    return job;
  }
  function submit(number: number, session: string, job: Job): unknown {
    const params = { id: session, job_id: job.id, nonce: toHex(by.bytes(4)), result: resultBelow(job, by) };
    return { id: number, jsonrpc: "2.0", method: "submit", params };
  }
}

function opening(miner: Miner, session: string, first: Job | undefined): Line[] {
  if (first === undefined) throw new RangeError("Cannot log in: there is no first job");
  const params = { login: miner.login, pass: "x", agent: miner.agent };
  const result = { id: session, job: { ...told(first), id: session }, status: "OK" };
  return [
    line("client", 0.03, { id: 1, jsonrpc: "2.0", method: "login", params }),
    line("server", 0.09, { id: 1, jsonrpc: "2.0", error: null, result }),
  ];
}

/** A job at each new block, each change of difficulty, and at the start. */
function jobsOf(miner: Miner, by: Random): Job[] {
  const starts = miner.phases.map((phase) => phase.at);
  const blocks: number[] = [];
  for (let at = by.wait(BLOCK_SECONDS); at < miner.seconds; at += by.wait(BLOCK_SECONDS)) blocks.push(at);
  let previous = by.bytes(32);
  let height = miner.height;
  return [...new Set([0, ...starts, ...blocks])]
    .sort((a, b) => a - b)
    .map((at) => {
      if (blocks.includes(at)) {
        previous = by.bytes(32);
        height += 1;
      }
      const difficulty = miner.phases.findLast((phase) => phase.at <= at)?.difficulty ?? 1000;
      const seconds = Math.floor(miner.startSeconds + at);
      const version = [miner.blockVersion, miner.blockVersion];
      const blob = join(version, varint(seconds), previous, [0, 0, 0, 0], by.bytes(32), [1 + by.below(30)]);
      const target = Math.floor((2 ** 32 - 1) / difficulty);
      return { id: toHex(by.bytes(8)), at, difficulty, target, blob: toHex(blob), height };
    });
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

function told(job: Job): { blob: string; job_id: string; target: string; height: number } {
  return { blob: job.blob, job_id: job.id, target: toHex(u32(job.target).reverse()), height: job.height };
}

/** A hash whose last four bytes, read as little-endian, lie at or below the target. */
function resultBelow(job: Job, by: Random): string {
  const top = u32(by.below(job.target)).reverse();
  return toHex(join(by.bytes(28), top));
}

/** What the miner sends when nothing was said for a minute, with the pool's answers. */
function keptAlive(lines: readonly Line[], session: string, lastId: number): Line[] {
  const times = lines.map((one) => one.at).sort((a, b) => a - b);
  let id = lastId;
  return times.flatMap((at, index) => {
    const next = times[index + 1];
    if (next === undefined || next - at < KEEPALIVE_SECONDS + 1) return [];
    id += 1;
    const asked = { id, jsonrpc: "2.0", method: "keepalived", params: { id: session } };
    const answer = { id, jsonrpc: "2.0", error: null, result: { status: "KEEPALIVED" } };
    const when = at + KEEPALIVE_SECONDS;
    return [line("client", when, asked), line("server", when + TRIP_SECONDS, answer)];
  });
}

function line(from: Line["from"], at: number, message: unknown): Line {
  return { from, at, says: `${JSON.stringify(message)}\n` };
}
