import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cut, flipped } from "../../kit/damage.ts";
import { dataPath } from "../../kit/data.ts";
import { random } from "../../kit/random.ts";
import { type ReadOne, readOne } from "../../kit/read-one.ts";
import { AT, dumped, jsonLines } from "../../kit/windows-event.ts";

const REQUEST = '203.0.113.9 - - [13/Jan/2026:19:31:16 +0000] "POST /jars/upload HTTP/1.1" 404 12 "-" "x"';
const cowrie = { timestamp: AT, sensor: "pot.example", src_ip: "203.0.113.9", session: "s1" };
const call = {
  eventTime: AT,
  eventSource: "ec2.amazonaws.com",
  eventName: "RunInstances",
  requestParameters: { instanceType: "c5.large", instancesSet: { items: [{ maxCount: 2 }] } },
};
const audit = {
  kind: "Event",
  apiVersion: "audit.k8s.io/v1",
  stage: "ResponseComplete",
  verb: "create",
  user: { username: "system:anonymous" },
  objectRef: { resource: "pods", name: "p" },
  requestObject: { spec: { containers: [{ image: "x", command: ["id"] }] } },
  responseStatus: { code: 201 },
};
const day = { date: "2021-06-16", sensor: "pot.example", commands: [{ input: "id", count: 3 }] };
const json = { remote_addr: "203.0.113.9", request: "POST /jars/upload HTTP/1.1", status: 404, time: AT };

/** One file of each format. */
const FILES: Readonly<Record<string, string>> = {
  "access.log": `${REQUEST}\n${REQUEST}\n`,
  "container.log": `2016-10-06T00:17:09.669794202Z stdout F ${REQUEST}\n`,
  "u_ex.log":
    "#Fields: date time cs-method cs-uri-stem cs-uri-query c-ip sc-status\n" +
    "2026-01-13 19:31:16 POST /jars/upload - 203.0.113.9 404\n",
  "access.json": jsonLines([json, json]),
  "cowrie.json": jsonLines([
    { ...cowrie, eventid: "cowrie.login.success", username: "root" },
    { ...cowrie, eventid: "cowrie.command.input", input: "uname -a" },
  ]),
  "days.json": JSON.stringify([day, { ...day, pre_disconnect_command: [{ input: "w" }] }], null, 2),
  "table.csv":
    "Top 10 values of input.keyword,@timestamp per 12 hours,Count of records\n" +
    '"a ""b""\nc",16/11/2025 00:00,38\n',
  "cloudtrail.json": JSON.stringify({ Records: [call, { ...call, errorCode: "X" }] }),
  "audit.json": jsonLines([audit]),
  "security.jsonl": jsonLines([
    dumped(["Security", 4625], { LogonType: 3, IpAddress: "203.0.113.9", TargetUserName: "ann" }),
    dumped(["System", 7045], { ServiceName: "x", ImagePath: "C:\\x.exe" }),
  ]),
  "osqueryd.results.log": jsonLines([
    { hostIdentifier: "web01", unixTime: 1768359909, action: "added", columns: { cmdline: "id" } },
  ]),
  "system.xml":
    `<Event><System><EventID>7045</EventID><TimeCreated SystemTime="${AT}"/><Channel>System</Channel>` +
    '</System><EventData><Data Name="ImagePath">x</Data></EventData></Event>\n',
  ".bash_history": '#1380630977\nls\necho "a\nb"\n: 1457771210:0;ls\n- cmd: a\\nb\n  when: 1604502345\n',
  "history.log": "Start-Date: 2026-01-14  03:05:09\nInstall: screen:amd64 (4.9.0-4)\n",
  "dpkg.log": "2026-01-14 03:05:09 install screen:amd64 <none> 4.9.0-4\n",
};

/** Whatever is made of it makes sense. */
function sound({ records, summary }: ReadOne): void {
  for (const record of records) {
    assert.ok(record.atMicros === null || Number.isSafeInteger(record.atMicros));
    assert.ok(record.place.atByte >= 0 && record.place.byteLength >= 0);
    assert.ok(record.excerpt.length <= 2_000);
  }
  assert.ok(summary === null || summary.firstMicros === null || Number.isSafeInteger(summary.firstMicros));
}

for (const [name, text] of Object.entries(FILES)) {
  test(`${name} cut at each of its bytes, or with some of them changed, ends well`, async () => {
    const whole = Buffer.from(text);
    const all = await readOne(whole, name);
    assert.notEqual(all.reader, null);
    assert.ok(all.records.length > 0);
    const by = random(5);
    for (let at = 0; at < whole.length; at += 1) sound(await readOne(whole.subarray(0, at), name));
    for (const count of [1, 3, 20]) {
      for (let left = 60; left > 0; left -= 1) sound(await readOne(flipped(whole, count, by), name));
    }
  });
}

test("samples cut and changed end well", async (t) => {
  const folder = dataPath("host");
  if (folder === null) return t.skip("needs ../shared/data/host beside the checkout");
  const by = random(6);
  const names = [
    "honeypot/deroux_cowrie.json.2021-05-03",
    "plaso/apache_access.log",
    "plaso/aws_elb_access.log",
    "plaso/cri.log",
    "plaso/apt_history.log",
    "plaso/jsonl_aws_cloudtrail.jsonl",
    "plaso/zsh_extended_history.txt",
  ];
  for (const name of names) {
    const whole = readFileSync(`${folder}/${name}`);
    for (let left = 15; left > 0; left -= 1) {
      sound(await readOne(cut(whole, by), name));
      sound(await readOne(flipped(whole, 1 + by.below(30), by), name));
    }
  }
});
