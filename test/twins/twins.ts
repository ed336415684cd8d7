import { type Line, packets, pcap, random } from "../kit/capture.ts";
import { textFrame, upgrade } from "../kit/websocket.ts";
import {
  BITCOIND,
  type Dialogue,
  ELECTRUM,
  GETH,
  GETH_HEADS,
  LANGUAGE_SERVER,
  MODEL_CONTEXT,
  VERTO,
} from "./dialogues.ts";
import { JOB_QUEUE, WORKER_QUEUE } from "./queues.ts";

/** A capture that resembles mining and is none. */
export interface Twin {
  readonly id: string;
  readonly port: number;
  readonly lines: readonly Line[];
}

type Framing = (dialogue: Dialogue) => Line[];

const spoken = (dialogue: Dialogue, says: (message: string, from: Line["from"]) => Line["says"]): Line[] =>
  dialogue.map(([from, message], index) => ({
    from,
    at: 0.1 + index / 4,
    says: says(JSON.stringify(message), from),
  }));

const newline: Framing = (dialogue) => spoken(dialogue, (message) => `${message}\n`);

const contentLength: Framing = (dialogue) =>
  spoken(dialogue, (message) => `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);

const webSocket: Framing = (dialogue) => {
  const mask = random(7);
  const [asks, says] = upgrade("rpc.example.com", "/ws");
  return [
    { from: "client", at: 0.03, says: asks },
    { from: "server", at: 0.06, says },
    ...spoken(dialogue, (message, from) => textFrame(message, from === "client" ? mask : null)),
  ];
};

function overHttp(path: string, headers: readonly string[]): Framing {
  const head = (start: string, more: readonly string[], body: string): string => {
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    return [start, ...more, "Content-Type: application/json", length, "", body].join("\r\n");
  };
  return (dialogue) =>
    spoken(dialogue, (message, from) =>
      from === "client"
        ? head(`POST ${path} HTTP/1.1`, ["Host: rpc.example.com", ...headers], message)
        : head("HTTP/1.1 200 OK", ["Connection: keep-alive"], message),
    );
}

const basic = overHttp("/", [
  `Authorization: Basic ${Buffer.from("rpcuser:rpcpassword").toString("base64")}`,
  "User-Agent: curl/7.68.0",
]);

const TWINS_OF: readonly (readonly [id: string, port: number, framing: Framing, dialogue: Dialogue])[] = [
  ["electrum", 50_001, newline, ELECTRUM],
  ["bitcoind-rpc", 8332, basic, BITCOIND],
  ["geth-http", 8545, overHttp("/", []), GETH],
  ["geth-websocket", 8546, webSocket, GETH_HEADS],
  ["geth-newline", 8545, newline, GETH],
  ["language-server", 6009, contentLength, LANGUAGE_SERVER],
  ["mcp-http", 8080, overHttp("/mcp", ["Accept: application/json, text/event-stream"]), MODEL_CONTEXT],
  ["mcp-newline", 6274, newline, MODEL_CONTEXT],
  ["verto", 8081, webSocket, VERTO],
  ["job-queue", 3333, newline, JOB_QUEUE],
  ["job-queue-http", 8080, overHttp("/queue", []), JOB_QUEUE],
  ["job-queue-websocket", 8080, webSocket, JOB_QUEUE],
  ["worker-queue", 3333, newline, WORKER_QUEUE],
];

export const TWINS: readonly Twin[] = TWINS_OF.map(([id, port, framing, dialogue]) => ({
  id,
  port,
  lines: framing(dialogue),
}));

export function twinPcap(twin: Pick<Twin, "port" | "lines">, maxSegment = 1460): Uint8Array {
  return pcap(
    packets({
      client: { ip: "192.0.2.10", port: 40_001 },
      server: { ip: "198.51.100.20", port: twin.port },
      startMicros: Date.parse("2021-09-11T00:00:00Z") * 1000,
      lines: twin.lines,
      maxSegment,
    }),
  );
}

/** Real mining in the same framings, so that silence about the twins means something. */
export function framed(framing: "newline" | "websocket", dialogue: Dialogue): Line[] {
  return framing === "newline" ? newline(dialogue) : webSocket(dialogue);
}
