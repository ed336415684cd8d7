/** The journal of systemd as `journalctl -o json` writes it: an object a line, each field a text, an array
 *  of bytes where it is none, null where it is longer than 4 KiB, an array of these where it comes several
 *  times. `json-seq` puts 0x1e in front, `json-sse` "data: ".
 *
 *  Syslog as Azure Monitor exports it (`SyslogMessage`, `ProcessName`, `HostName`, `EventTime`) is read as
 *  the same: it carries what journald would.
 *
 *  Source: systemd, Journal Export Formats (Journal JSON Format); Azure Monitor, table Syslog.
 */
import { detached } from "../../../bytes/text.ts";
import { parseIso } from "../../../bytes/time.ts";
import { MAX_EXCERPT_CHARS } from "../../../model/place.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { eachLine, linePlace, type TextLine } from "../../text.ts";
import { LineClock } from "../line-clock.ts";
import { finishMessages } from "../rules/index.ts";
import { isWanted, JOURNAL_FIELDS, JournalTeller } from "./journal-entry.ts";

const JOURNAL = /^(?:\x1e|data: )?\{.{0,60000}"__REALTIME_TIMESTAMP" ?: ?"\d{10,16}"/;
const AZURE = /^\{.{0,60000}"SyslogMessage" ?: ?"/;
const PROGRAM = /"(?:SYSLOG_IDENTIFIER|ProcessName)" ?: ?"([^"\\]{1,255})"/;
const TRANSPORT = /"_TRANSPORT" ?: ?"audit"/;

/** Fields of Azure's table by those of the journal. */
const AZURE_FIELDS: readonly (readonly [field: string, from: readonly string[]])[] = [
  ["MESSAGE", ["SyslogMessage"]],
  ["SYSLOG_IDENTIFIER", ["ProcessName"]],
  ["SYSLOG_PID", ["ProcessID"]],
  ["_HOSTNAME", ["HostName", "Computer"]],
];

export const journalJson: Reader = {
  id: "journal-json",
  title: "systemd journal and syslog as JSON lines",
  sniff(head) {
    const first = Buffer.from(head).toString("latin1").trimStart().split("\n", 1)[0] ?? "";
    return JOURNAL.test(first) || AZURE.test(first);
  },
  firstMicros(head) {
    const text = Buffer.from(head).toString("latin1");
    const micros = /"__REALTIME_TIMESTAMP" ?: ?"(\d{10,15}|[1-8]\d{15})"/.exec(text)?.[1];
    return micros === undefined ? null : Number(micros);
  },
  read,
  finish: finishMessages,
};

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const clock = new LineClock(source, desk);
  const teller = new JournalTeller(source, desk, clock);
  let strange = 0;
  let firstStrange: TextLine | null = null;
  await eachLine(source, desk, (line) => {
    const text = line.text.replace(/^(?:\x1e|data: )/, "").trim();
    if (text === "") return;
    const program = PROGRAM.exec(text)?.[1] ?? null;
    if (text.endsWith("}") && !isWanted(program, TRANSPORT.test(text) ? "audit" : null)) return;
    const fields = fieldsOf(text);
    if (fields === null) {
      strange += 1;
      firstStrange ??= line;
      return;
    }
    teller.tell({ fields, spot: line, text: detached(text, MAX_EXCERPT_CHARS) });
  });
  if (firstStrange !== null) {
    const says = `${source.name} holds lines that are no journal entries in JSON`;
    desk.countGap({ place: linePlace(source, firstStrange), code: "malformed-line", says, count: strange });
  }
  return clock.summary();
}

function fieldsOf(text: string): Map<string, string> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
  const all = new Map(Object.entries(value));
  const fields = new Map<string, string>();
  for (const name of JOURNAL_FIELDS) {
    const field = textOf(all.get(name));
    if (field !== null) fields.set(name, field);
  }
  if (all.has("SyslogMessage")) fromAzure(all, fields);
  return fields;
}

function fromAzure(all: ReadonlyMap<string, unknown>, fields: Map<string, string>): void {
  for (const [name, from] of AZURE_FIELDS) {
    const field = from.map((one) => textOf(all.get(one))).find((one) => one !== null) ?? null;
    if (field !== null) fields.set(name, field);
  }
  const time = textOf(all.get("EventTime")) ?? textOf(all.get("TimeGenerated"));
  const atMicros = time === null ? null : parseIso(time);
  if (atMicros !== null) fields.set("__REALTIME_TIMESTAMP", String(atMicros));
}

/** The first value of a field that comes several times. */
function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return null;
  if (value.every((byte) => typeof byte === "number")) return Buffer.from(value).toString("utf8");
  const [first] = value;
  return Array.isArray(first) || typeof first === "string" ? textOf(first) : null;
}
