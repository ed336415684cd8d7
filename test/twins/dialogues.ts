/** What JSON-RPC that is not mining says: [who, message] in order. Shapes follow each protocol's own
 *  documentation; the job queue and the telephone log in and submit with the very words of a mining pool.
 */
export type Dialogue = readonly (readonly ["client" | "server", Readonly<Record<string, unknown>>])[];

export const HASH = "000000000000000000024bead8df69990852c202db0e0097c1a12ea637d7e96d";
const ADDRESS = "0x00000000219ab540356cbb839cbe05303d7705fa";

/** Electrum protocol 1.4: newline-delimited over TCP. */
export const ELECTRUM: Dialogue = [
  ["client", { id: 0, method: "server.version", params: ["electrum/4.1.5", "1.4"] }],
  ["server", { id: 0, jsonrpc: "2.0", result: ["ElectrumX 1.16.0", "1.4"] }],
  ["client", { id: 1, method: "blockchain.headers.subscribe", params: [] }],
  ["server", { id: 1, jsonrpc: "2.0", result: { height: 700_000, hex: "04".repeat(80) } }],
  ["client", { id: 2, method: "blockchain.scripthash.subscribe", params: [HASH] }],
  ["server", { id: 2, jsonrpc: "2.0", result: null }],
  [
    "server",
    {
      jsonrpc: "2.0",
      method: "blockchain.headers.subscribe",
      params: [{ height: 700_001, hex: "04".repeat(80) }],
    },
  ],
  ["client", { id: 3, method: "blockchain.transaction.broadcast", params: ["0200".repeat(60)] }],
  ["server", { id: 3, jsonrpc: "2.0", result: HASH }],
  ["client", { id: 4, method: "mempool.get_fee_histogram", params: [] }],
  [
    "server",
    {
      id: 4,
      jsonrpc: "2.0",
      result: [
        [12, 128_812],
        [4, 92_524],
      ],
    },
  ],
];

/** bitcoind: JSON-RPC 1.0 over HTTP; someone watches the network's mining and does none. */
export const BITCOIND: Dialogue = [
  ["client", { jsonrpc: "1.0", id: "curl", method: "getblockchaininfo", params: [] }],
  [
    "server",
    {
      result: { chain: "main", blocks: 700_000, bestblockhash: HASH, difficulty: 18_415_156_832_118 },
      error: null,
      id: "curl",
    },
  ],
  ["client", { jsonrpc: "1.0", id: "curl", method: "getmininginfo", params: [] }],
  [
    "server",
    {
      result: { blocks: 700_000, networkhashps: 1.3e20, pooledtx: 3_414, chain: "main" },
      error: null,
      id: "curl",
    },
  ],
  ["client", { jsonrpc: "1.0", id: "curl", method: "getblockheader", params: [HASH] }],
  [
    "server",
    {
      result: { hash: HASH, nonce: 2_881_644_503, bits: "170f48e4", height: 700_000 },
      error: null,
      id: "curl",
    },
  ],
  ["client", { jsonrpc: "1.0", id: "curl", method: "sendrawtransaction", params: ["0200".repeat(60)] }],
  ["server", { result: null, error: { code: -26, message: "txn-mempool-conflict" }, id: "curl" }],
];

/** geth: a wallet's questions. */
export const GETH: Dialogue = [
  ["client", { jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] }],
  ["server", { jsonrpc: "2.0", id: 1, result: "0xbc614e" }],
  ["client", { jsonrpc: "2.0", id: 2, method: "eth_getBlockByNumber", params: ["latest", false] }],
  [
    "server",
    {
      jsonrpc: "2.0",
      id: 2,
      result: {
        number: "0xbc614e",
        nonce: "0x07a05fa4133e5126",
        difficulty: "0x1bc16d674ec80000",
        miner: ADDRESS,
      },
    },
  ],
  ["client", { jsonrpc: "2.0", id: 3, method: "eth_hashrate", params: [] }],
  ["server", { jsonrpc: "2.0", id: 3, result: "0x0" }],
  ["client", { jsonrpc: "2.0", id: 4, method: "eth_mining", params: [] }],
  ["server", { jsonrpc: "2.0", id: 4, result: false }],
  [
    "client",
    {
      jsonrpc: "2.0",
      id: 5,
      method: "eth_call",
      params: [{ to: ADDRESS, data: `0x70a08231${"0".repeat(64)}` }, "latest"],
    },
  ],
  ["server", { jsonrpc: "2.0", id: 5, result: `0x${"0".repeat(64)}` }],
];

/** geth over WebSocket: a subscription to new heads. */
export const GETH_HEADS: Dialogue = [
  ["client", { jsonrpc: "2.0", id: 1, method: "eth_subscribe", params: ["newHeads"] }],
  ["server", { jsonrpc: "2.0", id: 1, result: "0x9cef478923ff08bf67fde6c64013158d" }],
  ...[1, 2, 3].map(
    (number) =>
      [
        "server",
        {
          jsonrpc: "2.0",
          method: "eth_subscription",
          params: {
            subscription: "0x9cef478923ff08bf67fde6c64013158d",
            result: {
              number: `0xbc614${number}`,
              nonce: "0x07a05fa4133e5126",
              mixHash: `0x${HASH}`,
              miner: ADDRESS,
            },
          },
        },
      ] as const,
  ),
];

/** Language Server Protocol 3.17. */
export const LANGUAGE_SERVER: Dialogue = [
  [
    "client",
    {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: 1, rootUri: "file:///home/u/p", capabilities: {} },
    },
  ],
  ["server", { jsonrpc: "2.0", id: 1, result: { capabilities: { hoverProvider: true } } }],
  ["client", { jsonrpc: "2.0", method: "initialized", params: {} }],
  [
    "client",
    {
      jsonrpc: "2.0",
      id: 2,
      method: "textDocument/hover",
      params: { textDocument: { uri: "file:///home/u/p/a.ts" }, position: { line: 1, character: 2 } },
    },
  ],
  ["server", { jsonrpc: "2.0", id: 2, result: { contents: "const job: Job" } }],
  [
    "server",
    {
      jsonrpc: "2.0",
      method: "textDocument/publishDiagnostics",
      params: { uri: "file:///home/u/p/a.ts", diagnostics: [] },
    },
  ],
  ["client", { jsonrpc: "2.0", id: 3, method: "shutdown", params: null }],
  ["server", { jsonrpc: "2.0", id: 3, result: null }],
];

/** Model Context Protocol, with tools that are called like a pool's methods. */
export const MODEL_CONTEXT: Dialogue = [
  [
    "client",
    {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-03-26",
        capabilities: {},
        clientInfo: { name: "assistant", version: "1.0" },
      },
    },
  ],
  [
    "server",
    {
      jsonrpc: "2.0",
      id: 1,
      result: {
        protocolVersion: "2025-03-26",
        capabilities: { tools: {} },
        serverInfo: { name: "jobs", version: "2.1" },
      },
    },
  ],
  ["client", { jsonrpc: "2.0", id: 2, method: "tools/list" }],
  [
    "server",
    {
      jsonrpc: "2.0",
      id: 2,
      result: {
        tools: [
          {
            name: "submit",
            inputSchema: {
              type: "object",
              properties: { job_id: { type: "string" }, nonce: { type: "string" } },
            },
          },
        ],
      },
    },
  ],
  [
    "client",
    {
      jsonrpc: "2.0",
      id: 3,
      method: "tools/call",
      params: { name: "submit", arguments: { job_id: "17", nonce: "a1b2c3d4" } },
    },
  ],
  ["server", { jsonrpc: "2.0", id: 3, result: { content: [{ type: "text", text: "accepted" }] } }],
];

/** Verto, FreeSWITCH's telephone over WebSocket: its first word is `login`. */
export const VERTO: Dialogue = [
  [
    "client",
    {
      jsonrpc: "2.0",
      method: "login",
      params: {
        login: "1008@pbx.example.com",
        passwd: "x",
        loginParams: {},
        userVariables: {},
        sessid: "9a5c32c4-f2a4-4bb3-9f5d-3e8a6c1b2d0e",
      },
      id: 1,
    },
  ],
  [
    "server",
    {
      jsonrpc: "2.0",
      id: 1,
      result: { message: "logged in", sessid: "9a5c32c4-f2a4-4bb3-9f5d-3e8a6c1b2d0e" },
    },
  ],
  ["server", { jsonrpc: "2.0", id: 900, method: "verto.clientReady", params: { reattached_sessions: [] } }],
  [
    "client",
    {
      jsonrpc: "2.0",
      method: "verto.invite",
      params: { sdp: "v=0\r\n", dialogParams: { destination_number: "3520", callID: "a" } },
      id: 2,
    },
  ],
  ["server", { jsonrpc: "2.0", id: 2, result: { message: "CALL CREATED", callID: "a" } }],
];
