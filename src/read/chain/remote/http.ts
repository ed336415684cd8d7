// The one file that opens connections, and only to a server that the user named.

import { Agent, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { Endpoint } from "./endpoint.ts";

export interface Question {
  /** Behind the path of the server's URL, with a slash first; "" is the URL itself. */
  readonly path: string;
  /** JSON that is posted; null: the path is fetched. */
  readonly body: string | null;
  readonly signal: AbortSignal | null;
}

/** What the server answered; that it is not what was asked for is for others to say. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly location: string | null;
  readonly body: Buffer;
}

/** No answer, or not all of it. `code` is the system's, or one of `LIMIT_CODES`. */
export class NoAnswer extends Error {
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

export interface WireLimits {
  /** Longest silence, and longest time for the whole of an answer. */
  readonly silenceMillis: number;
  readonly answerMillis: number;
  readonly mostBytes: number;
}

export interface Wire {
  ask(question: Question): Promise<Answer>;
  close(): void;
}

/** Connections that are open to a server at the same time. */
const MOST_CONNECTIONS = 4;

/** Opens a way to a server; connections are made when something is asked, and kept for the next question.
 *
 *  Shape: requests carry the host, the credentials that the user gave, and nothing else of this machine.
 *  Redirects are not followed and proxies of the environment not used.
 *  Errors: `ask` rejects with `NoAnswer`, or with the reason of an aborted signal.
 */
export function openWire(endpoint: Endpoint, limits: WireLimits): Wire {
  const options = { keepAlive: true, maxSockets: MOST_CONNECTIONS };
  const agent = endpoint.url.protocol === "https:" ? new SecureAgent(options) : new Agent(options);
  return {
    ask: (question) => ask(question, endpoint, { agent, limits }),
    close: () => agent.destroy(),
  };
}

interface Means {
  readonly agent: Agent;
  readonly limits: WireLimits;
}

function ask({ path, body, signal }: Question, { url, authorisation }: Endpoint, { agent, limits }: Means) {
  const headers: Record<string, string> = { "user-agent": "paydirt", accept: "*/*" };
  if (authorisation !== null) headers["authorization"] = authorisation;
  if (body !== null) {
    headers["content-type"] = "application/json";
    headers["content-length"] = String(Buffer.byteLength(body));
  }
  const request = url.protocol === "https:" ? secureRequest : plainRequest;
  const target = `${url.href.replace(/\/$/, "")}${path}`;
  return new Promise<Answer>((resolve, reject) => {
    const method = body === null ? "GET" : "POST";
    const asked = request(target, { agent, headers, method, timeout: limits.silenceMillis });
    const stop = (reason: unknown): void => {
      clearTimeout(whole);
      signal?.removeEventListener("abort", abort);
      asked.destroy();
      reject(reason);
    };
    const abort = (): void => stop(signal?.reason);
    const whole = setTimeout(() => stop(new NoAnswer("slow")), limits.answerMillis);
    signal?.addEventListener("abort", abort, { once: true });
    asked.on("timeout", () => stop(new NoAnswer("silent")));
    asked.on("error", (error) => stop(new NoAnswer(codeOf(error), error)));
    asked.on("response", (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        bytes += part.length;
        if (bytes > limits.mostBytes) stop(new NoAnswer("huge"));
        else parts.push(part);
      });
      response.on("error", (error) => stop(new NoAnswer("cut", error)));
      response.on("end", () => {
        clearTimeout(whole);
        signal?.removeEventListener("abort", abort);
        if (!response.complete) return reject(new NoAnswer("cut"));
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers["retry-after"] ?? null,
          location: response.headers.location ?? null,
          body: Buffer.concat(parts, bytes),
        });
      });
    });
    asked.end(body ?? undefined);
    if (signal?.aborted === true) abort();
  });
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
