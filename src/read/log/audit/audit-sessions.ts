import { parseIp } from "../../../bytes/ip.ts";
import type { Desk } from "../../reader.ts";
import { type AuditRecord, auditSession, unquoted } from "./audit-record.ts";

/** Sessions of one run that are remembered. */
const MAX_SESSIONS = 100_000;

interface Session {
  readonly from: string;
  readonly atMicros: number;
}

/** From where each login session came. Numbers begin anew at each boot, so that the newest login counts. */
export class AuditSessions {
  readonly #sessions = new Map<string, Session>();

  note(record: AuditRecord): void {
    const from = addressOf(record);
    const number = auditSession(record.fields);
    if (from === null || number === null || record.atMicros === null) return;
    const key = keyOf(record, number);
    if (this.#sessions.size >= MAX_SESSIONS && !this.#sessions.has(key)) return;
    this.#sessions.set(key, { from, atMicros: record.atMicros });
  }

  /** Address of the login in whose session the record was written. */
  fromOf(record: AuditRecord): string | null {
    const number = auditSession(record.fields);
    if (number === null) return null;
    const session = this.#sessions.get(keyOf(record, number));
    return session === undefined || session.atMicros > (record.atMicros ?? 0) ? null : session.from;
  }
}

function keyOf({ host, hostname }: AuditRecord, number: string): string {
  return `${host}\0${hostname}\0${number}`;
}

/** The other side's address, or its name where no address is written. */
export function addressOf({ fields }: AuditRecord): string | null {
  const address = unquoted(fields.get("addr") ?? "");
  if (parseIp(address) !== null) return address;
  const name = unquoted(fields.get("hostname") ?? "");
  return name === "" || name === "?" || name === "localhost" ? null : name;
}

/** Those of this run. */
export function auditSessions(desk: Desk): AuditSessions {
  return desk.state("audit-sessions", () => new AuditSessions());
}
