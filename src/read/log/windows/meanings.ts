import type { HostFact } from "../../../model/host-fact.ts";
import type { EventKind } from "../../../model/log-record.ts";
import type { Desk } from "../../reader.ts";
import type { AlikeCommands } from "../alike-commands.ts";
import { failedLogins } from "../failed-logins.ts";
import type { WindowsEvent } from "./event.ts";
import { taskOf } from "./task.ts";

/** Where an event goes; one per file. */
export interface Out {
  readonly desk: Desk;
  readonly commands: AlikeCommands;
}

/** What has been said of one event already. */
export interface Told {
  readonly event: WindowsEvent;
  readonly fact: HostFact;
}

type Meaning = (told: Told, out: Out) => void;

/** A script block may be a whole module. */
const MOST_SCRIPT_CHARS = 4_000;

/** What events mean, by log and number. The second names of fields are those of Hayabusa.
 *
 *  Source: Microsoft Learn, "Advanced security audit policy" (4624 … 4756), Security Auditing 1102, 4697,
 *  Service Control Manager 7040 and 7045, EventLog 104 and 6005 … 6008, Defender 5001, 5007, 5010, 5012,
 *  PowerShell 4104; Sysinternals Sysmon, Events.
 */
export const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ["security 4624", login("accepted")],
  ["security 4625", login("failed")],
  ["security 4688", started],
  ["security 4697", service],
  ["security 4698", task],
  ["security 4702", task],
  ["security 4720", account("account-added", "was made")],
  ["security 4724", account("account-changed", "got a new password")],
  ["security 4728", account("account-changed", "got a member", "group")],
  ["security 4732", account("account-changed", "got a member", "group")],
  ["security 4756", account("account-changed", "got a member", "group")],
  ["security 1102", cleared],
  ["system 104", cleared],
  ["system 7045", service],
  ["system 7040", disabled],
  ["system 6005", boot("the event log began: Windows started")],
  ["system 6006", boot("the event log ended: Windows was shut down")],
  ["system 6008", boot("Windows had not been shut down properly")],
  ["defender 5001", defender("real-time protection was switched off")],
  ["defender 5010", defender("the scan for malware was switched off")],
  ["defender 5012", defender("the scan for viruses was switched off")],
  ["defender 5007", exclusion],
  ["powershell 4104", script],
  ["sysmon 1", sysmonStarted],
]);

/** Addresses that say that a login came from the machine itself. */
const LOCAL: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "LOCAL"]);
/** 3 over the network, 8 the same with the password in clear, 10 Remote Desktop. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ["3", "windows-network"],
  ["8", "windows-network"],
  ["10", "rdp"],
]);

function login(outcome: "accepted" | "failed"): Meaning {
  return ({ event: { field }, fact }, { desk }) => {
    // Hayabusa writes "3 - NETWORK".
    const type = /^\d{1,2}/.exec(field("LogonType", "Type") ?? "")?.[0] ?? "";
    const over = SERVICES.get(type);
    const from = field("IpAddress", "SrcIP");
    const user = field("TargetUserName", "TgtUser");
    // Machine accounts and nobody log in all the time.
    if (over === undefined || from === null || LOCAL.has(from) || user === null) return;
    if (user.endsWith("$") || /^ANONYMOUS/i.test(user)) return;
    const record = {
      ...fact,
      kind: "login",
      outcome,
      user,
      from: from.replace(/^::ffff:/i, ""),
      method: field("AuthenticationPackageName", "AuthPkg"),
      service: over,
      key: null,
      times: 1,
      lastMicros: null,
    } as const;
    if (outcome === "accepted") desk.record(record);
    else failedLogins(desk).take(record, desk);
  };
}

function started({ event: { field }, fact }: Told, { desk, commands }: Out): void {
  const exe = field("NewProcessName", "Proc");
  const text = field("CommandLine", "Cmdline") ?? exe;
  if (text === null) return;
  const user = field("TargetUserName", "SubjectUserName", "User");
  const pid = numberIn(field("NewProcessId", "PID"));
  const ppid = numberIn(field("ProcessId", "ParentPID"));
  const said = { text, user, exe, pid, ppid, from: null, by: "windows" };
  commands.take({ ...fact, kind: "command", ...said }, desk);
}

function sysmonStarted({ event: { field }, fact }: Told, { desk, commands }: Out): void {
  const exe = field("Image", "Proc");
  const text = field("CommandLine", "Cmdline") ?? exe;
  if (text === null) return;
  const pid = numberIn(field("ProcessId", "PID"));
  const ppid = numberIn(field("ParentProcessId", "ParentPID"));
  const said = { text, user: field("User"), exe, pid, ppid, from: null, by: "sysmon" };
  commands.take({ ...fact, kind: "command", ...said }, desk);
}

function script({ event: { field }, fact }: Told, { desk, commands }: Out): void {
  const text = field("ScriptBlockText", "ScriptBlock")?.slice(0, MOST_SCRIPT_CHARS) ?? null;
  if (text === null) return;
  const exe = field("Path");
  const said = { text, user: null, exe, pid: null, ppid: null, from: null, by: "windows" };
  commands.take({ ...fact, kind: "command", ...said }, desk);
}

function service({ event: { field }, fact }: Told, { desk }: Out): void {
  const command = field("ImagePath", "ServiceFileName", "Path");
  const name = field("ServiceName", "Svc");
  if (command === null) return;
  desk.record({
    ...fact,
    kind: "autostart",
    mechanism: "windows-service",
    path: `HKLM/SYSTEM/CurrentControlSet/Services/${name ?? ""}`,
    name,
    user: field("AccountName", "ServiceAccount", "Acct"),
    command,
    schedule: field("StartType", "ServiceStartType"),
  });
}

function task({ event: { field }, fact }: Told, { desk }: Out): void {
  const name = field("TaskName", "Name");
  const { command, schedule } = taskOf(field("TaskContent", "TaskContentNew", "Content") ?? "");
  if (command === null) return;
  const path = `C:/Windows/System32/Tasks${(name ?? "").replaceAll("\\", "/")}`;
  const user = field("SubjectUserName", "User");
  desk.record({ ...fact, kind: "autostart", mechanism: "windows-task", path, name, user, command, schedule });
}

function account(what: EventKind, done: string, of = "account"): Meaning {
  return (told, out) => {
    const { field } = told.event;
    const subject = field("TargetUserName", "TgtUser", "TgtGrp");
    const member = of === "group" ? field("MemberName", "MemberSid", "SrcSID") : null;
    const who = member === null ? "" : `: ${member}`;
    tell(told, out, { what, subject: subject ?? "?", says: `the ${of} ${subject ?? "?"} ${done}${who}` });
  };
}

function cleared(told: Told, out: Out): void {
  const { log, field } = told.event;
  const name = log === "security" ? "Security" : (field("Channel", "Log") ?? "?");
  tell(told, out, { what: "log-cleared", subject: name, says: `the event log ${name} was cleared` });
}

function disabled(told: Told, out: Out): void {
  const { field } = told.event;
  const name = field("param1", "Svc");
  if (name === null || !/^disabled$/i.test(field("param3", "NewStartType") ?? "")) return;
  tell(told, out, { what: "service-stopped", subject: name, says: `the service ${name} was disabled` });
}

function boot(says: string): Meaning {
  return (told, out) => tell(told, out, { what: "boot", subject: "Windows", says });
}

function defender(says: string): Meaning {
  return (told, out) => {
    tell(told, out, {
      what: "service-stopped",
      subject: "Windows Defender",
      says: `Windows Defender: ${says}`,
    });
  };
}

/** Of all changed settings, only what Defender shall not look at. */
function exclusion(told: Told, out: Out): void {
  const value = told.event.field("New Value", "NewValue", "New_Value") ?? "";
  const left = /\\Exclusions\\(?:Paths|Processes|Extensions|IpAddresses)\\(.{1,400}?)(?: = 0x\w+)?$/i.exec(
    value,
  )?.[1];
  if (left === undefined) return;
  const says = `Windows Defender was told to leave out ${left}`;
  tell(told, out, { what: "service-stopped", subject: "Windows Defender", says });
}

interface Event {
  readonly what: EventKind;
  readonly subject: string;
  readonly says: string;
}

function tell({ event: { field }, fact }: Told, { desk }: Out, said: Event): void {
  desk.record({ ...fact, kind: "event", ...said, user: field("SubjectUserName", "User"), from: null });
}

/** A process id, decimal or 0x…; null when it is none. */
export function numberIn(text: string | null): number | null {
  return text !== null && /^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(text) ? Number(text) : null;
}
