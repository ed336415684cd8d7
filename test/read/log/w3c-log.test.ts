import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../kit/read-one.ts";

test("IIS' fields are taken by their names, which may change within a file", async () => {
  const log = [
    "#Software: Microsoft Internet Information Services 10.0",
    "#Fields: date time s-computername cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status",
    "2026-01-13 19:31:16 WEB1 GET / - 203.0.113.9 Mozilla/5.0+(x) 200",
    "2026-01-13 19:31:17 WEB1 POST /autodiscover/autodiscover.json @x.example/powershell 203.0.113.9 a+b 302",
    "#Fields: time date c-ip cs-method cs-uri-stem cs-uri-query sc-status",
    "19:31:18 2026-01-13 203.0.113.10 GET /vendor/eval-stdin.php - 404",
  ].join("\r\n");
  const found = await readOne(log);
  assert.equal(found.reader, "w3c-log");
  assert.deepEqual(
    ofKind(found, "request").map(({ exploit, client, target, status, agent, hostname }) => [
      exploit,
      client,
      target,
      status,
      agent,
      hostname,
    ]),
    [
      [
        "exchange-proxy",
        "203.0.113.9",
        "/autodiscover/autodiscover.json?@x.example/powershell",
        302,
        "a b",
        "WEB1",
      ],
      ["phpunit", "203.0.113.10", "/vendor/eval-stdin.php", 404, null, null],
    ],
  );
  assert.equal(found.summary?.firstMicros, 1768332676000000);
  assert.equal(found.summary?.lastMicros, 1768332678000000);
});

test("CloudFront separates by tabs", async () => {
  const names = [
    "date",
    "time",
    "c-ip",
    "cs-method",
    "cs-uri-stem",
    "sc-status",
    "cs(User-Agent)",
    "cs-uri-query",
  ];
  const values = ["2026-01-13", "19:31:16", "203.0.113.9", "GET", "/x", "404", "curl%20y", "a=$%7Bjndi:x%7D"];
  const found = await readOne(`#Version: 1.0\n#Fields: ${names.join(" ")}\n${values.join("\t")}\n`);
  assert.deepEqual(
    ofKind(found, "request").map(({ exploit }) => exploit),
    ["log4shell"],
  );
});
