import assert from "node:assert/strict";
import { test } from "node:test";
import { flagOf } from "../../src/cli/flags.ts";
import {
  CHECKS,
  hashrateOf,
  hopOf,
  isDay,
  limitOf,
  percentOf,
  policiesOf,
  untilOf,
} from "../../src/cli/kinds.ts";

test("days are days of the calendar", () => {
  for (const day of ["2017-06-01", "2016-02-29", "1999-12-31"]) assert.ok(isDay(day), day);
  for (const text of [
    "2017-02-29",
    "2017-13-01",
    "2017-6-1",
    "01.06.2017",
    "2017-06-01T00:00",
    "",
    "2017-00-10",
  ]) {
    assert.ok(!isDay(text), text);
  }
});

test("percentages from 0 to 100, with and without their sign", () => {
  assert.equal(percentOf("0"), 0);
  assert.equal(percentOf("1"), 0.01);
  assert.equal(percentOf("0.6%"), 0.006);
  assert.equal(percentOf("100"), 1);
  for (const text of ["100.1", "-1", "", "one", "1e2", "1.", ".5"]) assert.equal(percentOf(text), null, text);
});

test("hash rates with prefixes and units", () => {
  assert.equal(hashrateOf("900"), 900);
  assert.equal(hashrateOf("16.8kH/s"), 16_800);
  assert.equal(hashrateOf("16.8 KH/s"), 16_800);
  assert.equal(hashrateOf("1.2M"), 1.2e6);
  assert.equal(hashrateOf("14th/s"), 14e12);
  assert.equal(hashrateOf("45 Sol/s"), 45);
  assert.equal(hashrateOf("2 Ghps"), 2e9);
  for (const text of ["0", "-5", "fast", "1 zH/s", "1 kW", ""]) assert.equal(hashrateOf(text), null, text);
});

test("thresholds", () => {
  assert.deepEqual(limitOf("ssh-guessing.failures=50"), { name: "ssh-guessing.failures", value: 50 });
  assert.deepEqual(limitOf("mining.rate=0.5"), { name: "mining.rate", value: 0.5 });
  for (const text of ["failures=50", "a.b", "a.b=", "a.b=x", "a.b=1=2", "a.b=1e9", ".b=1"]) {
    assert.equal(limitOf(text), null, text);
  }
});

test("a cut-off is a height, a day to its end, or a time", () => {
  assert.deepEqual(untilOf("495000"), { height: 495_000 });
  assert.deepEqual(untilOf("2017-08-03"), { micros: Date.UTC(2017, 7, 4) * 1000 - 1 });
  assert.deepEqual(untilOf("2017-08-03T03:30Z"), { micros: Date.UTC(2017, 7, 3, 3, 30) * 1000 });
  assert.deepEqual(untilOf("2017-08-03T03:30:59Z"), { micros: Date.UTC(2017, 7, 3, 3, 30, 59) * 1000 });
  for (const text of ["2017-02-30", "2017-08-03T25:00Z", "2017-08-03T03:30", "-1", "1e6", ""]) {
    assert.equal(untilOf(text), null, text);
  }
});

test("policies, hops, sources and satoshi", () => {
  assert.deepEqual(policiesOf("fifo,haircut, fifo"), ["fifo", "haircut"]);
  for (const text of ["", "fifo,", "mixed"]) assert.equal(policiesOf(text), null, text);
  const txid = "F4".padEnd(64, "0");
  assert.deepEqual(hopOf(`${txid}=1`), { txid: txid.toLowerCase(), vout: 1 });
  for (const text of [txid, `${txid}=`, `${txid.slice(1)}=1`]) assert.equal(hopOf(text), null, text);
  const fault = (flag: "chain" | "min-sats", text: string): string | null =>
    CHECKS[flagOf(flag).kind](text, flagOf(flag));
  for (const good of ["blocks:x", "rpc:http://u:p@h:1", "esplora:http://h", "slice:a b.csv"]) {
    assert.equal(fault("chain", good), null, good);
  }
  for (const bad of ["blocks:", "x", "bitcoin:x"]) assert.ok(fault("chain", bad) !== null, bad);
  assert.equal(fault("min-sats", "546"), null);
  assert.ok(fault("min-sats", "5.5") !== null);
});
