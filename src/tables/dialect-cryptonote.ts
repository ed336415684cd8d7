import { type DialectRow, type MessageRow, STREAMS } from "./dialect-row.ts";

const JOB = {
  algo: "algo",
  blob: "blob",
  height: "height",
  jobId: "job_id",
  owner: "id",
  target: "target",
} as const;

type JobTakes = Record<keyof typeof JOB, string>;

/** The job object of CryptoNote pools is the same wherever it stands. */
function jobAt(path: string): { readonly needs: Record<string, string>; readonly takes: JobTakes } {
  const at = (name: string) => `${path}.${name}`;
  return {
    needs: { [at("blob")]: "hex140+", [at("job_id")]: "string|number", [at("target")]: "hex2+" },
    takes: {
      algo: at(JOB.algo),
      blob: at(JOB.blob),
      height: at(JOB.height),
      jobId: at(JOB.jobId),
      owner: at(JOB.owner),
      target: at(JOB.target),
    },
  };
}

const loginAnswer = jobAt("result.job");
const polledJob = jobAt("result");
const pushedJob = jobAt("params");

const SUBMIT: MessageRow = {
  means: "submit",
  from: "client",
  method: "submit",
  proof: "dialect",
  needs: { "params.job_id": "string|number", "params.nonce": "hex8|hex16", "params.result": "hex64" },
  takes: {
    owner: "params.id",
    jobId: "params.job_id",
    nonce: "params.nonce",
    result: "params.result",
    algo: "params.algo",
  },
};

/** Monero's pool protocol and its forks'. `id` in params is the login's RPC id; a proxy carries several. A
 *  `login` call alone proves nothing: chat servers and WebRTC gateways have one too. */
export const CRYPTONOTE: DialectRow = {
  id: "cryptonote",
  title: "CryptoNote pool (Monero and its forks)",
  source: "xmrig-proxy doc/STRATUM.md and STRATUM_EXT.md; node-cryptonote-pool lib/pool.js; captures",
  transports: STREAMS,
  coins: ["xmr", "aeon", "bcn", "etn", "sumo", "msr", "loki", "wow", "xhv", "trtl", "zeph", "sal"],
  algorithm: null,
  workUnit: "hashes",
  work: { target: "cryptonote", difficulty: "pow32" },
  paymentIds: true,
  messages: [
    {
      means: "login",
      from: "client",
      method: "login",
      proof: "dialect",
      needs: { "params.login": "string", "params.algo.0": "string" },
      takes: {
        login: "params.login",
        pass: "params.pass",
        agent: "params.agent",
        rigId: "params.rigid",
      },
    },
    {
      means: "login",
      from: "client",
      method: "login",
      proof: "none",
      needs: { "params.login": "string", "params.pass": "string|absent", "params.agent": "string|absent" },
      takes: { login: "params.login", pass: "params.pass", agent: "params.agent", rigId: "params.rigid" },
    },
    {
      means: "job",
      from: "server",
      proof: "dialect",
      needs: loginAnswer.needs,
      takes: { ...loginAnswer.takes, newOwner: "result.id", owner: "result.id" },
    },
    { means: "job", from: "server", proof: "dialect", needs: polledJob.needs, takes: polledJob.takes },
    { means: "job", from: "server", method: "job", proof: "dialect", ...pushedJob },
    {
      // Self-select: the miner takes the block from its own node and tells the pool which it was.
      means: "job",
      from: "client",
      method: "block_template",
      proof: "dialect",
      needs: { "params.job_id": "string|number", "params.blob": "hex140+" },
      takes: { jobId: "params.job_id", blob: "params.blob", height: "params.height", owner: "params.id" },
    },
    {
      // Self-select: a job without a block; its target stands until the miner has chosen.
      means: "job",
      from: "server",
      method: "job",
      proof: "dialect",
      needs: { "params.pool_wallet": "string", "params.job_id": "string|number", "params.target": "hex2+" },
      takes: { jobId: "params.job_id", target: "params.target", owner: "params.id", algo: "params.algo" },
    },
    {
      means: "job",
      from: "server",
      proof: "dialect",
      needs: {
        "result.job.pool_wallet": "string",
        "result.job.job_id": "string",
        "result.job.target": "hex2+",
      },
      takes: {
        jobId: "result.job.job_id",
        target: "result.job.target",
        owner: "result.id",
        newOwner: "result.id",
        algo: "result.job.algo",
      },
    },
    SUBMIT,
    {
      means: "ask",
      from: "client",
      method: "getjob",
      proof: "none",
      needs: { "params.id": "string|number" },
    },
    {
      means: "keepalive",
      from: "client",
      method: "keepalived",
      proof: "none",
      needs: { params: "object|array" },
    },
    {
      means: "keepalive",
      from: "server",
      proof: "mining",
      needs: { "result.status": "=KEEPALIVED" },
    },
    {
      means: "redirect",
      from: "server",
      method: "client.reconnect",
      proof: "none",
      needs: { params: "array|absent|null" },
      takes: { host: "params.0", port: "params.1" },
    },
  ],
};

/** A Monero node asked for blocks to solve: solo mining and pools without stratum. */
export const MONERO_DAEMON: DialectRow = {
  id: "monero-daemon",
  title: "Monero node RPC (solo mining)",
  source: "Monero daemon RPC documentation: get_block_template, submit_block; xmrig DaemonClient.cpp",
  transports: ["http", "tcp"],
  coins: ["xmr"],
  algorithm: null,
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "hashes" },
  messages: [
    ...["getblocktemplate", "get_block_template"].map(
      (method): MessageRow => ({
        means: "login",
        from: "client",
        method,
        proof: "dialect",
        needs: { "params.wallet_address": "string" },
        takes: { login: "params.wallet_address" },
      }),
    ),
    {
      means: "job",
      from: "server",
      proof: "dialect",
      needs: { "result.blocktemplate_blob": "hex140+", "result.difficulty": "number" },
      takes: {
        jobId: "result.prev_hash",
        blob: "result.blockhashing_blob",
        height: "result.height",
        difficulty: "result.difficulty",
        network: "result.difficulty",
      },
    },
    ...["submitblock", "submit_block"].map(
      (method): MessageRow => ({
        // Two version bytes, then five of a time after 2014, the parent's id and the nonce.
        means: "submit",
        from: "client",
        method,
        proof: "mining",
        needs: { "params.#": "1-1", "params.0": "hex170+" },
        takes: { jobId: "params.0[14:78]", nonce: "params.0[78:86]" },
      }),
    ),
  ],
};

/** Miners in a web page. The site key names who is paid; `hash_accepted` answers the oldest open share. */
export const COINHIVE: DialectRow = {
  id: "coinhive",
  title: "Coinhive-style browser miner",
  source: "coinhive-stratum-mining-proxy (MIT) and deepMiner server.js: messages between page and proxy",
  transports: STREAMS,
  coins: ["xmr"],
  algorithm: null,
  workUnit: "hashes",
  work: { target: "cryptonote", difficulty: "pow32" },
  messages: [
    {
      means: "login",
      from: "client",
      type: "auth",
      proof: "mining",
      needs: { "params.site_key": "string", "params.type": "string" },
      takes: { login: "params.site_key", worker: "params.user" },
    },
    {
      means: "message",
      from: "server",
      type: "authed",
      proof: "none",
      needs: { "params.hashes": "number" },
    },
    { means: "job", from: "server", type: "job", proof: "dialect", ...pushedJob },
    {
      means: "submit",
      from: "client",
      type: "submit",
      proof: "dialect",
      needs: { "params.job_id": "string|number", "params.nonce": "hex8", "params.result": "hex64" },
      takes: { jobId: "params.job_id", nonce: "params.nonce", result: "params.result" },
    },
    {
      means: "answer",
      from: "server",
      type: "hash_accepted",
      proof: "mining",
      needs: { "params.hashes": "number" },
    },
    { means: "message", from: "server", type: "error", proof: "none", needs: { "params.error": "string" } },
    {
      means: "message",
      from: "server",
      type: "banned",
      proof: "none",
      needs: { params: "object|absent|null" },
    },
  ],
};
