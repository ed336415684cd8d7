import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { investigated } from "../../kit/investigated.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";
import { AT, AT_MICROS, dumped, jsonLines } from "../../kit/windows-event.ts";

const service = { ServiceName: "upd", ImagePath: "C:\\Temp\\x.exe", AccountName: "LocalSystem" };
const system = { EventID: 7045, Computer: "WS1.corp.example", Channel: "System", EventRecordID: 7 };

const SHAPES: Readonly<Record<string, object>> = {
  evtx_dump: dumped(["System", 7045], service, 7),
  "evtx_dump with separate attributes": {
    Event: { System: { ...system, TimeCreated_attributes: { SystemTime: AT } }, EventData: service },
  },
  "Chainsaw hunt": { name: "rule", document: { kind: "evtx", data: dumped(["System", 7045], service, 7) } },
  "Velociraptor's artefact": { EventTime: AT, ...system, EventData: service },
  "Velociraptor's parse_evtx": {
    System: { ...system, EventID: { Value: 7045 }, TimeCreated: { SystemTime: AT_MICROS / 1e6 } },
    EventData: service,
  },
  "Hayabusa 3": {
    Timestamp: "2026-01-14 12:05:09.123456 +09:00",
    RuleTitle: "Svc Installed",
    ...system,
    Channel: "Sys",
    RecordID: 7,
    Details: { Svc: "upd", Path: "C:\\Temp\\x.exe", Acct: "LocalSystem" },
  },
  "Hayabusa 2": {
    Timestamp: AT,
    RuleTitle: "Svc Installed",
    ...system,
    Channel: "Sys",
    Details: "Svc: upd ¦ Path: C:\\Temp\\x.exe ¦ Acct: LocalSystem",
  },
  Winlogbeat: {
    "@timestamp": AT,
    winlog: { channel: "System", event_id: "7045", computer_name: "WS1.corp.example", event_data: service },
  },
  NXLog: { EventTime: AT, Hostname: "WS1.corp.example", Channel: "System", EventID: 7045, ...service },
};

for (const [tool, event] of Object.entries(SHAPES)) {
  test(`the event of a new service is the same from ${tool}`, async () => {
    const found = await readOne(`${JSON.stringify(event)}\n`);
    assert.equal(found.reader, "windows-events");
    assert.deepEqual(
      ofKind(found, "autostart").map(({ mechanism, name, command, user, hostname, atMicros }) => [
        mechanism,
        name,
        command,
        user,
        hostname,
        atMicros,
      ]),
      [["windows-service", "upd", "C:\\Temp\\x.exe", "LocalSystem", "WS1.corp.example", AT_MICROS]],
    );
  });
}

test("evtx_dump's default JSON, with a line between the records, is read", async () => {
  const records = [1, 2].map(
    (id) => `Record ${id}\n${JSON.stringify(dumped(["System", 7045], service, id), null, 2)}`,
  );
  assert.equal(ofKind(await readOne(records.join("\n")), "autostart").length, 2);
});

test("an event that several rules hit is told once", async () => {
  const hit = { name: "rule", document: { data: dumped(["System", 7045], service, 7) } };
  assert.equal(ofKind(await readOne(JSON.stringify([hit, hit])), "autostart").length, 1);
});

const SYSMON = "Microsoft-Windows-Sysmon/Operational";

test("Sysmon's connections are told once a peer, in the direction that they had", async () => {
  const ends = {
    Image: "C:\\x.exe",
    ProcessId: 16,
    SourceIp: "192.0.2.4",
    SourcePort: 50_000,
    DestinationIp: "203.0.113.9",
    DestinationPort: 3333,
  };
  const lines = [
    dumped([SYSMON, 3], { ...ends, Initiated: "true" }),
    dumped([SYSMON, 3], { ...ends, SourcePort: 50_001, Initiated: "true" }),
    dumped([SYSMON, 3], { ...ends, Initiated: "false" }),
    dumped([SYSMON, 3], { ...ends, DestinationPort: 0 }),
  ];
  const found = await readOne(jsonLines(lines));
  assert.deepEqual(
    ofKind(found, "connection").map(({ process, remote, state }) => [process, remote, state]),
    [
      ["C:\\x.exe", { ip: "203.0.113.9", port: 3333 }, "connect"],
      ["C:\\x.exe", { ip: "192.0.2.4", port: 50_000 }, "accept"],
    ],
  );
});

test("of the names that Sysmon saw asked for, only pools' are records", async () => {
  const names = ["pool.supportxmr.com", "www.example"].map((QueryName) =>
    dumped([SYSMON, 22], { QueryName, Image: "C:\\x.exe" }),
  );
  assert.deepEqual(
    ofKind(await readOne(jsonLines(names)), "pool-url").map(({ poolHost, path }) => `${poolHost} ${path}`),
    ["pool.supportxmr.com C:\\x.exe"],
  );
});

test("Sysmon for Linux is read through Azure's JSON and in syslog", async () => {
  const xml =
    '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><TimeCreated ' +
    `SystemTime="${AT}"/><Channel>Linux-Sysmon/Operational</Channel><Computer>web01</Computer></System>` +
    '<EventData><Data Name="Image">/bin/sh</Data><Data Name="CommandLine">sh -c &quot;id&quot;</Data>' +
    '<Data Name="User">tomcat</Data><Data Name="ProcessId">16</Data></EventData></Event>';
  const azure = JSON.stringify({
    SyslogMessage: xml,
    ProcessName: "sysmon",
    HostName: "web01",
    EventTime: AT,
  });
  const syslog = `Jan 14 03:05:09 web01 sysmon: ${xml}`;
  for (const text of [azure, syslog]) {
    assert.deepEqual(
      ofKind(await readOne(`${text}\n`), "command").map(({ text: said, user, by, hostname, atMicros }) => [
        said,
        user,
        by,
        hostname,
        atMicros,
      ]),
      [['sh -c "id"', "tomcat", "sysmon", "web01", AT_MICROS]],
    );
  }
});

test("OTRF's Log4Shell recording holds 31 commands and five peers", async (t) => {
  const path = dataPath("host/otrf/syslog_sysmon_log4shell_cve2021_44228_jndi_reference.zip");
  if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
  const { case: found } = await investigated([path]);
  assert.deepEqual(
    found.hosts.map(({ name, counts }) => [name, counts["command"], counts["connection"]]),
    [["UBUNTU5", 31, 5]],
  );
});

test("a binary event log says what to do with it", async (t) => {
  const folder = dataPath("host/evtx");
  if (folder === null) return t.skip("needs ../shared/data/host beside the checkout");
  for (const name of readdirSync(folder)) {
    const found = await readOne(readFileSync(`${folder}/${name}`));
    assert.equal(found.reader, "evtx");
    assert.ok(found.gaps[0]?.says.includes("evtx_dump -o jsonl"));
  }
});
