import { detached } from "../../bytes/text.ts";
import type { HostFact } from "../../model/host-fact.ts";
import type { CommandRecord, EventKind, EventRecord, LoginRecord } from "../../model/log-record.ts";
import { MAX_EXCERPT_CHARS, type Place } from "../../model/place.ts";
import type { Desk } from "../reader.ts";

/** One message of a system log, whatever the file that carried it: syslog, journald, an export of either. */
export interface LogMessage {
  /** The host's key while reading. */
  readonly host: string;
  readonly hostname: string | null;
  readonly atMicros: number | null;
  readonly atHow: HostFact["atHow"];
  readonly clock: HostFact["clock"];
  /** Name of the program, without its path and process id: "sshd", "CRON". */
  readonly program: string;
  readonly pid: number | null;
  readonly text: string;
  readonly place: Place;
  /** The whole line. */
  readonly line: string;
}

/** What the messages of some programs mean. A message may be of several rules. */
export interface MessageRule {
  readonly id: string;
  /** In lower case. */
  readonly programs: readonly string[];
  /** One of these stands in every message that the rule reads, so that the others need not be looked at.
   *  Left out where they are few. */
  readonly marks?: readonly string[];
  /** Source of the messages' wording. */
  readonly source: string;
  take(message: LogMessage, desk: Desk): void;
  /** Lays down what waited for further messages, after the last piece of evidence. */
  finish?(desk: Desk): void;
}

/** What a fact that stands in one message has in common with all others. */
export function factOf({ host, hostname, atMicros, atHow, clock, place, line }: LogMessage): HostFact {
  return { host, hostname, atMicros, atHow, clock, place, excerpt: detached(line, MAX_EXCERPT_CHARS) };
}

/** Longest `says` of an event; messages are cut to it. */
export const MAX_SAYS_CHARS = 300;

type EventParts = Pick<EventRecord, "subject"> & Partial<Pick<EventRecord, "user" | "from" | "says">>;

/** An event as one message tells it; it says the message itself where nothing better is given. */
export function eventOf(message: LogMessage, what: EventKind, parts: EventParts): EventRecord {
  const says = (parts.says ?? `${message.program}: ${message.text}`).slice(0, MAX_SAYS_CHARS);
  return { ...factOf(message), kind: "event", what, user: null, from: null, ...parts, says };
}

/** A command line as one message tells it. */
export function commandOf(
  message: LogMessage,
  { text, user, by }: Pick<CommandRecord, "text" | "user" | "by">,
): CommandRecord {
  return {
    ...factOf(message),
    kind: "command",
    text,
    user,
    exe: null,
    pid: null,
    ppid: null,
    from: null,
    by,
  };
}

/** A login as one message tells it, with what the message lacks as null. */
export function loginOf(
  message: LogMessage,
  parts: Pick<LoginRecord, "outcome" | "user" | "service"> & Partial<LoginRecord>,
): LoginRecord {
  const unknown = { from: null, method: null, key: null, times: 1, lastMicros: null };
  return { ...factOf(message), kind: "login", ...unknown, ...parts };
}
