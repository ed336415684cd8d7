import { parseIp } from "../../../bytes/ip.ts";
import type { ConnectionRecord } from "../../../model/host-record.ts";
import type { CommandRecord } from "../../../model/log-record.ts";
import { auditSyscall } from "../../../tables/audit-syscalls.ts";
import type { Desk } from "../../reader.ts";
import { commandOf, eventOf, factOf, type LogMessage } from "../message.ts";
import { socketAddress } from "./audit-address.ts";
import { ArgumentList } from "./audit-arguments.ts";
import { auditText, joinedArguments } from "./audit-fields.ts";
import { AUDIT_MEANINGS, auditRepeats } from "./audit-meanings.ts";
import { type AuditRecord, auditUser, unquoted } from "./audit-record.ts";
import { auditSessions } from "./audit-sessions.ts";

/** Events that wait for further records. The kernel writes those of several processors a little mixed. */
const MAX_OPEN = 64;
/** A longer command line is cut. */
const MAX_COMMAND_CHARS = 16_384;

/** Types that tell something only together. */
const JOINED: ReadonlySet<string> = new Set(["SYSCALL", "EXECVE", "PROCTITLE", "SOCKADDR", "KERN_MODULE"]);

/** Types that are read; all others are passed over. */
export const AUDIT_TYPES: readonly string[] = [...AUDIT_MEANINGS.keys(), ...JOINED, "AUOMS_EXECVE"];

interface Open {
  syscall: AuditRecord | null;
  execve: AuditRecord | null;
  readonly arguments: ArgumentList;
  title: AuditRecord | null;
  address: AuditRecord | null;
  module: AuditRecord | null;
}

/** Joins records to events: a command line, its process and its user stand in different records. */
export class AuditEvents {
  readonly #open = new Map<string, Open>();

  take(record: AuditRecord, desk: Desk): void {
    const meaning = AUDIT_MEANINGS.get(record.type);
    if (meaning !== undefined) return meaning(record, desk);
    if (record.type === "AUOMS_EXECVE") return auoms(record, desk);
    if (!JOINED.has(record.type)) return;
    const open = this.#openOf(record, desk);
    if (record.type === "SYSCALL") open.syscall ??= record;
    else if (record.type === "PROCTITLE") open.title ??= record;
    else if (record.type === "SOCKADDR") open.address ??= record;
    else if (record.type === "KERN_MODULE") open.module ??= record;
    else if (record.type === "EXECVE") {
      open.execve ??= record;
      open.arguments.add(record);
    }
  }

  /** Tells of the events that are still open. */
  finish(desk: Desk): void {
    for (const open of this.#open.values()) tell(open, desk);
    this.#open.clear();
  }

  #openOf({ host, hostname, event }: AuditRecord, desk: Desk): Open {
    const key = `${host}\0${hostname}\0${event}`;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    if (this.#open.size >= MAX_OPEN) {
      // Half at once, the oldest first.
      for (const [old, open] of [...this.#open].slice(0, MAX_OPEN / 2)) {
        this.#open.delete(old);
        tell(open, desk);
      }
    }
    const made: Open = {
      syscall: null,
      execve: null,
      arguments: new ArgumentList(),
      title: null,
      address: null,
      module: null,
    };
    this.#open.set(key, made);
    return made;
  }
}

function tell(open: Open, desk: Desk): void {
  const { syscall, module, address } = open;
  const call = syscall === null ? null : callOf(syscall);
  if (open.execve !== null || call === "execve" || call === "execveat") tellCommand(open, desk);
  if (module !== null) tellModule(module, syscall, desk);
  if (address !== null && call !== "bind") tellConnection(address, { syscall, call }, desk);
}

/** In words, or by architecture and number. */
function callOf({ fields }: AuditRecord): string | null {
  const enriched = fields.get("SYSCALL") ?? "";
  if (enriched !== "") return enriched;
  const call = unquoted(fields.get("syscall") ?? "");
  return /^\d+$/.test(call) ? auditSyscall(fields.get("arch") ?? "", call) : call;
}

function tellCommand({ syscall, execve, arguments: list, title }: Open, desk: Desk): void {
  if (syscall?.fields.get("success") === "no") return;
  const record = execve ?? title;
  if (record === null) return;
  const text = execve === null ? titleOf(record) : list.text();
  if (text === "") return;
  noteCommand({ record, process: syscall ?? record, text }, desk);
}

function titleOf(record: AuditRecord): string {
  if (record.isInterpreted) return record.text.replace(/^proctitle=/, "").trim();
  return joinedArguments(auditText(record.fields.get("proctitle")) ?? "");
}

/** Azure's agent writes a whole event as one record, with a copy of every name as a field. */
function auoms(record: AuditRecord, desk: Desk): void {
  if (record.fields.get("success") === "no") return;
  const [, behind = ""] = record.text.split(" cmdline=", 2);
  const end = behind.indexOf(" redactors=");
  const text = end > 0 ? behind.slice(0, end).replace(/^"|"$/g, "") : auditText(record.fields.get("cmdline"));
  if (text !== null && text !== "") noteCommand({ record, process: record, text }, desk);
}

interface Command {
  /** The record that the command line stands in. */
  readonly record: AuditRecord;
  /** The record of the process. */
  readonly process: AuditRecord;
  readonly text: string;
}

function noteCommand({ record, process, text }: Command, desk: Desk): void {
  const { fields } = process;
  const user = auditUser(fields);
  const from = auditSessions(desk).fromOf(process);
  const exe = auditText(fields.get("exe"));
  const command = text.slice(0, MAX_COMMAND_CHARS);
  const pid = numberOf(fields.get("pid"));
  const ppid = numberOf(fields.get("ppid"));
  const message = withoutFields(record);
  const make = (): CommandRecord => ({
    ...commandOf(message, { text: command, user, by: "auditd" }),
    exe,
    pid,
    ppid,
    from,
  });
  const key = [record.place.evidence, record.host, record.hostname, user, from, exe, command].join("\0");
  auditRepeats(desk).take({ key, atMicros: record.atMicros, make }, desk);
}

/** What waits to be told again does not keep the fields of its record. */
function withoutFields(record: AuditRecord): LogMessage {
  const { host, hostname, atMicros, atHow, clock, program, pid, text, place, line } = record;
  return { host, hostname, atMicros, atHow, clock, program, pid, text, place, line };
}

function tellModule(module: AuditRecord, syscall: AuditRecord | null, desk: Desk): void {
  const subject = auditText(module.fields.get("name"));
  if (subject === null || syscall?.fields.get("success") === "no") return;
  const user = syscall === null ? null : auditUser(syscall.fields);
  const from = syscall === null ? null : auditSessions(desk).fromOf(syscall);
  const says = `Module ${subject} was loaded`;
  const make = () => eventOf(module, "module-loaded", { subject, user, from, says });
  const key = [module.place.evidence, module.host, module.hostname, user, from, subject].join("\0");
  auditRepeats(desk).take({ key, atMicros: module.atMicros, make }, desk);
}

interface Call {
  readonly syscall: AuditRecord | null;
  readonly call: string | null;
}

/** Loopback and port 0, by which a resolver asks for its own address, tell of nobody else. */
function tellConnection(address: AuditRecord, { syscall, call }: Call, desk: Desk): void {
  const words =
    address.fields.get("SADDR") ?? (address.isInterpreted ? undefined : address.fields.get("saddr"));
  const remote = socketAddress(words ?? address.text) ?? socketAddress(address.text);
  if (remote === null || remote.port === 0 || isLoopback(remote.ip)) return;
  const fields = syscall?.fields ?? new Map<string, string>();
  const process = auditText(fields.get("exe")) ?? auditText(fields.get("comm"));
  const key = [
    address.place.evidence,
    address.host,
    address.hostname,
    process,
    remote.ip,
    remote.port,
    call,
  ].join("\0");
  const pid = numberOf(fields.get("pid"));
  const message = withoutFields(address);
  const make = (): ConnectionRecord => ({
    ...factOf(message),
    kind: "connection",
    pid,
    process,
    local: null,
    remote,
    state: call,
  });
  auditRepeats(desk).take({ key, atMicros: address.atMicros, make }, desk);
}

function isLoopback(ip: string): boolean {
  const bytes = parseIp(ip);
  return bytes === null || bytes[0] === 127 || ip === "::1" || ip === "0.0.0.0" || ip === "::";
}

function numberOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : null;
}

/** The events of this run. */
export function auditEvents(desk: Desk): AuditEvents {
  return desk.state("audit-events", () => new AuditEvents());
}

/** Lays down what waits; called after the last piece of evidence, twice is harmless. */
export function finishAudit(desk: Desk): void {
  auditEvents(desk).finish(desk);
  auditRepeats(desk).finish(desk);
}
