/** Commands of a honeypot as Kibana exports a table (T-Pot): CSV with a byte order mark.
 *
 *  "Top … values of input.keyword"   the command, quoted where it holds commas or lines
 *  "@timestamp per 12 hours"         16/11/2025 00:00, in the zone of the browser
 *  "Count of records"                how often in that time; only that it was is taken
 *
 *  Source: Kibana Lens, "Download CSV"; seen in github.com/samdavi/SSH-Honeypot-Dataset (2025).
 */
import { parseIso } from "../../../bytes/time.ts";
import { Span } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, factAt, type TextLine } from "../../text.ts";
import { CollectedHosts } from "../collected-hosts.ts";

const HEADER = /^(?:\xEF\xBB\xBF)?"?Top \d{1,6} values of input\.keyword"?,"?@timestamp per /;
/** The command, plain or quoted with doubled quotes, and the time behind it. */
const ROW = /^(?:"((?:[^"]|"")*)"|([^",]*)),"?(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)"?,/s;
/** Lines that one quoted command may span. */
const MAX_ROW_LINES = 64;

export const honeypotTable: Reader = {
  id: "honeypot-table",
  title: "T-Pot honeypot commands (Kibana CSV)",
  sniff: (head) => HEADER.test(Buffer.from(head.subarray(0, 200)).toString("latin1")),
  firstMicros: () => null,
  read,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const span = new Span();
  const hosts = new CollectedHosts(source, desk, "honeypot");
  let open: TextLine[] = [];
  await eachLine(source, desk, (line) => {
    if (line.number === 1) return hosts.note(line, null);
    open.push(line);
    const text = open.map((one) => one.text).join("\n");
    if (isOpen(text) && open.length < MAX_ROW_LINES) return;
    const row = ROW.exec(text);
    const first = open[0] ?? line;
    open = [];
    if (row === null) return;
    const [, quoted, plain = "", day, month, year, time] = row;
    const command = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    const atMicros = parseIso(`${year}-${month}-${day}T${time}:00Z`);
    span.note(atMicros);
    const fact = factAt(source, { ...first, text }, { atMicros, clock: "local" });
    const base = { ...fact, kind: "command", user: null, exe: null, pid: null, ppid: null } as const;
    desk.record({ ...base, text: command, from: null, by: "honeypot" });
  });
  return span.summary();
}

/** Whether a quoted value goes on in the next line. */
function isOpen(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}
