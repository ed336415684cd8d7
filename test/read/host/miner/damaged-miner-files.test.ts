import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, flipped } from "../../../kit/damage.ts";
import { random } from "../../../kit/random.ts";
import { readOne } from "../../../kit/read-one.ts";

/** Nobody's: made from a constant, its checksum holds. */
const XMR = "47GprUiHcahFwrywVBncbn4vq5C9kWGiHZzV3YBagK1q4sBoGMpwTHYDuVrAgVnC22aCD1iTY88f93PFzvdCtYUAUTs5TB5";
const RATE = "[2026-01-14 03:19:20.480]  miner    speed 10s/60s/15m 3125.4 n/a n/a H/s max 3190.2 H/s";
const SHARE = "[2026-01-14 03:19:02.337]  cpu      accepted (1/0) diff 75000 (41 ms)";

/** A file of each kind, by its path. */
const SAMPLES: Readonly<Record<string, string>> = {
  "/tmp/config.json": `{"randomx": 1, /* x */ "pools": [{"url": "pool.example:3333", "user": "${XMR}",},]}`,
  "/tmp/pools.txt": `"pool_list" : [{"pool_address" : "pool.example:3333", "wallet_address" : "${XMR}",},],`,
  "/tmp/miner.log": `${RATE}\n${SHARE}\n${RATE}\n`,
  "/tmp/docker-json.log": `${JSON.stringify({ log: `${RATE}\n`, time: "2026-01-14T03:19:20Z" })}\n`.repeat(2),
  "/tmp/run.sh": `#!/bin/sh\nW=${XMR}\n./xmrig -o stratum+tcp://pool.example:3333 -u $W\n`,
  "/tmp/epools.txt": `POOL: eth.example:4444, WALLET: 0x52908400098527886E0F7030069857D2E4169EE7, PSW: x\n`,
};

for (const [path, text] of Object.entries(SAMPLES)) {
  test(`${path} cut at every byte and with changed bytes ends well`, async () => {
    const whole = Buffer.from(text);
    assert.ok((await readOne(whole, path)).records.length > 0, "tells something when whole");
    for (let at = 0; at < whole.length; at += 1) await readOne(whole.subarray(0, at), path);
    const by = random(11);
    for (const count of [1, 5, 40]) {
      for (let left = 30; left > 0; left -= 1) await readOne(flipped(whole, count, by), path);
      for (let left = 10; left > 0; left -= 1) await readOne(flipped(cut(whole, by), 1, by), path);
    }
  });
}

test("settings that nest, that never close, and that are one long text end at once", async () => {
  const head = `{"donate-level": 1, "pools": [{"url": "pool.example:3333", "user": "${XMR}"}], "x": `;
  for (const part of ["[", "{", '{"a":', "[[],", "'", '"', "/*", "//", "0,", "\\", "a:", ","]) {
    await readOne(head + part.repeat(400_000), "/tmp/config.json");
  }
});
