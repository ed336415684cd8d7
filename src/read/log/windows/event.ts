import { boundedMicros, parseIso } from "../../../bytes/time.ts";
import { isObject, type JsonObject, textOf, valueAt, wholeOf } from "../../json.ts";

/** One event of a Windows event log, or of Sysmon for Linux, whatever tool wrote it down. */
export interface WindowsEvent {
  /** Log in lower case, without its vendor: "security", "system", "sysmon", "powershell", "defender" … */
  readonly log: string;
  readonly eventId: number;
  readonly computer: string | null;
  readonly atMicros: number | null;
  /** Number of the event in its log; null when it was not kept. */
  readonly recordId: string | null;
  /** The first of these fields that is there and not "-". */
  readonly field: (...names: readonly string[]) => string | null;
}

/** Logs by a part of their channel's name, in any case. Hayabusa shortens the names.
 *  Source: Windows' channels; Hayabusa's config/channel_abbreviations_generic.txt. */
const LOGS: readonly (readonly [log: string, names: RegExp])[] = [
  ["sysmon", /sysmon/i],
  ["security", /^sec(?:urity)?$/i],
  ["system", /^sys(?:tem)?$/i],
  ["powershell", /^microsoft-windows-powershell\/operational$|^pwsh$/i],
  ["defender", /windows defender\/operational$|^defender$/i],
];

/** The log that a channel is; null for one of which nothing is read. */
export function logOf(channel: string | null): string | null {
  if (channel === null) return null;
  return LOGS.find(([, names]) => names.test(channel))?.[0] ?? null;
}

/** A moment as the tools write it: ISO 8601, with a space before the zone, " UTC", or seconds since 1970. */
export function momentOf(value: unknown): number | null {
  if (typeof value === "number") return value > 1e9 ? boundedMicros(Math.round(value * 1e6)) : null;
  const text = textOf(value);
  return text === null ? null : parseIso(text.replace(/ ?UTC$/, "Z").replace(/ (?=[+-]\d\d:?\d\d$|Z$)/, ""));
}

type Shape = (value: JsonObject) => WindowsEvent | null;

/** The tools' shapes. Each says no to those of the others. */
const SHAPES: readonly Shape[] = [dumped, hunted, velociraptor, hayabusa, winlogbeat, flat];

/** The event that an object is; null when it is none, or of a log of which nothing is read. */
export function windowsEvent(value: JsonObject): WindowsEvent | null {
  for (const shape of SHAPES) {
    const event = shape(value);
    if (event !== null) return event;
  }
  return null;
}

interface Parts {
  readonly channel: unknown;
  readonly eventId: unknown;
  readonly computer: unknown;
  readonly time: unknown;
  readonly recordId: unknown;
  readonly data: readonly unknown[];
}

function eventOf({ channel, eventId, computer, time, recordId, data }: Parts): WindowsEvent | null {
  const log = logOf(textOf(channel));
  const id = wholeOf(eventId);
  if (log === null || id === null) return null;
  const fields = data.filter(isObject);
  return {
    log,
    eventId: id,
    computer: textOf(computer),
    atMicros: momentOf(time),
    recordId: textOf(recordId),
    field: (...names) => {
      for (const name of names) {
        for (const one of fields) {
          const text = Object.hasOwn(one, name) ? textOf(one[name]) : null;
          if (text !== null && text !== "-") return text;
        }
      }
      return null;
    },
  };
}

/** evtx_dump and other dumps of the XML: { Event: { System, EventData or UserData } }. */
function dumped(value: JsonObject): WindowsEvent | null {
  const system = valueAt(value, "Event", "System");
  return isObject(system) ? ofSystem(system, valueAt(value, "Event")) : null;
}

/** Chainsaw's hits: { document: { data: { Event } } }. */
function hunted(value: JsonObject): WindowsEvent | null {
  const data = valueAt(value, "document", "data");
  return isObject(data) ? dumped(data) : null;
}

/** Velociraptor: a row of its artefact, or an event as parse_evtx() gives it. */
function velociraptor(value: JsonObject): WindowsEvent | null {
  const { System: system } = value;
  if (isObject(system)) return ofSystem(system, value);
  const { EventTime, Channel, EventID, Computer, EventRecordID, EventData, UserData } = value;
  if (EventTime === undefined || (EventData === undefined && UserData === undefined)) return null;
  const data = [EventData, ...nested(UserData)];
  const parts = { channel: Channel, eventId: EventID, computer: Computer, time: EventTime };
  return eventOf({ ...parts, recordId: EventRecordID, data });
}

function ofSystem(system: JsonObject, event: unknown): WindowsEvent | null {
  const { Channel, EventID, Computer, TimeCreated, EventRecordID } = system;
  const time =
    valueAt(TimeCreated, "#attributes", "SystemTime") ??
    valueAt(system, "TimeCreated_attributes", "SystemTime") ??
    valueAt(TimeCreated, "SystemTime");
  const eventId = isObject(EventID) ? (EventID["#text"] ?? EventID["Value"]) : EventID;
  const data = [valueAt(event, "EventData"), ...nested(valueAt(event, "UserData"))];
  return eventOf({ channel: Channel, eventId, computer: Computer, time, recordId: EventRecordID, data });
}

/** UserData holds its fields one level deeper, below the name of their schema. */
function nested(value: unknown): unknown[] {
  return isObject(value) ? [value, ...Object.values(value)] : [];
}

/** Hayabusa's timeline: fields by names of its own in Details, the others as they were. */
function hayabusa(value: JsonObject): WindowsEvent | null {
  const { Timestamp, RuleTitle, Channel, EventID, Computer, RecordID } = value;
  if (RuleTitle === undefined || Timestamp === undefined) return null;
  const data = [value["Details"], value["ExtraFieldInfo"], value["AllFieldInfo"]].map(fieldsOf);
  const parts = { channel: Channel, eventId: EventID, computer: Computer, time: Timestamp };
  return eventOf({ ...parts, recordId: RecordID, data });
}

/** Fields as an object, or as "NAME: VALUE ¦ NAME: VALUE", as Hayabusa wrote them before version 2.6. */
function fieldsOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const pairs = value.split(" ¦ ").map((pair) => {
    const colon = pair.indexOf(": ");
    return [pair.slice(0, Math.max(colon, 0)), pair.slice(colon + 2)] as const;
  });
  return Object.fromEntries(pairs);
}

/** Winlogbeat, as Elasticsearch exports it. */
function winlogbeat(value: JsonObject): WindowsEvent | null {
  const { winlog } = value;
  if (!isObject(winlog)) return null;
  const { channel, event_id, computer_name, record_id, event_data, user_data } = winlog;
  const data = [event_data, user_data];
  const time = value["@timestamp"];
  return eventOf({ channel, eventId: event_id, computer: computer_name, time, recordId: record_id, data });
}

/** NXLog and the data sets of OTRF: all fields side by side. */
function flat(value: JsonObject): WindowsEvent | null {
  const { Channel, EventID, Hostname, RecordNumber, EventTime } = value;
  if (Hostname === undefined || Channel === undefined || EventTime === undefined) return null;
  const time = value["@timestamp"] ?? EventTime;
  return eventOf({
    channel: Channel,
    eventId: EventID,
    computer: Hostname,
    time,
    recordId: RecordNumber,
    data: [value],
  });
}
