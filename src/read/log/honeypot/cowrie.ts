/** Cowrie, a honeypot for SSH and Telnet: its JSON log, an event an object.
 *
 *  eventid    "cowrie.login.success", "cowrie.command.input" …
 *  timestamp  ISO 8601 with Z
 *  sensor     the honeypot's own name: every event's host
 *  src_ip     the client; session  by which the events of one visit belong together
 *
 *  Source: docs.cowrie.org, "Output Event Code Reference" (2.6); seen in a log of 2021.
 */
import { parseIso } from "../../../bytes/time.ts";
import { eachJson, firstObjects, type JsonObject, type JsonPiece, Span, textOf } from "../../json.ts";
import type { Desk, Reader, ReadSummary, Source } from "../../reader.ts";
import { factAt } from "../../text.ts";
import { AlikeCommands } from "../alike-commands.ts";
import { CollectedHosts } from "../collected-hosts.ts";
import { failedLogins } from "../failed-logins.ts";
import { HoneypotFiles } from "./honeypot-files.ts";

/** Visits whose user is remembered; a visit lasts minutes. */
const MAX_SESSIONS = 10_000;

export const cowrie: Reader = {
  id: "cowrie",
  title: "Cowrie honeypot (JSON)",
  sniff: (head) => firstObjects(head).some((one) => String(one["eventid"]).startsWith("cowrie.")),
  firstMicros: (head) => timeOf(firstObjects(head)[0] ?? {}),
  read,
  finish: (desk) => failedLogins(desk).finish(desk),
};

const timeOf = (event: JsonObject): number | null => parseIso(textOf(event["timestamp"]) ?? "");

/** What is remembered over the events of one file. */
interface Visits {
  readonly users: Map<string, string>;
  readonly commands: AlikeCommands;
  readonly files: HoneypotFiles;
}

type Take = (
  piece: JsonPiece,
  to: { readonly source: Source; readonly desk: Desk; readonly visits: Visits },
) => void;

const EVENTS: ReadonlyMap<string, Take> = new Map<string, Take>([
  ["cowrie.login.success", login("accepted")],
  ["cowrie.login.failed", login("failed")],
  ["cowrie.command.input", command],
  ["cowrie.session.file_download", file],
  ["cowrie.session.file_upload", file],
]);

async function read(source: Source, desk: Desk): Promise<ReadSummary> {
  const span = new Span();
  const hosts = new CollectedHosts(source, desk, "honeypot");
  const visits: Visits = { users: new Map(), commands: new AlikeCommands(), files: new HoneypotFiles() };
  await eachJson(source, desk, (piece) => {
    const { eventid, sensor } = piece.value;
    if (typeof eventid !== "string" || !eventid.startsWith("cowrie.")) return;
    span.note(timeOf(piece.value));
    hosts.note(piece, textOf(sensor));
    EVENTS.get(eventid)?.(piece, { source, desk, visits });
  });
  visits.commands.finish(desk);
  return span.summary();
}

function factOf(piece: JsonPiece, source: Source) {
  const { value } = piece;
  return factAt(source, piece, { atMicros: timeOf(value), hostname: textOf(value["sensor"]) });
}

function login(outcome: "accepted" | "failed"): Take {
  return (piece, { source, desk, visits }) => {
    const { value } = piece;
    const user = textOf(value["username"]);
    const session = textOf(value["session"]);
    if (outcome === "accepted" && user !== null && session !== null) {
      // Visits end, but a log may be cut off: the oldest is forgotten.
      if (visits.users.size >= MAX_SESSIONS) visits.users.delete([...visits.users.keys()][0] ?? "");
      visits.users.set(session, user);
    }
    const record = {
      ...factOf(piece, source),
      kind: "login",
      outcome,
      user,
      from: textOf(value["src_ip"]),
      method: value["key"] === undefined ? "password" : "publickey",
      service: "honeypot",
      key: null,
      times: 1,
      lastMicros: null,
    } as const;
    if (outcome === "failed") failedLogins(desk).take(record, desk);
    else desk.record(record);
  };
}

function command(piece: JsonPiece, { source, desk, visits }: Parameters<Take>[1]): void {
  const { value } = piece;
  const text = textOf(value["input"]);
  if (text === null) return;
  const user = visits.users.get(textOf(value["session"]) ?? "") ?? null;
  const from = textOf(value["src_ip"]);
  const base = { ...factOf(piece, source), kind: "command", exe: null, pid: null, ppid: null } as const;
  visits.commands.take({ ...base, text, user, from, by: "honeypot" }, desk);
}

function file(piece: JsonPiece, { source, desk, visits }: Parameters<Take>[1]): void {
  visits.files.take(piece.value, factOf(piece, source), desk);
}
