/** osquery's results, a row an object.
 *
 *  {"name":QUERY,"hostIdentifier":HOST,"unixTime":1768359909,"action":"added","columns":{…}}
 *  {"name":QUERY,"hostIdentifier":HOST,"unixTime":…,"action":"snapshot","snapshot":[{…},…]}
 *
 *  Queries are everybody's own: what a row is, its columns tell. Rows that were removed are left out.
 *  Source: osquery documentation, "Logging" (5.10), and the schema of its tables process_events, processes,
 *  process_open_sockets, socket_events, crontab and authorized_keys.
 */
import { boundedMicros } from "../../bytes/time.ts";
import { eachJson, firstObjects, isObject, type JsonObject, Span, textOf, wholeOf } from "../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../reader.ts";
import { factAt } from "../text.ts";
import { AlikeCommands } from "./alike-commands.ts";

/** Rows of one snapshot. */
const MAX_ROWS = 20_000;
const MICROS = 1e6;

export const osquery: Reader = {
  id: "osquery",
  title: "osquery results (JSON)",
  sniff: (head) => firstObjects(head).some(isResult),
  firstMicros: (head) => timeOf(firstObjects(head)[0] ?? {}),
  read,
};

function isResult(value: JsonObject): boolean {
  const { hostIdentifier, unixTime, columns, snapshot } = value;
  return (
    hostIdentifier !== undefined && unixTime !== undefined && (isObject(columns) || Array.isArray(snapshot))
  );
}

function timeOf(value: JsonObject): number | null {
  const seconds = wholeOf(value["unixTime"]);
  return seconds === null ? null : boundedMicros(seconds * MICROS);
}

function rowsOf({ columns, snapshot, action }: JsonObject): readonly JsonObject[] {
  if (isObject(columns)) return action === "removed" ? [] : [columns];
  return Array.isArray(snapshot) ? snapshot.slice(0, MAX_ROWS).filter(isObject) : [];
}

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const span = new Span();
  const commands = new AlikeCommands();
  await eachJson(source, desk, (piece) => {
    const { value } = piece;
    if (!isResult(value)) return;
    const atMicros = timeOf(value);
    span.note(atMicros);
    const fact = factAt(source, piece, { atMicros, hostname: textOf(value["hostIdentifier"]) });
    for (const row of rowsOf(value)) take(row, fact, { desk, commands });
  });
  commands.finish(desk);
  return span.summary();
}

interface Out {
  readonly desk: Desk;
  readonly commands: AlikeCommands;
}

function take(row: JsonObject, fact: ReturnType<typeof factAt>, { desk, commands }: Out): void {
  const text = textOf(row["cmdline"]);
  const pid = wholeOf(row["pid"]);
  const path = textOf(row["path"]);
  if (text !== null) {
    const user = textOf(row["username"]) ?? textOf(row["user"]);
    const said = { text, user, exe: path, pid, ppid: wholeOf(row["parent"]), from: null, by: "osquery" };
    commands.take({ ...fact, kind: "command", ...said }, desk);
  }
  const ip = textOf(row["remote_address"]);
  const port = wholeOf(row["remote_port"]);
  if (ip !== null && port !== null && port > 0 && port < 65_536) {
    const process = textOf(row["process_name"]) ?? textOf(row["name"]) ?? path;
    const state = textOf(row["state"]) ?? textOf(row["action"]);
    desk.record({ ...fact, kind: "connection", pid, process, local: null, remote: { ip, port }, state });
  }
  const command = textOf(row["command"]);
  if (command !== null && path !== null && row["minute"] !== undefined) {
    const times = ["minute", "hour", "day_of_month", "month", "day_of_week"].map((name) => textOf(row[name]));
    const schedule = textOf(row["event"]) ?? times.map((time) => time ?? "*").join(" ");
    const autostart = { mechanism: "cron", path, name: null, user: null, command, schedule } as const;
    desk.record({ ...fact, kind: "autostart", ...autostart });
  }
}
