/** One record of Linux audit, one a line; those of one event share time and serial number.
 *
 *  Raw           [node=HOST ]type=TYPE msg=audit(1768360690.004:428): FIELDS[\x1dENRICHED]
 *  Interpreted   type=TYPE msg=audit(01/14/2026 03:18:10.004:428) : FIELDS      (ausearch -i; local time)
 *  AUOMS         type=AUOMS_EXECVE audit(1652292621.990:84143): FIELDS          (Azure Monitor's agent)
 *  Kernel        audit: type=1309 audit(1768360690.004:428): FIELDS             (in syslog, without auditd)
 *
 *  Source: audit 4.0, auditd.conf(5) and ausearch(8); Linux, include/uapi/linux/audit.h for the numbers.
 */

import type { LogMessage } from "../message.ts";
import { auditFields } from "./audit-fields.ts";

/** A class, since a million objects with a getter made by spreading cost ten times as much. */
export class AuditRecord implements LogMessage {
  readonly host: string;
  readonly hostname: string | null;
  readonly atMicros: number | null;
  readonly atHow: LogMessage["atHow"];
  readonly clock: LogMessage["clock"];
  readonly program = "auditd";
  readonly pid: number | null;
  readonly place: LogMessage["place"];
  readonly line: string;
  readonly text: string;
  readonly type: string;
  /** Time and serial number, as written: the same for all records of an event. */
  readonly event: string;
  /** ausearch put words for numbers, and no quotes. */
  readonly isInterpreted: boolean;
  #fields: ReadonlyMap<string, string> | null = null;

  constructor(message: LogMessage, parts: Parts) {
    this.host = message.host;
    this.hostname = parts.node ?? message.hostname;
    this.atMicros = parts.atMicros;
    this.atHow = parts.atMicros === null ? null : "seen";
    this.clock = parts.isInterpreted ? "local" : "utc";
    this.pid = message.pid;
    this.place = message.place;
    this.line = message.line;
    this.text = parts.text;
    this.type = parts.type;
    this.event = parts.event;
    this.isInterpreted = parts.isInterpreted;
  }

  /** Parsed when first asked for: most records are not. */
  get fields(): ReadonlyMap<string, string> {
    this.#fields ??= auditFields(this.text);
    return this.#fields;
  }
}

interface Parts extends Pick<AuditRecord, "atMicros" | "text" | "type" | "event" | "isInterpreted"> {
  readonly node: string | undefined;
}

const RAW =
  /^(?:node=(\S{1,255}) )?type=([\w[\]]{1,64}) (?:msg=)?audit\((\d{1,11}\.\d{1,9}):(\d{1,20})\): ?(.*)$/s;
const INTERPRETED = new RegExp(
  /^(?:node=(\S{1,255}) )?type=([\w[\]()]{1,64}) msg=audit\(/.source +
    /([\d/.-]{8,10} \d\d:\d\d:\d\d\.\d{1,9}):(\d{1,20})\) ?: ?(.*)$/.source,
  "s",
);
/** "01/14/2026", "01/14/26", "2026-01-14", "14.01.2026": what `%x` prints in the usual locales. */
const DATES: readonly { readonly pattern: RegExp; readonly order: readonly [number, number, number] }[] = [
  { pattern: /^(\d\d)\/(\d\d)\/(\d{4}|\d\d)$/, order: [3, 1, 2] },
  { pattern: /^(\d{4})-(\d\d)-(\d\d)$/, order: [1, 2, 3] },
  { pattern: /^(\d\d)\.(\d\d)\.(\d{4})$/, order: [3, 2, 1] },
];

/** Types that the kernel gives as numbers, and those that an older auditd did not know by name. */
const BY_NUMBER: ReadonlyMap<string, string> = new Map([
  ["1300", "SYSCALL"],
  ["1305", "CONFIG_CHANGE"],
  ["1306", "SOCKADDR"],
  ["1309", "EXECVE"],
  ["1327", "PROCTITLE"],
  ["1330", "KERN_MODULE"],
]);

/** A line, or the text of a message that carries one, as a record; null when it is none. */
export function auditRecord(message: LogMessage): AuditRecord | null {
  const text = message.text.startsWith("audit: ") ? message.text.slice(7) : message.text;
  const raw = RAW.exec(text);
  const match = raw ?? INTERPRETED.exec(text);
  if (match === null) return null;
  const [, node, name = "", stamp = "", serial = "", body = ""] = match;
  const utcMicros = Math.round(Number(stamp) * 1e6);
  const atMicros = raw === null ? localMicros(stamp) : Number.isSafeInteger(utcMicros) ? utcMicros : null;
  const number = /^(?:UNKNOWN\[)?(\d{1,6})\]?$/.exec(name)?.[1];
  const type = number === undefined ? name : (BY_NUMBER.get(number) ?? name);
  const event = `${stamp}:${serial}`;
  return new AuditRecord(message, { node, atMicros, text: body, type, event, isInterpreted: raw === null });
}

function localMicros(stamp: string): number | null {
  const [date = "", time = ""] = stamp.split(" ");
  for (const { pattern, order } of DATES) {
    const match = pattern.exec(date);
    if (match === null) continue;
    const [year, month, day] = order.map((index) => match[index] ?? "");
    const century = year?.length === 2 ? "20" : "";
    const at = Date.parse(`${century}${year}-${month}-${day}T${time.slice(0, 12)}Z`);
    return Number.isSafeInteger(at * 1000) ? at * 1000 : null;
  }
  return null;
}

const UNSET: ReadonlySet<string> = new Set(["unset", "4294967295", "-1", "?", "(null)", "(unknown)", ""]);

/** Who: the account that logged in, else the one that the process runs as; by name where the record has it,
 *  else the number as text. */
export function auditUser(fields: ReadonlyMap<string, string>): string | null {
  for (const name of ["AUID", "audit_user", "auid", "UID", "user", "uid"]) {
    const value = unquoted(fields.get(name) ?? "");
    if (!UNSET.has(value)) return value;
  }
  return null;
}

/** Number of the login session; null outside any. */
export function auditSession(fields: ReadonlyMap<string, string>): string | null {
  const value = unquoted(fields.get("ses") ?? "");
  return UNSET.has(value) ? null : value;
}

/** A value without its quotes. */
export function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, value.endsWith('"') ? -1 : undefined) : value;
}
