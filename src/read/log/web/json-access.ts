/** Access logs as JSON: nginx and Apache with a log_format of the administrator's, Caddy, Traefik.
 *
 *  There is no standard: the first field of each list below that is there is taken. Caddy nests the request.
 *  Source: Caddy "log" directive, Traefik "Access Logs" fields, nginx variables as names.
 */
import { boundedMicros, parseIso } from "../../../bytes/time.ts";
import { eachJson, firstObjects, type JsonObject, Span, textOf, valueAt, wholeOf } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { factAt } from "../../text.ts";
import { dateMicros, type Parsed, requestLine } from "./access-log.ts";
import { finishWebRequests, webRequests } from "./requests.ts";

const NAMES = {
  client: [
    ["remote_addr"],
    ["remote_ip"],
    ["client_ip"],
    ["clientip"],
    ["ClientHost"],
    ["request", "remote_ip"],
  ],
  method: [["request_method"], ["method"], ["RequestMethod"], ["request", "method"]],
  target: [["request_uri"], ["uri"], ["RequestPath"], ["request", "uri"], ["path"], ["url"]],
  line: [["request"]],
  status: [["status"], ["DownstreamStatus"], ["status_code"]],
  agent: [["http_user_agent"], ["user_agent"], ["agent"], ["request_User-Agent"]],
  referrer: [["http_referer"], ["referer"], ["referrer"], ["request_Referer"]],
  rest: [["request_body"], ["body"], ["http_x_forwarded_for"]],
  time: [["time_iso8601"], ["@timestamp"], ["timestamp"], ["StartUTC"], ["time_local"], ["time"]],
  seconds: [["ts"], ["msec"]],
} as const;

export const jsonAccess: Reader = {
  id: "json-access",
  title: "web access log (JSON)",
  sniff: (head) => firstObjects(head).some((one) => requestOf(one) !== null),
  firstMicros: () => null,
  read,
  finish: finishWebRequests,
};

function first(value: JsonObject, name: keyof typeof NAMES): string | null {
  for (const path of NAMES[name]) {
    const text = textOf(valueAt(value, ...path));
    if (text !== null) return text;
  }
  return null;
}

/** Caddy has a list of values for each header. */
function header(value: JsonObject, name: string): string | null {
  const values = valueAt(value, "request", "headers", name);
  return Array.isArray(values) ? textOf(values[0]) : null;
}

function requestOf(value: JsonObject): Parsed | null {
  const client = first(value, "client");
  const line = first(value, "line");
  const target = first(value, "target");
  const status = wholeOf(first(value, "status"));
  if (client === null || status === null || (target === null && line === null)) return null;
  const asked = target === null ? requestLine(line ?? "") : { method: first(value, "method"), target };
  return {
    client,
    ...asked,
    status,
    agent: first(value, "agent") ?? header(value, "User-Agent"),
    referrer: first(value, "referrer") ?? header(value, "Referer"),
    rest: first(value, "rest") ?? "",
    atMicros: timeOf(value),
  };
}

function timeOf(value: JsonObject): number | null {
  const seconds = Number(first(value, "seconds") ?? Number.NaN);
  // A number outside of these is in another unit.
  if (seconds > 1e9 && seconds < 1e10) return boundedMicros(Math.round(seconds * 1e6));
  const text = first(value, "time");
  return text === null ? null : (parseIso(text) ?? dateMicros(text));
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const requests = webRequests(desk);
  const span = new Span();
  await eachJson(source, desk, (piece) => {
    const request = requestOf(piece.value);
    if (request === null) return;
    span.note(request.atMicros);
    requests.take(request, factAt(source, piece, { atMicros: request.atMicros }), desk);
  });
  return span.summary();
}
