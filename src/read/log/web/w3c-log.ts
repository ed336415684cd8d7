/** W3C extended log files: IIS, AWS CloudFront, and others.
 *
 *  #Version: 1.0
 *  #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query … c-ip cs(User-Agent) cs(Referer) sc-status …
 *  VALUES, in the order of the fields, separated by spaces or tabs; "-" is none; date and time are UTC
 *
 *  Source: W3C "Extended Log File Format" (WD-logfile-960323); IIS and CloudFront, standard logging.
 */
import { parseIso } from "../../../bytes/time.ts";
import { Span } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt, type TextLine } from "../../text.ts";
import { mayBeExploit } from "./marks.ts";
import { finishWebRequests, webRequests } from "./requests.ts";

const FIELDS = /^#Fields:[ \t]/;
/** Fields of one line; IIS has 22, CloudFront 33. */
const MAX_FIELDS = 100;

export const w3cLog: Reader = {
  id: "w3c-log",
  title: "W3C web access log (IIS, CloudFront)",
  sniff(head) {
    const lines = Buffer.from(head.subarray(0, 8_192)).toString("latin1").split(/\r?\n/).slice(0, 10);
    return lines.some((line) => FIELDS.test(line) && /\scs-uri-stem\s/.test(line));
  },
  firstMicros: () => null,
  read,
  finish: finishWebRequests,
};

/** A line's values by the names of its fields; null stands for "-". */
type Row = (name: string) => string | null;

function rowOf(line: string, columns: ReadonlyMap<string, number>): Row {
  const values = line.split(line.includes("\t") ? "\t" : " ", MAX_FIELDS);
  return (name) => {
    const index = columns.get(name);
    const value = index === undefined ? undefined : values[index];
    return value === undefined || value === "-" || value === "" ? null : value;
  };
}

function columnsOf(line: string): Map<string, number> {
  const names = line.replace(FIELDS, "").trim().split(/\s+/, MAX_FIELDS);
  return new Map(names.map((name, index) => [name.toLowerCase(), index]));
}

function timeOf(row: Row): number | null {
  return parseIso(`${row("date")}T${row("time")}Z`);
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const requests = webRequests(desk);
  const span = new Span();
  let columns: ReadonlyMap<string, number> = new Map();
  let last: TextLine | null = null;
  await eachLine(source, desk, (line) => {
    if (line.text.startsWith("#")) {
      if (FIELDS.test(line.text)) columns = columnsOf(line.text);
      return;
    }
    const isFirst = last === null;
    last = line;
    if (!isFirst && !mayBeExploit(line.text)) return;
    const row = rowOf(line.text, columns);
    const client = row("c-ip");
    const path = row("cs-uri-stem");
    const atMicros = timeOf(row);
    span.note(atMicros);
    if (client === null || path === null) return;
    const query = row("cs-uri-query");
    const status = row("sc-status");
    const request = {
      client,
      method: row("cs-method"),
      target: query === null ? path : `${path}?${query}`,
      status: status !== null && /^\d{3}$/.test(status) ? Number(status) : null,
      // IIS writes a plus for each space.
      agent: row("cs(user-agent)")?.replaceAll("+", " ") ?? null,
      referrer: row("cs(referer)"),
      rest: row("cs(cookie)") ?? "",
    };
    requests.take(request, factAt(source, line, { atMicros, hostname: row("s-computername") }), desk);
  });
  const end = (last as TextLine | null)?.text;
  if (end !== undefined) span.note(timeOf(rowOf(end, columns)));
  return span.summary();
}
