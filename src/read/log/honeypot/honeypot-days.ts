/** Cowrie's logs as day by day summaries (cowralyze): an array of objects.
 *
 *  date      "2021-06-16"; what is counted in it has no time of day, and stands at its beginning
 *  sensor    the honeypot's name
 *  commands, pre_disconnect_command  [{ input, count }], the most frequent of the day
 *
 *  What is not taken: passwords (tried, without a source), file_download (of anybody that day), and counts.
 *  Source: github.com/deroux/longitudinal-analysis-cowrie, its "reduced" files of 2021.
 */
import { parseIso } from "../../../bytes/time.ts";
import { eachJson, firstObjects, isObject, type JsonObject, Span, textOf } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { factAt } from "../../text.ts";
import { CollectedHosts } from "../collected-hosts.ts";

const LISTS = ["commands", "pre_disconnect_command"] as const;
/** Commands of one list; the summaries hold the five most frequent. */
const MAX_LISTED = 1_000;

export const honeypotDays: Reader = {
  id: "honeypot-days",
  title: "Cowrie honeypot, day by day (cowralyze)",
  sniff: (head) => firstObjects(head).some(isDay),
  firstMicros: () => null,
  read,
};

function isDay(value: JsonObject): boolean {
  return textOf(value["date"]) !== null && textOf(value["sensor"]) !== null && "commands" in value;
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const span = new Span();
  const hosts = new CollectedHosts(source, desk, "honeypot");
  await eachJson(source, desk, (piece) => {
    const { value } = piece;
    if (!isDay(value)) return;
    const hostname = textOf(value["sensor"]);
    const atMicros = parseIso(textOf(value["date"]) ?? "");
    span.note(atMicros);
    hosts.note(piece, hostname);
    for (const list of LISTS) {
      for (const text of inputs(value[list])) {
        const fact = factAt(source, { ...piece, text }, { atMicros, hostname });
        const base = { ...fact, kind: "command", user: null, exe: null, pid: null, ppid: null } as const;
        desk.record({ ...base, text, from: null, by: "honeypot" });
      }
    }
  });
  return span.summary();
}

/** Texts of a list; each once, as the last command of a visit is counted in both lists. */
function inputs(list: unknown): string[] {
  const rows: readonly unknown[] = Array.isArray(list) ? list.slice(0, MAX_LISTED) : [];
  return [...new Set(rows.flatMap((row) => (isObject(row) ? (textOf(row["input"]) ?? []) : [])))];
}
