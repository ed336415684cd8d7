import { logOf, momentOf, type WindowsEvent } from "./event.ts";
import { xmlText } from "./task.ts";

/** Fields of one event; Sysmon's longest has 23. */
const MAX_FIELDS = 64;

/** One event as XML, which Sysmon for Linux writes to syslog, and Windows' tools to files.
 *
 *  <Event><System>…<EventID>1</EventID>…<TimeCreated SystemTime="…"/>…<Channel>…</Channel>
 *  <Computer>…</Computer></System><EventData><Data Name="Image">/usr/bin/id</Data>…</EventData></Event>
 *
 *  Shape: null when it is no event, or of a log of which nothing is read.
 *  Source: Windows' event schema; Sysmon for Linux 1.0, its messages in OTRF's data set.
 */
export function eventFromXml(xml: string): WindowsEvent | null {
  const log = logOf(between(xml, "Channel"));
  const eventId = /<EventID(?: [^<>]{0,100})?>(\d{1,5})<\/EventID>/.exec(xml)?.[1];
  if (log === null || eventId === undefined) return null;
  const fields = new Map<string, string>();
  for (const match of xml.matchAll(/<Data Name=["'](\w{1,64})["']>([^<]*)<\/Data>/g)) {
    if (fields.size < MAX_FIELDS) fields.set(match[1] ?? "", xmlText(match[2] ?? ""));
  }
  // What a cleared log says of its user stands below UserData, in elements of their own names.
  const more = /<UserData>(.{1,4000}?)<\/UserData>/s.exec(xml)?.[1] ?? "";
  for (const match of more.matchAll(/<(\w{1,64})>([^<]*)<\//g)) {
    if (fields.size < MAX_FIELDS) fields.set(match[1] ?? "", xmlText(match[2] ?? ""));
  }
  return {
    log,
    eventId: Number(eventId),
    computer: between(xml, "Computer"),
    atMicros: momentOf(/<TimeCreated SystemTime=["']([^"'<>]{10,40})["']/.exec(xml)?.[1]),
    recordId: between(xml, "EventRecordID"),
    field: (...names) => {
      const values = names.map((name) => fields.get(name));
      return values.find((value) => value !== undefined && value !== "" && value !== "-") ?? null;
    },
  };
}

function between(xml: string, name: string): string | null {
  const from = xml.indexOf(`<${name}>`);
  const to = from === -1 ? -1 : xml.indexOf("<", from + 1);
  return to === -1 ? null : xml.slice(from + name.length + 2, to);
}
