import type { HttpContext } from "./wire.ts";

/** The start line and those headers of an HTTP/1 message that mining over HTTP needs.
 *  Values as sent, trimmed. */
export interface HttpHead {
  /** For requests; null for responses. */
  readonly request: HttpContext | null;
  /** For responses; null for requests. */
  readonly status: number | null;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  /** null: not said; NaN: said in a way that cannot be. */
  readonly contentLength: number | null;
  readonly chunked: boolean;
  /** Lower case: "websocket". */
  readonly upgrade: string | null;
  /** Sec-WebSocket-Extensions. */
  readonly webSocketExtensions: string | null;
}

const REQUEST_LINE = /^([!-~]{1,32}) ([!-~]{1,8192}) HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |$)/;
const DIGITS = /^\d{1,15}$/;

/** Parses a head, from its first line to the line before the blank one.
 *
 *  Errors: null when the first line is neither a request line nor a status line.
 *  Source: RFC 9112 § 2 to § 6. A bare LF ends a line as CRLF does (§ 2.2); of a repeated header the
 *  first counts.
 */
export function parseHead(text: string): HttpHead | null {
  const [first = "", ...lines] = text.split(/\r?\n/);
  const request = REQUEST_LINE.exec(first);
  const status = request === null ? STATUS_LINE.exec(first) : null;
  if (request === null && status === null) return null;
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name !== "" && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  const header = (name: string) => headers.get(name) ?? null;
  const length = header("content-length");
  return {
    request: request === null ? null : contextOf(request, header),
    status: status === null ? null : Number(status[1]),
    contentType: header("content-type"),
    contentEncoding: header("content-encoding"),
    contentLength: length === null ? null : DIGITS.test(length) ? Number(length) : Number.NaN,
    chunked: /(?:^|,)\s*chunked\s*$/i.test(header("transfer-encoding") ?? ""),
    upgrade: header("upgrade")?.toLowerCase() ?? null,
    webSocketExtensions: header("sec-websocket-extensions"),
  };
}

function contextOf(line: RegExpExecArray, header: (name: string) => string | null): HttpContext {
  return {
    method: line[1] ?? "",
    target: own(line[2] ?? ""),
    host: own(header("host")),
    authorization: own(header("authorization")),
    userAgent: own(header("user-agent")),
    miningExtensions: own(header("x-mining-extensions")),
  };
}

/** A copy: contexts and logins outlive the head, of up to 64 KiB, whose slice a header's value is. */
function own<T extends string | null>(text: T): T {
  // cast: a text stays a text, and null null.
  return (text === null ? null : Buffer.from(text, "latin1").toString("latin1")) as T;
}
