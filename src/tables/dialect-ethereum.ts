import { AUTHORIZE, EXTRANONCE, RECONNECT, SUBSCRIBE } from "./dialect-mining.ts";
import { type DialectRow, type MessageRow, STREAMS } from "./dialect-row.ts";

/** EIP-1571. Messages leave out "jsonrpc"; numbers are hex without a prefix. */
export const ETHEREUM_STRATUM_2: DialectRow = {
  id: "ethereum-stratum-2",
  title: "EthereumStratum/2.0.0",
  source: "EIP-1571",
  transports: STREAMS,
  coins: ["eth", "etc"],
  algorithm: "ethash",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "pow32" },
  messages: [
    {
      means: "subscribe",
      from: "client",
      method: "mining.hello",
      proof: "dialect",
      needs: { "params.proto": "=EthereumStratum/2.0.0" },
      takes: { agent: "params.agent", host: "params.host" },
    },
    {
      means: "message",
      from: "server",
      proof: "dialect",
      needs: { "result.proto": "=EthereumStratum/2.0.0" },
    },
    {
      means: "message",
      from: "client",
      method: "mining.subscribe",
      proof: "mining",
      needs: { "params.#": "0-0" },
    },
    {
      means: "difficulty",
      from: "server",
      method: "mining.set",
      proof: "dialect",
      needs: { "params.target": "hex|absent", "params.algo": "string|absent", "params.epoch": "hex|absent" },
      takes: { target: "params.target", algo: "params.algo" },
    },
    AUTHORIZE,
    {
      means: "message",
      from: "server",
      proof: "none",
      needs: { result: "string" },
      takes: { newOwner: "result" },
    },
    {
      means: "job",
      from: "server",
      method: "mining.notify",
      proof: "dialect",
      needs: {
        "params.#": "4-4",
        "params.0": "hex",
        "params.1": "hex1+",
        "params.2": "hex64",
        "params.3": "=0|=1",
      },
      takes: { jobId: "params.0", height: "params.1$" },
    },
    {
      means: "submit",
      from: "client",
      method: "mining.submit",
      proof: "dialect",
      needs: { "params.#": "3-3", "params.0": "hex", "params.1": "hex", "params.2": "string" },
      takes: { jobId: "params.0", nonce: "params.1", owner: "params.2" },
    },
    {
      means: "hashrate",
      from: "client",
      method: "mining.hashrate",
      proof: "mining",
      needs: { "params.0": "hex" },
      takes: { hashrate: "params.0$" },
    },
    { means: "keepalive", from: "client", method: "mining.noop", proof: "mining", needs: {} },
    { means: "keepalive", from: "server", method: "mining.noop", proof: "mining", needs: {} },
    { means: "message", from: "server", method: "mining.bye", proof: "mining", needs: {} },
    {
      means: "redirect",
      from: "server",
      method: "mining.reconnect",
      proof: "mining",
      needs: {},
      takes: { host: "params.host", port: "params.port" },
    },
  ],
};

const SUBMIT_MIX: MessageRow = {
  means: "submit",
  from: "client",
  method: "mining.submit",
  proof: "mining",
  needs: { "params.#": "5-5", "params.2": "?xhex16", "params.3": "?xhex64", "params.4": "?xhex64" },
  takes: { user: "params.0", jobId: "params.1", nonce: "params.2", result: "params.4" },
};

/** NiceHash's, and the older form without an extranonce whose jobs carry their target. */
export const ETHEREUM_STRATUM_1: DialectRow = {
  id: "ethereum-stratum-1",
  title: "EthereumStratum/1.0.0 (NiceHash)",
  source: "NiceHash EthereumStratum 1.0.0 specification; ethminer libpoolprotocols/stratum; captures",
  transports: STREAMS,
  coins: ["eth", "etc"],
  algorithm: "ethash",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "pow32" },
  messages: [
    {
      means: "subscribe",
      from: "client",
      method: "mining.subscribe",
      proof: "dialect",
      needs: { "params.1": "=EthereumStratum/1.0.0" },
      takes: { agent: "params.0" },
    },
    SUBSCRIBE,
    {
      means: "extranonce",
      from: "server",
      proof: "dialect",
      needs: { "result.0.2": "=EthereumStratum/1.0.0" },
    },
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
      means: "job",
      from: "server",
      method: "mining.notify",
      proof: "dialect",
      needs: { "params.#": "4-4", "params.1": "?xhex64", "params.2": "?xhex64", "params.3": "bool" },
      takes: { jobId: "params.0" },
    },
    {
      means: "job",
      from: "server",
      method: "mining.notify",
      proof: "dialect",
      needs: { "params.#": "4-5", "params.1": "?xhex64", "params.2": "?xhex64", "params.3": "?xhex64" },
      takes: { jobId: "params.0", target: "params.3" },
    },
    {
      means: "submit",
      from: "client",
      method: "mining.submit",
      proof: "dialect",
      needs: { "params.#": "3-3", "params.0": "string", "params.1": "string", "params.2": "hex8+" },
      takes: { user: "params.0", jobId: "params.1", nonce: "params.2" },
    },
    SUBMIT_MIX,
    ...EXTRANONCE,
    RECONNECT,
  ],
};

/** Ravencoin and other ProgPoW coins. */
export const KAWPOW: DialectRow = {
  id: "kawpow",
  title: "KawPoW stratum",
  source: "xmrig src/base/net/stratum/EthStratumClient; RavenCommunity/kawpowminer",
  transports: STREAMS,
  coins: ["rvn", "clore", "neox", "evr", "mewc"],
  algorithm: "kawpow",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "pow32" },
  messages: [
    SUBSCRIBE,
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
        "params.1": "?xhex64",
        "params.2": "?xhex64",
        "params.3": "?xhex64",
        "params.4": "bool",
        "params.5": "number",
        "params.6": "?xhex8",
      },
      takes: { jobId: "params.0", target: "params.3", height: "params.5", bits: "params.6" },
    },
    SUBMIT_MIX,
    ...EXTRANONCE,
    RECONNECT,
  ],
};

const WORK: MessageRow = {
  means: "job",
  from: "server",
  proof: "dialect",
  needs: { "result.0": "0xhex64", "result.1": "0xhex64", "result.2": "0xhex1+" },
  takes: { jobId: "result.0", target: "result.2", height: "result.3$" },
};

const SUBMIT_WORK: MessageRow = {
  means: "submit",
  from: "client",
  method: "eth_submitWork",
  proof: "dialect",
  needs: { "params.0": "0xhex", "params.1": "0xhex64", "params.2": "0xhex64" },
  takes: { nonce: "params.0", jobId: "params.1", result: "params.2", owner: "worker" },
};

const SUBMIT_HASHRATE: MessageRow = {
  means: "hashrate",
  from: "client",
  method: "eth_submitHashrate",
  proof: "mining",
  needs: { "params.0": "0xhex" },
  takes: { hashrate: "params.0$" },
};

/** A node's work calls over a bare socket. Jobs pushed by the pool carry id 0, whatever was asked. */
export const ETH_GETWORK: DialectRow = {
  id: "eth-getwork",
  title: "eth_submitLogin / eth_getWork over TCP",
  source: "eth-proxy and ethminer libpoolprotocols/stratum (ETHPROXY mode); captures",
  transports: STREAMS,
  coins: ["eth", "etc"],
  algorithm: "ethash",
  workUnit: "hashes",
  work: { target: "big-endian", difficulty: "pow32" },
  messages: [
    {
      means: "login",
      from: "client",
      method: "eth_submitLogin",
      proof: "dialect",
      needs: { "params.0": "string" },
      takes: { login: "params.0", pass: "params.1", worker: "worker", owner: "worker" },
    },
    {
      means: "login",
      from: "client",
      method: "eth_login",
      proof: "dialect",
      needs: { "params.0": "string" },
      takes: { login: "params.0", pass: "params.1", worker: "worker", owner: "worker" },
    },
    { means: "ask", from: "client", method: "eth_getWork", proof: "none", needs: {} },
    WORK,
    SUBMIT_WORK,
    SUBMIT_HASHRATE,
  ],
};

/** The same calls over HTTP, as to a node; a pool puts the wallet into the path. */
export const ETH_GETWORK_HTTP: DialectRow = {
  ...ETH_GETWORK,
  id: "eth-getwork-http",
  title: "eth_getWork over HTTP",
  source: "Ethereum JSON-RPC specification: eth_getWork, eth_submitWork, eth_submitHashrate; captures",
  transports: ["http"],
  messages: [
    { means: "ask", from: "client", method: "eth_getWork", proof: "none", needs: {} },
    WORK,
    SUBMIT_WORK,
    SUBMIT_HASHRATE,
  ],
};
