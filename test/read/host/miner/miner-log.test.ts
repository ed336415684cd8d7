import assert from "node:assert/strict";
import { test } from "node:test";
import type { MinerLogRecord } from "../../../../src/model/host-record.ts";
import { MAX_RATES } from "../../../../src/read/host/miner/log-tally.ts";
import { ofKind, type ReadOne, readOne } from "../../../kit/read-one.ts";

async function logOf(lines: readonly string[]): Promise<{ log: MinerLogRecord; found: ReadOne }> {
  const found = await readOne(lines.join("\n"));
  const [log, ...more] = ofKind(found, "miner-log");
  assert.ok(log !== undefined && more.length === 0, "one record");
  return { log, found };
}

const rates = (log: MinerLogRecord): number[] => log.rates.map(({ hps }) => hps);

test("XMRig 2 wrote neither tags nor algorithms", async () => {
  const { log } = await logOf([
    " * VERSIONS:     XMRig/2.4.3 libuv/1.9.1 gcc/4.9.2",
    " * HUGE PAGES:   available, disabled",
    " * POOL #1:      pool.example:3333",
    "[2018-01-01 03:32:35] use pool pool.example:3333 192.0.2.104",
    "[2018-01-01 03:32:35] new job from pool.example:3333 diff 1000",
    "[2018-01-01 03:32:39] speed 2.5s/60s/15m n/a 13.5 n/a H/s max: n/a H/s",
    "[2018-01-01 03:33:00] accepted (1/0) diff 1000 (79 ms)",
    '[2018-01-01 03:33:20] rejected (1/1) diff 1000 "Low difficulty share" (41 ms)',
  ]);
  assert.equal(log.software, "xmrig");
  assert.deepEqual(rates(log), [13.5]);
  assert.deepEqual([log.accepted, log.rejected, log.acceptedHashes], [1, 1, 1000]);
  assert.deepEqual(log.pools, ["pool.example:3333"]);
  assert.equal(log.algorithm, null);
});

test("XMRig 6 in colours: difficulties in K, rates in kH/s, registers and pages", async () => {
  const { log, found } = await logOf([
    "[2021-08-31 11:41:29.694] \u001b[1;44m net    \u001b[0m use pool pool.example:3333 \u001b[0m 192.0.2.30",
    "[2021-08-31 11:41:29.694]  \u001b[44mnet\u001b[0m new job from pool.example:3333 diff 1000K algo rx/0",
    '[2021-08-31 11:41:30.000]  msr      register values for "ryzen_17h" preset have been set',
    "[2021-08-31 11:41:31.000]  cpu      READY threads 8/8 (8) huge pages 0% 0/8 memory 16384 KB (8 ms)",
    "[2021-08-31 11:41:32.000]  cpu      READY threads 8/8 (8) huge pages 100% 8/8 memory 16384 KB (8 ms)",
    "[2021-08-31 11:42:30.000]  miner    speed 10s/60s/15m 8.41 8.39 n/a kH/s max 8.5 kH/s",
    "[2021-08-31 11:42:40.000]  cpu      accepted (1/0) diff 1000K (41 ms)",
    "[2021-08-31 11:42:50.000]  cpu      accepted (2/0) diff 120M (41 ms)",
  ]);
  assert.deepEqual(rates(log), [8410]);
  assert.equal(log.acceptedHashes, 121_000_000);
  assert.equal(log.algorithm, "rx/0");
  assert.deepEqual(
    ofKind(found, "event").map(({ what, subject }) => `${what}: ${subject}`),
    ["huge-pages: MSR preset ryzen_17h", "huge-pages: huge pages 8/8"],
  );
});

test("a miner that was started again counts from one: what it had before is added", async () => {
  const accepted = (n: number, r: number, second: number) =>
    `[2021-08-31 11:00:0${second}.000]  cpu      accepted (${n}/${r}) diff 10 (4 ms)`;
  const { log } = await logOf([accepted(1, 0, 1), accepted(2, 1, 2), accepted(1, 0, 3), accepted(2, 0, 4)]);
  assert.deepEqual([log.accepted, log.rejected, log.acceptedHashes], [4, 1, 40]);
});

test("times are local, and each rate has its own place", async () => {
  const line = "[2026-01-14 03:19:20.480]  miner    speed 10s/60s/15m 3125.4 n/a n/a H/s max 3190.2 H/s";
  const { log } = await logOf([line, line.replace("03:19", "03:20")]);
  assert.equal(log.clock, "local");
  assert.deepEqual(
    log.rates.map(({ place }) => [place.atByte, place.line]),
    [
      [0, 1],
      [line.length + 1, 2],
    ],
  );
  assert.equal(log.firstMicros, Date.UTC(2026, 0, 14, 3, 19, 20, 480) * 1000);
  assert.equal(log.lastMicros, Date.UTC(2026, 0, 14, 3, 20, 20, 480) * 1000);
});

test("logs of containers have the engine's time, in UTC", async () => {
  const message = "miner    speed 10s/60s/15m 3125.4 n/a n/a H/s max 3190.2 H/s";
  const own = `[2026-01-14 04:19:20.480]  ${message}`;
  const at = "2026-01-14T03:19:20.480123456Z";
  const docker = JSON.stringify({ log: `\u001b[1;37m${own}\u001b[0m\n`, stream: "stdout", time: at });
  for (const line of [docker, `${at} stdout F ${own}`]) {
    const { log } = await logOf([line, line, line.slice(0, 30)]);
    assert.equal(log.clock, "utc");
    assert.deepEqual(rates(log), [3125.4, 3125.4]);
    assert.equal(log.firstMicros, Date.UTC(2026, 0, 14, 3, 19, 20) * 1000 + 480_123);
  }
});

test("xmr-stak counts nothing itself: shares at the difficulty last set", async () => {
  const { log } = await logOf([
    "[2018-08-17 13:46:47] : Fast-connecting to pool.example:1111 pool ...",
    "[2018-08-17 13:46:47] : Pool pool.example:1111 connected. Logging in...",
    "[2018-08-17 13:46:47] : Difficulty changed. Now: 8000.",
    "[2018-08-17 13:46:47] : Pool logged in.",
    "[2018-08-17 13:47:03] : Result accepted by the pool.",
    "[2018-08-17 13:47:03] : New block detected.",
    "HASHRATE REPORT - CPU",
    "| ID |    10s |    60s |    15m |",
    "Totals (CPU):   533.9  (na)  (na) H/s",
    "Totals (ALL):  1067.7  (na)  (na) H/s",
    "[2018-08-17 13:49:03] : Result rejected by the pool.",
  ]);
  assert.equal(log.software, "xmr-stak");
  assert.deepEqual(rates(log), [1067.7]);
  assert.deepEqual([log.accepted, log.rejected, log.acceptedHashes], [1, 1, 8000]);
  assert.deepEqual(log.pools, ["pool.example:1111"]);
});

test("cpuminer and ccminer count accepted of all; their difficulties are not hashes", async () => {
  const { log } = await logOf([
    "[2017-07-12 16:35:50] Starting Stratum on stratum+tcp://pool.example:3333",
    "[2017-07-12 16:35:51] 4 miner threads started, using 'scrypt' algorithm.",
    "[2017-07-12 16:36:18] accepted: 1/1 (100.00%), 163.51 khash/s (yay!!!)",
    "[2017-07-12 16:37:13] accepted: 2/3 (diff 0.443), 13.91 MH/s (yes!)",
  ]);
  assert.deepEqual(rates(log), [163_510, 13_910_000]);
  assert.deepEqual([log.accepted, log.rejected, log.acceptedHashes], [2, 1, null]);
  assert.equal(log.algorithm, "scrypt");
  assert.deepEqual(log.pools, ["stratum+tcp://pool.example:3333"]);
});

test("one rate more than are kept: every other one stays, shares are counted whole", async () => {
  const line = (n: number) => {
    const at = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString().slice(0, 23).replace("T", " ");
    return `[${at}]  miner    speed 10s/60s/15m ${n + 1}.0 n/a n/a H/s max 9 H/s`;
  };
  const whole = await logOf(Array.from({ length: MAX_RATES }, (_, n) => line(n)));
  assert.equal(whole.log.rates.length, MAX_RATES);
  assert.deepEqual(whole.found.gaps, []);
  const { log, found } = await logOf(Array.from({ length: MAX_RATES + 2 }, (_, n) => line(n)));
  assert.equal(log.rates.length, MAX_RATES / 2 + 1);
  assert.deepEqual([log.rates[0]?.hps, log.rates[1]?.hps, log.rates.at(-1)?.hps], [1, 3, MAX_RATES + 1]);
  assert.deepEqual(
    found.gaps.map(({ code }) => code),
    ["dropped-details"],
  );
});

test("prose that quotes a miner's log, and logs of others, are no logs of miners", async () => {
  const quoted = "[2021-08-31 11:42:30.000]  miner    speed 10s/60s/15m 8.4 8.3 n/a H/s max 8.5 H/s";
  const texts = [
    [...Array.from({ length: 30 }, () => "Some words about mining."), quoted, quoted].join("\n"),
    "[2021-08-31 11:42:30.000] accepted connection from 192.0.2.1 (1/0)\n".repeat(5),
    "speed 10s/60s/15m 8.4 8.3 n/a H/s\nspeed 10s/60s/15m 8.4 8.3 n/a H/s",
    "Jan 14 03:05:09 web01 cron[1]: new job from crontab\n".repeat(5),
  ];
  for (const text of texts) assert.deepEqual(ofKind(await readOne(text), "miner-log"), []);
});
