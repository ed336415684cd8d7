import type { EventKind } from "../../../model/log-record.ts";
import type { Desk } from "../../reader.ts";
import { failedLogins } from "../failed-logins.ts";
import { commandOf, eventOf, loginOf } from "../message.ts";
import { Repeats } from "../repeats.ts";
import { isToldService } from "../told-services.ts";
import { auditText } from "./audit-fields.ts";
import { type AuditRecord, auditUser, unquoted } from "./audit-record.ts";
import { addressOf, auditSessions } from "./audit-sessions.ts";

type Meaning = (record: AuditRecord, desk: Desk) => void;

/** Processes whose last failure is remembered. */
const MAX_FAILURES = 10_000;
/** PAM and sshd each write a record of the same failure within this time; the next try takes longer, since
 *  PAM waits two seconds (pam_faildelay). */
const SAME_FAILURE_MICROS = 1e6;

/** What a record means by itself. Source: audit 4.0, lib/libaudit.h and lib/audit_record.h. */
export const AUDIT_MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["USER_LOGIN", login],
  ["USER_START", (record, desk) => auditSessions(desk).note(record)],
  ["USER_AUTH", (record, desk) => (isSuccess(record) ? undefined : failed(record, desk))],
  ["USER_CMD", command],
  ["ADD_USER", account("account-added")],
  ["DEL_USER", account("account-changed")],
  ["USER_MGMT", account("account-changed")],
  ["GRP_MGMT", account("account-changed")],
  ["USER_CHAUTHTOK", account("account-changed")],
  ["CONFIG_CHANGE", configuration],
  ["DAEMON_END", daemon("service-stopped")],
  ["DAEMON_ABORT", daemon("service-stopped")],
  ["DAEMON_START", daemon("service-started")],
  ["SERVICE_START", service("service-started")],
  ["SERVICE_STOP", service("service-stopped")],
  ["SYSTEM_BOOT", boot("start")],
  ["SYSTEM_SHUTDOWN", boot("stop")],
]);

function isSuccess({ fields }: AuditRecord): boolean {
  const result = unquoted(fields.get("res") ?? fields.get("success") ?? "");
  return result === "success" || result === "yes" || result === "1";
}

/** Name of the program that let in: "sshd (audit)". auth.log tells of the same logins under its own name. */
function serviceOf({ fields }: AuditRecord): string {
  const exe = auditText(fields.get("exe")) ?? "?";
  const name = exe.slice(exe.lastIndexOf("/") + 1).replace(/^sshd-(?:session|auth)$/, "sshd");
  return `${name} (audit)`;
}

function login(record: AuditRecord, desk: Desk): void {
  if (!isSuccess(record)) return failed(record, desk);
  auditSessions(desk).note(record);
  const user = accountOf(record) ?? auditUser(record.fields);
  const parts = { service: serviceOf(record), user, from: addressOf(record) };
  desk.record(loginOf(record, { outcome: "accepted", ...parts }));
}

function failed(record: AuditRecord, desk: Desk): void {
  const { fields, host, hostname, atMicros, place } = record;
  const seen = desk.state("audit-failures", () => new Map<string, number>());
  const key = `${place.evidence}\0${host}\0${hostname}\0${fields.get("pid")}`;
  const before = seen.get(key);
  if (before !== undefined && Math.abs((atMicros ?? 0) - before) <= SAME_FAILURE_MICROS) return;
  if (seen.size >= MAX_FAILURES) seen.clear();
  seen.set(key, atMicros ?? 0);
  const method = unquoted(fields.get("op") ?? "");
  const parts = {
    service: serviceOf(record),
    user: accountOf(record),
    from: addressOf(record),
    method: METHODS[method] ?? null,
  };
  failedLogins(desk).take(loginOf(record, { outcome: "failed", ...parts }), desk);
}

const METHODS: Readonly<Record<string, string>> = {
  password: "password",
  "PAM:authentication": "password",
  pubkey: "publickey",
  key: "publickey",
};

/** acct="root", or id=0; "(unknown)" and "(invalid user)" are nobody. */
function accountOf({ fields }: AuditRecord): string | null {
  const name = auditText(fields.get("acct"));
  if (name !== null) return name.startsWith("(") ? null : name;
  const number = unquoted(fields.get("ID") ?? fields.get("id") ?? "");
  return number === "" ? null : number;
}

function command(record: AuditRecord, desk: Desk): void {
  const text = auditText(record.fields.get("cmd"));
  if (text === null) return;
  const user = auditUser(record.fields);
  const from = auditSessions(desk).fromOf(record);
  const make = () => ({ ...commandOf(record, { text, user, by: "auditd" }), from });
  const key = [record.place.evidence, record.host, record.hostname, user, from, "sudo", text].join("\0");
  auditRepeats(desk).take({ key, atMicros: record.atMicros, make }, desk);
}

function account(what: EventKind): Meaning {
  return (record, desk) => {
    const subject = accountOf(record);
    if (subject === null || !isSuccess(record)) return;
    const operation = unquoted(record.fields.get("op") ?? record.type);
    // pam writes a record for each stage; the one that asks changes nothing.
    if (operation === "PAM:chauthtok" && record.fields.get("grantors") === "?") return;
    const user = auditUser(record.fields);
    const from = auditSessions(desk).fromOf(record);
    const says = `${operation} ${subject}`;
    const kind =
      what === "account-added" || /^(?:add-user|adding user)$/.test(operation) ? "account-added" : what;
    desk.record(eventOf(record, kind, { subject, user, from, says }));
  };
}

/** Auditing that is switched off, and rules that somebody who was logged in removed. */
function configuration(record: AuditRecord, desk: Desk): void {
  const { fields } = record;
  const user = auditUser(fields);
  const isOff = fields.get("audit_enabled") === "0" && fields.get("old") !== "0";
  const isRemoved = unquoted(fields.get("op") ?? "") === "remove_rule" && isPerson(fields);
  if (!isOff && !isRemoved) return;
  const says = isOff ? "Auditing was switched off" : "A rule of auditing was removed";
  const key = [record.place.evidence, record.host, record.hostname, user, says].join("\0");
  const make = () => eventOf(record, "log-cleared", { subject: "audit", user, says });
  auditRepeats(desk).take({ key, atMicros: record.atMicros, make }, desk);
}

function isPerson(fields: ReadonlyMap<string, string>): boolean {
  const number = unquoted(fields.get("auid") ?? "");
  return number !== "4294967295" && number !== "unset" && number !== "-1" && number !== "";
}

function daemon(what: EventKind): Meaning {
  return (record, desk) => {
    const user = auditUser(record.fields);
    desk.record(eventOf(record, what, { subject: "auditd", user, says: `auditd: ${record.type}` }));
  };
}

/** systemd tells the audit log of every unit. */
function service(what: EventKind): Meaning {
  return (record, desk) => {
    const unit = unquoted(record.fields.get("unit") ?? "");
    if (!isToldService(unit) || !isSuccess(record)) return;
    const says = `${record.type}: ${unit}`;
    desk.record(eventOf(record, what, { subject: unit, says }));
  };
}

function boot(subject: string): Meaning {
  return (record, desk) => desk.record(eventOf(record, "boot", { subject, says: `auditd: ${record.type}` }));
}

/** Commands and connections of this run, each kind once. */
export function auditRepeats(desk: Desk): Repeats {
  return desk.state("audit-repeats", () => new Repeats());
}
