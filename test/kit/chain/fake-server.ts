import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeAnswer {
  readonly status?: number;
  readonly body: string | Uint8Array;
}

/** What a server does instead of answering; `count` is the number of the question, from 1; false: it answers
 *  as it should. */
export type Misdeed = (response: ServerResponse, count: number, answer: FakeAnswer) => boolean;

/** Ways in which servers fail. */
export const MISDEEDS = {
  none: () => false,
  silent: () => true,
  /** The first bytes, and then nothing. */
  stalls: (response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("{");
    return true;
  },
  /** A byte now and then, for ever. */
  trickles: (response) => {
    const drip = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(drip));
    return true;
  },
  html: (response) => {
    response.writeHead(200).end("<html>\u001b[2J<body>Just a moment…</body></html>");
    return true;
  },
  cut: (response, _, { body }) => {
    response.writeHead(200, { "content-length": String(body.length + 10) });
    response.write(body, () => response.destroy());
    return true;
  },
  huge: (response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(1 << 16, 32)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
    return true;
  },
  unauthorised: (response) => {
    response.writeHead(401).end();
    return true;
  },
} satisfies Record<string, Misdeed>;

export function sendsTo(location: string): Misdeed {
  return (response) => {
    response.writeHead(302, { location }).end();
    return true;
  };
}

/** Too busy for the first `times` questions. */
export function busy(times: number, status: number, retryAfter: string | null = null): Misdeed {
  return (response, count) => {
    if (count > times) return false;
    response
      .writeHead(status, retryAfter === null ? {} : { "retry-after": retryAfter })
      .end("Too Many Requests");
    return true;
  };
}

/** Closes every connection from one question on. */
export function diesAfter(questions: number): Misdeed {
  return (response, count) => {
    if (count <= questions) return false;
    response.destroy();
    return true;
  };
}

/** Answers one path with something else. */
export function answersInstead(pattern: RegExp, body: unknown): Misdeed {
  return (response) => {
    if (!pattern.test(response.req.url ?? "")) return false;
    response.writeHead(200).end(typeof body === "string" ? body : JSON.stringify(body));
    return true;
  };
}

export interface FakeServer {
  readonly url: string;
  /** Paths or calls that it was asked for, in order. */
  readonly asked: string[];
  /** Headers of the last question. */
  headers: Readonly<Record<string, unknown>>;
  misdeed: Misdeed;
  close(): Promise<void>;
}

/** A server on this machine that answers as it is told, and misbehaves as it is told. */
export async function fakeServer(
  answer: (path: string, body: string) => FakeAnswer | null,
  named: (path: string, body: string) => string = (path) => path,
): Promise<FakeServer> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const [path, body] = [request.url ?? "", Buffer.concat(parts).toString("utf8")];
      fake.asked.push(named(path, body));
      fake.headers = request.headers;
      const given = answer(path, body) ?? { status: 404, body: "not found" };
      if (fake.misdeed(response, fake.asked.length, given)) return;
      response.writeHead(given.status ?? 200).end(given.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeServer = {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    asked: [],
    headers: {},
    misdeed: MISDEEDS.none,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new RangeError("the server does not listen");
  return address.port;
}
