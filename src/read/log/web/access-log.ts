/** Access logs of web servers, a request a line.
 *
 *  common    [VHOST[:PORT] ]CLIENT IDENT USER [13/Jan/2016:19:31:16 +0000] "REQUEST" STATUS BYTES
 *            where REQUEST is METHOD TARGET PROTOCOL
 *  combined  the same, and "REFERRER" "AGENT", and whatever the administrator added
 *  AWS load balancers  [TYPE ]TIME NAME CLIENT:PORT TARGET:PORT … STATUS … "METHOD URL PROTOCOL" "AGENT" …
 *
 *  Only requests of `tables/web-exploits.ts` are records; every other line is looked at once, for a mark.
 *  Source: Apache mod_log_config, nginx ngx_http_log_module, AWS "Access logs for your Application Load
 *  Balancer" and "… Classic Load Balancer"; samples of plaso.
 */
import { parseIso } from "../../../bytes/time.ts";
import { Span } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt, linePlace, type TextLine } from "../../text.ts";
import type { LoggedRequest } from "./exploits.ts";
import { mayBeExploit } from "./marks.ts";
import { finishWebRequests, webRequests } from "./requests.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** In quotes, with escaped ones inside. */
const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;
/** Up to the size of the answer; what follows differs. */
function commonLine(request: string): RegExp {
  return new RegExp(
    [
      String.raw`^(?:\S{1,255} )?((?=\S{0,254}[.:]|localhost|unknown)\S{1,255}) \S{1,99} \S{1,255}`,
      String.raw` \[([^\]]{20,32})\] ${request} (\d{3}|-) (?:\d{1,15}|-)(.*)$`,
    ].join(""),
    "s",
  );
}
const COMMON = commonLine(TEXT);
/** Some servers leave quotes in a request as they are: then its protocol ends it. */
const UNESCAPED = commonLine(String.raw`"(.{0,16000}? HTTP\/\d(?:\.\d)?)"`);
const DATE = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})$/;
/** The last may be cut off: without that, each of a thousand quotes is searched to the end for another. */
const QUOTED = new RegExp(`${TEXT.slice(0, -1)}(?:"|\\\\?$)`, "gs");

const BALANCER = new RegExp(
  [
    String.raw`^(?:(?:https?|h2|wss?|grpcs) )?(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z) \S{1,255} (\S{1,64})`,
    String.raw` \S{1,64} (?:\S{1,12} ){3}(\d{3}|-) \S{1,5} \d{1,15} \d{1,15} ${TEXT}(.*)$`,
  ].join(""),
  "s",
);

/** A request and its time. */
export interface Parsed extends LoggedRequest {
  readonly atMicros: number | null;
}

export const accessLog: Reader = {
  id: "access-log",
  title: "web access log (common, combined, AWS load balancer)",
  sniff(head) {
    const lines = Buffer.from(head.subarray(0, 32_768)).toString("latin1").split(/\r?\n/).slice(0, 20);
    const whole = lines.filter((line) => line !== "");
    const known = whole.filter((line) => parsedRequest(line) !== null).length;
    return known > 0 && known * 2 >= whole.length;
  },
  firstMicros: () => null,
  read,
  finish: finishWebRequests,
};

/** The request that a line of one of these formats tells of, null when it is no such line. */
export function parsedRequest(line: string): Parsed | null {
  return common(line) ?? balanced(line);
}

function common(line: string): Parsed | null {
  const match = COMMON.exec(line) ?? UNESCAPED.exec(line);
  if (match === null) return null;
  const [, client = "", date = "", first = "", status = "", rest = ""] = match;
  const atMicros = dateMicros(date);
  if (atMicros === null) return null;
  const [referrer = null, agent = null, ...others] = quoted(rest);
  return {
    client,
    ...requestLine(first),
    status: status === "-" ? null : Number(status),
    referrer,
    agent,
    rest: others.join("\n"),
    atMicros,
  };
}

function balanced(line: string): Parsed | null {
  const match = BALANCER.exec(line);
  if (match === null) return null;
  const [, time = "", from = "", status = "", first = "", rest = ""] = match;
  const [agent = null] = quoted(rest);
  const client = from.replace(/:\d{1,5}$/, "");
  const { method, target } = requestLine(first);
  return {
    client,
    method,
    // A balancer logs the whole URL.
    target: target.replace(/^\w{2,5}:\/\/[^/]{1,255}/, ""),
    status: status === "-" ? null : Number(status),
    referrer: null,
    agent,
    rest: "",
    atMicros: parseIso(time),
  };
}

/** Method and target; what is no request line (a TLS hello, commands of Redis) is a target as a whole. */
export function requestLine(first: string): { method: string | null; target: string } {
  const match = /^([A-Z]{3,20}) (\S.*?)(?: HTTP\/\d(?:\.\d)?)?$/s.exec(first);
  return match === null
    ? { method: null, target: first }
    : { method: match[1] ?? null, target: match[2] ?? "" };
}

function quoted(text: string): string[] {
  return [...text.matchAll(QUOTED)].map((match) => match[1] ?? "");
}

/** "13/Jan/2016:19:31:16 +0000" as microseconds UTC, null when it is none. */
export function dateMicros(date: string): number | null {
  const match = DATE.exec(date);
  if (match === null) return null;
  const [, day, month = "", year, time, zone] = match;
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, "0");
  return parseIso(`${year}-${number}-${day}T${time}${zone}`);
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const requests = webRequests(desk);
  const span = new Span();
  const days = new Days(span);
  let strange = 0;
  let firstStrange: TextLine | null = null;
  await eachLine(source, desk, (line) => {
    days.take(line.text);
    if (line.text === "" || (line.number > 1 && !mayBeExploit(line.text))) return;
    const request = parsedRequest(line.text);
    if (request === null) {
      strange += 1;
      firstStrange ??= line;
      return;
    }
    requests.take(request, factAt(source, line, { atMicros: request.atMicros }), desk);
  });
  days.finish();
  if (firstStrange !== null) {
    const says = `${source.name} holds lines that are no requests`;
    desk.countGap({ place: linePlace(source, firstStrange), code: "malformed-line", says, count: strange });
  }
  return span.summary();
}

/** Notes the times of the first and the last line of each day: parsing every line costs more than looking at
 *  it. Limits: where lines of one day are out of order, an earlier or later one of that day is missed. */
class Days {
  readonly #span: Span;
  #day = "";
  #last = "";

  constructor(span: Span) {
    this.#span = span;
  }

  take(text: string): void {
    const bracket = text.indexOf("[");
    const at = bracket === -1 || bracket > 600 ? 0 : bracket + 1;
    // "13/Jan/2016", or of a balancer's line the beginning: its type and a part of the day.
    const day = text.slice(at, at + 11);
    if (day !== this.#day) {
      this.finish();
      this.#day = day;
      this.#note(text);
    }
    this.#last = text;
  }

  finish(): void {
    this.#note(this.#last);
  }

  #note(text: string): void {
    this.#span.note(text === "" ? null : (parsedRequest(text)?.atMicros ?? null));
  }
}
