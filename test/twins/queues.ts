import { type Dialogue, HASH } from "./dialogues.ts";

/** A render farm's queue: login, job and submit, job ids, results and a status of OK. */
export const JOB_QUEUE: Dialogue = [
  [
    "client",
    {
      id: 1,
      jsonrpc: "2.0",
      method: "login",
      params: { login: "node-7.example.com", pass: "x", agent: "renderd/2.3 (Linux x86_64)" },
    },
  ],
  ["server", { id: 1, jsonrpc: "2.0", result: { id: "77", status: "OK", queue: "frames" }, error: null }],
  ...[1, 2, 3, 4].flatMap(
    (number) =>
      [
        [
          "server",
          {
            jsonrpc: "2.0",
            method: "job",
            params: { job_id: `frame-${number}`, scene: "garden", samples: 128, target: "frame.exr" },
          },
        ],
        [
          "client",
          {
            id: 1 + number,
            jsonrpc: "2.0",
            method: "submit",
            params: { id: "77", job_id: `frame-${number}`, result: HASH },
          },
        ],
        ["server", { id: 1 + number, jsonrpc: "2.0", error: null, result: { status: "OK" } }],
      ] as const,
  ),
  ["client", { id: 9, jsonrpc: "2.0", method: "ping", params: { id: "77" } }],
  ["server", { id: 9, jsonrpc: "2.0", error: null, result: { status: "PONG" } }],
];

/** The same queue with positional parameters and words of Bitcoin's pools. */
export const WORKER_QUEUE: Dialogue = [
  ["client", { id: 1, method: "worker.subscribe", params: ["worker/1.0", "queue-a"] }],
  ["server", { id: 1, result: [["worker.notify", "ae68"], "f000000f", 4], error: null }],
  ["client", { id: 2, method: "worker.authorize", params: ["farm.node7", "x"] }],
  ["server", { id: 2, result: true, error: null }],
  ["server", { id: null, method: "worker.notify", params: ["17", "resize", true] }],
  ["client", { id: 3, method: "worker.submit", params: ["farm.node7", "17", "done", "00000001"] }],
  ["server", { id: 3, result: true, error: null }],
];
