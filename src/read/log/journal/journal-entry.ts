import type { Desk, Source } from "../../reader.ts";
import { type LineSpot, linePlace } from "../../text.ts";
import { auditEvents } from "../audit/audit-events.ts";
import { auditRecord } from "../audit/audit-record.ts";
import type { LineClock } from "../line-clock.ts";
import type { LogMessage } from "../message.ts";
import { isKnownProgram, tellMessage } from "../rules/index.ts";

/** Fields of a journal entry that are read. Source: systemd.journal-fields(7). */
export const JOURNAL_FIELDS: ReadonlySet<string> = new Set([
  "MESSAGE",
  "SYSLOG_IDENTIFIER",
  "SYSLOG_PID",
  "_COMM",
  "_PID",
  "_HOSTNAME",
  "_TRANSPORT",
  "_AUDIT_ID",
  "_AUDIT_TYPE_NAME",
  "_SOURCE_REALTIME_TIMESTAMP",
  "__REALTIME_TIMESTAMP",
]);

/** One entry: its fields that are read, where it stands, and as much of it as an excerpt shows. */
export interface JournalEntry {
  readonly fields: ReadonlyMap<string, string>;
  readonly spot: LineSpot;
  readonly text: string;
}

/** Hands an entry of a journal to the rules that read syslog, too. */
export class JournalTeller {
  readonly #source: Source;
  readonly #desk: Desk;
  readonly #clock: LineClock;

  constructor(source: Source, desk: Desk, clock: LineClock) {
    this.#source = source;
    this.#desk = desk;
    this.#clock = clock;
  }

  tell({ fields, spot, text }: JournalEntry): void {
    // When it was sent, as syslog has it; when it was received where the sender gave no time.
    const sent = microsOf(fields.get("_SOURCE_REALTIME_TIMESTAMP"));
    const received = microsOf(fields.get("__REALTIME_TIMESTAMP"));
    const when = this.#clock.at({ atMicros: received ?? sent }, spot);
    const name = fields.get("SYSLOG_IDENTIFIER") ?? fields.get("_COMM") ?? "";
    const message: LogMessage = {
      host: this.#source.host,
      hostname: fields.get("_HOSTNAME") ?? null,
      ...when,
      atMicros: sent ?? received,
      program: name.slice(name.lastIndexOf("/") + 1),
      pid: pidOf(fields.get("SYSLOG_PID") ?? fields.get("_PID")),
      text: (fields.get("MESSAGE") ?? "").trim(),
      place: linePlace(this.#source, spot),
      line: text,
    };
    if (fields.get("_TRANSPORT") === "audit") this.#audit(message, fields);
    else if (message.text !== "" && isKnownProgram(message.program)) tellMessage(message, this.#desk);
  }

  /** An entry that tells nothing but its time. */
  pass(received: string, spot: LineSpot): void {
    this.#clock.at({ atMicros: microsOf(received) }, spot);
  }

  /** "USER_LOGIN pid=1 …": the type's name stands in front, time and number in fields of their own. */
  #audit(message: LogMessage, fields: ReadonlyMap<string, string>): void {
    const space = message.text.indexOf(" ");
    const type = fields.get("_AUDIT_TYPE_NAME") ?? message.text.slice(0, Math.max(space, 0));
    const serial = fields.get("_AUDIT_ID") ?? "0";
    const seconds = ((message.atMicros ?? 0) / 1e6).toFixed(3);
    const rest = message.text.slice(space + 1);
    const record = auditRecord({ ...message, text: `type=${type} msg=audit(${seconds}:${serial}): ${rest}` });
    if (record !== null) auditEvents(this.#desk).take(record, this.#desk);
  }
}

function microsOf(text: string | undefined): number | null {
  const micros = text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(micros) ? micros : null;
}

function pidOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}

/** What is known of an entry before it is read whole: most are of programs that no rule reads. */
export function isWanted(program: string | null, transport: string | null): boolean {
  return program === null || isKnownProgram(program) || transport === "audit";
}
