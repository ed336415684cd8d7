import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../kit/read-one.ts";

const LOGS = {
  nginx: {
    time_iso8601: "2026-01-13T19:31:16+00:00",
    remote_addr: "203.0.113.9",
    request: "GET /eval-stdin.php HTTP/1.1",
    status: "404",
    http_user_agent: "x",
  },
  Caddy: {
    ts: 1768332676,
    request: {
      remote_ip: "203.0.113.9",
      method: "GET",
      uri: "/eval-stdin.php",
      headers: { "User-Agent": ["x"] },
    },
    status: 404,
  },
  Traefik: {
    ClientHost: "203.0.113.9",
    RequestMethod: "GET",
    RequestPath: "/eval-stdin.php",
    DownstreamStatus: 404,
    StartUTC: "2026-01-13T19:31:16Z",
    "request_User-Agent": "x",
  },
};

for (const [server, log] of Object.entries(LOGS)) {
  test(`JSON of ${server} is read`, async () => {
    const found = await readOne(`${JSON.stringify(log)}\n`);
    assert.equal(found.reader, "json-access");
    assert.deepEqual(
      ofKind(found, "request").map(({ exploit, client, method, target, status, agent, atMicros }) => [
        exploit,
        client,
        method,
        target,
        status,
        agent,
        atMicros,
      ]),
      [["phpunit", "203.0.113.9", "GET", "/eval-stdin.php", 404, "x", 1768332676000000]],
    );
  });
}
