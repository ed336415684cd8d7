import { type DialectRow, type MessageRow, STREAMS } from "./dialect-row.ts";

/** Messages that every dialect of the mining.* family has. */
export const AUTHORIZE: MessageRow = {
  means: "login",
  from: "client",
  method: "mining.authorize",
  proof: "mining",
  needs: { "params.0": "string" },
  takes: { login: "params.0", pass: "params.1", user: "params.0" },
};

export const EXTRANONCE: readonly MessageRow[] = [
  { means: "message", from: "client", method: "mining.extranonce.subscribe", proof: "mining", needs: {} },
  {
    means: "extranonce",
    from: "server",
    method: "mining.set_extranonce",
    proof: "mining",
    needs: { "params.0": "hex" },
  },
];

export const RECONNECT: MessageRow = {
  means: "redirect",
  from: "server",
  method: "client.reconnect",
  proof: "none",
  needs: { params: "array|absent|null" },
  takes: { host: "params.0", port: "params.1" },
};

export const SUBSCRIBE: MessageRow = {
  means: "subscribe",
  from: "client",
  method: "mining.subscribe",
  proof: "mining",
  needs: { params: "array" },
  takes: { agent: "params.0", host: "params.2" },
};

/** Equihash coins. Targets instead of difficulties; a share is a solution of 1,344 bytes. */
export const ZCASH: DialectRow = {
  id: "zcash",
  title: "Zcash stratum",
  source: "ZIP 301; captures",
  transports: STREAMS,
  coins: ["zec", "zen", "zcl"],
  algorithm: "equihash/200,9",
  workUnit: "solutions",
  work: { target: "big-endian", difficulty: "pow32" },
  messages: [
    SUBSCRIBE,
    { means: "extranonce", from: "server", proof: "none", needs: { "result.#": "2-2", "result.1": "hex4+" } },
    AUTHORIZE,
    {
      means: "difficulty",
      from: "server",
      method: "mining.set_target",
      proof: "mining",
      needs: { "params.0": "hex64" },
      takes: { target: "params.0" },
    },
    {
      means: "job",
      from: "server",
      method: "mining.notify",
      proof: "dialect",
      needs: {
        "params.1": "hex8",
        "params.2": "hex64",
        "params.3": "hex64",
        "params.4": "hex64",
        "params.6": "hex8",
      },
      takes: { jobId: "params.0", time: "params.5" },
    },
    {
      means: "submit",
      from: "client",
      method: "mining.submit",
      proof: "dialect",
      needs: { "params.#": "5-5", "params.2": "hex8", "params.3": "hex", "params.4": "hex100+" },
      takes: { user: "params.0", jobId: "params.1", nonce: "params.2 params.3" },
    },
    ...EXTRANONCE,
    { means: "message", from: "client", method: "mining.suggest_target", proof: "mining", needs: {} },
    RECONNECT,
  ],
};

const OTHER_CALLS: readonly MessageRow[] = [
  "mining.configure",
  "mining.suggest_difficulty",
  "mining.suggest_target",
  "mining.get_transactions",
  "mining.multi_version",
  "mining.capabilities",
].map((method) => ({ means: "message", from: "client", method, proof: "mining", needs: {} }));

const SERVER_CALLS: readonly MessageRow[] = [
  "client.show_message",
  "client.get_version",
  "mining.ping",
  "mining.pong",
  "mining.set_version_mask",
].map((method) => ({ means: "message", from: "server", method, proof: "none", needs: {} }));

/** Bitcoin's, and the catch-all of the mining.* family:
 *  what only shared messages were seen of is called this. */
export const STRATUM_V1: DialectRow = {
  id: "stratum-v1",
  title: "Stratum V1 (Bitcoin)",
  source: "Slush Pool stratum documentation 2012; BIP 310; Bitcoin wiki, Stratum mining protocol; captures",
  transports: STREAMS,
  coins: ["btc", "bch", "ltc", "doge", "dash", "dgb", "rtm"],
  algorithm: "sha256d",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "difficulty1" },
  messages: [
    SUBSCRIBE,
    { means: "extranonce", from: "server", proof: "none", needs: { "result.1": "hex", "result.2": "0-32" } },
    AUTHORIZE,
    {
      means: "difficulty",
      from: "server",
      method: "mining.set_difficulty",
      proof: "mining",
      needs: { "params.0": "number" },
      takes: { difficulty: "params.0" },
    },
    {
      means: "difficulty",
      from: "server",
      method: "mining.set_target",
      proof: "mining",
      needs: { "params.0": "hex64" },
      takes: { target: "params.0" },
    },
    {
      means: "job",
      from: "server",
      method: "mining.notify",
      proof: "dialect",
      needs: {
        "params.1": "hex64",
        "params.2": "hex",
        "params.3": "hex",
        "params.4": "array",
        "params.5": "hex8",
        "params.6": "hex8",
        "params.7": "hex8",
      },
      takes: { jobId: "params.0", coinbase: "params.2", bits: "params.6", time: "params.7$" },
    },
    {
      // Extranonce, time and nonce together: the nonce alone recurs under another extranonce.
      means: "submit",
      from: "client",
      method: "mining.submit",
      proof: "dialect",
      needs: {
        "params.#": "5-6",
        "params.0": "string",
        "params.2": "hex",
        "params.3": "hex8",
        "params.4": "hex8",
      },
      takes: { user: "params.0", jobId: "params.1", nonce: "params.2 params.3 params.4 params.5" },
    },
    ...EXTRANONCE,
    ...OTHER_CALLS,
    ...SERVER_CALLS,
    RECONNECT,
  ],
};

/** A Bitcoin node asked for blocks to solve (BIP 22, BIP 23).
 *  A share is a block: the node answers null to a good one. */
export const GETBLOCKTEMPLATE: DialectRow = {
  id: "getblocktemplate",
  title: "getblocktemplate / submitblock",
  source: "BIP 22, BIP 23",
  transports: ["http", "tcp"],
  coins: ["btc", "bch", "ltc"],
  algorithm: "sha256d",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "difficulty1" },
  messages: [
    ...["capabilities", "rules"].map(
      (name): MessageRow => ({
        means: "ask",
        from: "client",
        method: "getblocktemplate",
        proof: "dialect",
        needs: { [`params.0.${name}`]: "array" },
      }),
    ),
    {
      means: "ask",
      from: "client",
      method: "getblocktemplate",
      proof: "none",
      needs: { params: "array|absent|null" },
    },
    {
      means: "job",
      from: "server",
      proof: "dialect",
      needs: { "result.previousblockhash": "hex64", "result.target": "hex64", "result.bits": "hex8" },
      takes: {
        jobId: "result.previousblockhash",
        target: "result.target",
        height: "result.height",
        bits: "result.bits",
      },
    },
    {
      means: "submit",
      from: "client",
      method: "submitblock",
      proof: "mining",
      needs: { "params.0": "hex170+" },
      takes: { jobId: "params.0[8:72]~", nonce: "params.0[136:144] params.0[152:160]" },
      yes: "null",
    },
  ],
};

/** The first mining protocol: a header to hash, asked for and handed back.
 *  Its nonce stands in the data itself. */
export const GETWORK: DialectRow = {
  id: "getwork",
  title: "getwork",
  source: "Bitcoin wiki, getwork",
  transports: ["http", "tcp"],
  coins: ["btc", "ltc"],
  algorithm: "sha256d",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "difficulty1" },
  messages: [
    {
      means: "submit",
      from: "client",
      method: "getwork",
      proof: "dialect",
      needs: { "params.0": "hex160+" },
      takes: { jobId: "params.0[8:136]", nonce: "params.0[136:144] params.0[152:160]" },
    },
    {
      means: "ask",
      from: "client",
      method: "getwork",
      proof: "dialect",
      needs: { "http.miningExtensions": "string" },
    },
    {
      means: "ask",
      from: "client",
      method: "getwork",
      proof: "none",
      needs: { params: "array|absent|null" },
    },
    {
      means: "job",
      from: "server",
      proof: "dialect",
      needs: { "result.data": "hex256", "result.target": "hex64" },
      takes: { jobId: "result.data[8:136]", target: "result.target~" },
    },
  ],
};

/** Encrypted: told by the sizes of its handshake, by another reader; nothing of it is decoded. */
export const STRATUM_V2: DialectRow = {
  id: "stratum-v2",
  title: "Stratum V2",
  source: "stratum-mining/sv2-spec, chapter 4 (Noise handshake)",
  transports: ["tcp"],
  coins: ["btc"],
  algorithm: "sha256d",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "difficulty1" },
  messages: [],
};
