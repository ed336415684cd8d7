import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnyHostRecord } from "../../../src/model/host-facts.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";
import { AT_MICROS, dumped, jsonLines } from "../../kit/windows-event.ts";

/** Records of one event, without what all have. */
async function meaning(channel: string, id: number, data: object): Promise<Partial<AnyHostRecord>[]> {
  const found = await readOne(JSON.stringify(dumped([channel, id], data)));
  assert.equal(found.reader, "windows-events");
  return found.records.map((record) => {
    const {
      host: _h,
      hostname: _n,
      atMicros: _a,
      atHow: _w,
      clock: _c,
      place: _p,
      excerpt: _e,
      ...rest
    } = record;
    return rest;
  });
}

const remote = { LogonType: "3", IpAddress: "203.0.113.9", TargetUserName: "ann" };

test("logins over the network and by Remote Desktop are logins, a service's are not", async () => {
  const login = { kind: "login", key: null, times: 1, lastMicros: null, user: "ann", from: "203.0.113.9" };
  const over = { ...login, method: null, service: "windows-network" };
  assert.deepEqual(await meaning("Security", 4624, remote), [{ ...over, outcome: "accepted" }]);
  assert.deepEqual(await meaning("Security", 4625, { ...remote, LogonType: 10 }), [
    { ...over, outcome: "failed", service: "rdp", lastMicros: AT_MICROS },
  ]);
  for (const other of [
    { LogonType: "5" },
    { IpAddress: "127.0.0.1" },
    { IpAddress: "-" },
    { TargetUserName: "WS1$" },
    { TargetUserName: "ANONYMOUS LOGON" },
  ]) {
    assert.deepEqual(await meaning("Security", 4624, { ...remote, ...other }), []);
  }
});

test("processes are commands, with the numbers of process and parent", async () => {
  const started = { kind: "command", from: null, pid: 16, ppid: 32 };
  const created = {
    NewProcessName: "C:\\x.exe",
    NewProcessId: "0x10",
    ProcessId: "0x20",
    SubjectUserName: "ann",
  };
  assert.deepEqual(await meaning("Security", 4688, { ...created, CommandLine: "x -o pool.example:3333" }), [
    { ...started, text: "x -o pool.example:3333", exe: "C:\\x.exe", user: "ann", by: "windows" },
  ]);
  assert.deepEqual(await meaning("Security", 4688, created), [
    { ...started, text: "C:\\x.exe", exe: "C:\\x.exe", user: "ann", by: "windows" },
  ]);
  const image = {
    Image: "C:\\x.exe",
    CommandLine: "x",
    User: "CORP\\ann",
    ProcessId: 16,
    ParentProcessId: 32,
  };
  assert.deepEqual(await meaning("Microsoft-Windows-Sysmon/Operational", 1, image), [
    { ...started, text: "x", exe: "C:\\x.exe", user: "CORP\\ann", by: "sysmon" },
  ]);
  const block = { ScriptBlockText: "Get-Process", Path: "C:\\a.ps1" };
  assert.deepEqual(await meaning("Microsoft-Windows-PowerShell/Operational", 4104, block), [
    { ...started, pid: null, ppid: null, text: "Get-Process", exe: "C:\\a.ps1", user: null, by: "windows" },
  ]);
});

test("a task is what it starts and when", async () => {
  const xml =
    "<Task><Triggers><TimeTrigger><Repetition><Interval>PT1M</Interval></Repetition></TimeTrigger>" +
    "</Triggers><Actions><Exec><Command>cmd.exe</Command><Arguments>/c &quot;x&quot;</Arguments></Exec>" +
    "</Actions></Task>";
  assert.deepEqual(
    await meaning("Security", 4698, { TaskName: "\\upd", TaskContent: xml, SubjectUserName: "ann" }),
    [
      {
        kind: "autostart",
        mechanism: "windows-task",
        path: "C:/Windows/System32/Tasks/upd",
        name: "\\upd",
        user: "ann",
        command: 'cmd.exe /c "x"',
        schedule: "TimeTrigger every PT1M",
      },
    ],
  );
});

const DEFENDER = "Microsoft-Windows-Windows Defender/Operational";
const exclusion = (value: string) => ({ "New Value": value });
const EVENTS: readonly (readonly [channel: string, id: number, data: object, told: string | null])[] = [
  ["Security", 4720, { TargetUserName: "eve" }, "account-added: the account eve was made"],
  ["Security", 4724, { TargetUserName: "eve" }, "account-changed: the account eve got a new password"],
  [
    "Security",
    4732,
    { TargetUserName: "Administrators", MemberSid: "S-1-5-21" },
    "account-changed: the group Administrators got a member: S-1-5-21",
  ],
  ["Security", 1102, {}, "log-cleared: the event log Security was cleared"],
  ["System", 104, { Channel: "Application" }, "log-cleared: the event log Application was cleared"],
  [
    "System",
    7040,
    { param1: "WinDefend", param3: "disabled" },
    "service-stopped: the service WinDefend was disabled",
  ],
  ["System", 7040, { param1: "BITS", param3: "auto start" }, null],
  ["System", 6005, {}, "boot: the event log began: Windows started"],
  [DEFENDER, 5001, {}, "service-stopped: Windows Defender: real-time protection was switched off"],
  [
    DEFENDER,
    5007,
    exclusion("HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths\\C:\\Temp = 0x0"),
    "service-stopped: Windows Defender was told to leave out C:\\Temp",
  ],
  [DEFENDER, 5007, exclusion("HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\SpyNet\\X = 0x0"), null],
  ["Application", 1102, {}, null],
];

test("changes of accounts, services and logs are events", async () => {
  for (const [channel, id, data, told] of EVENTS) {
    const found = await readOne(jsonLines([dumped([channel, id], data), dumped(["System", 1], {})]));
    assert.deepEqual(
      ofKind(found, "event").map(({ what, says }) => `${what}: ${says}`),
      told === null ? [] : [told],
      `${channel} ${id}`,
    );
  }
});

test("who cleared a log stands one level deeper", async () => {
  const { Event } = dumped(["Security", 1102], {}) as { Event: Record<string, unknown> };
  const user = { LogFileCleared: { SubjectUserName: "eve" } };
  const found = await readOne(JSON.stringify({ Event: { ...Event, EventData: undefined, UserData: user } }));
  assert.equal(ofKind(found, "event")[0]?.user, "eve");
});
