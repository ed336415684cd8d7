import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../kit/read-one.ts";

test("a miner's messages in the system's log are one record for each host", async () => {
  const lines = [
    "2026-01-14T03:18:20Z web01 xmrig[71]: [2026-01-14 04:18:20.114]  net use pool pool.example:3333",
    "2026-01-14T03:19:02Z web01 xmrig[71]: [2026-01-14 04:19:02.337]  cpu accepted (1/0) diff 75000 (41 ms)",
    "2026-01-14T03:19:20Z web01 systemd[1]: Started something",
    "2026-01-14T03:19:30Z web01 xmrig[71]:  miner    speed 10s/60s/15m 3125.4 n/a n/a H/s max 3190.2 H/s",
    "2026-01-14T03:19:31Z web02 xmrig[9]:  miner    speed 10s/60s/15m 10.0 n/a n/a H/s max 10.0 H/s",
    "2026-01-14T03:19:40Z web01 xmrig[71]: something else",
  ];
  const found = await readOne(`${lines.join("\n")}\n`, "/var/log/syslog");
  const logs = ofKind(found, "miner-log");
  assert.deepEqual(
    logs.map(({ hostname, software, accepted, acceptedHashes, pools, rates }) => [
      hostname,
      software,
      accepted,
      acceptedHashes,
      pools,
      rates.map(({ hps }) => hps),
    ]),
    [
      ["web01", "xmrig", 1, 75_000, ["pool.example:3333"], [3125.4]],
      ["web02", "xmrig", null, null, [], [10]],
    ],
  );
  assert.equal(logs[0]?.firstMicros, Date.UTC(2026, 0, 14, 3, 18, 20) * 1000);
  assert.equal(logs[0]?.lastMicros, Date.UTC(2026, 0, 14, 3, 19, 30) * 1000);
});
