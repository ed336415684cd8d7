import { detached } from "../../bytes/text.ts";
import type { HostFact } from "../../model/host-fact.ts";
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
