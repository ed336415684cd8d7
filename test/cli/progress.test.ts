import assert from "node:assert/strict";
import { test } from "node:test";
import { progressLine, startProgress } from "../../src/cli/progress.ts";

const STEP = { doing: "Reading", bytesDone: 250_000_000, bytesTotal: 1_000_000_000, file: "a.pcap" };

test("part, bytes, rate, time left and file", () => {
  assert.equal(progressLine(STEP, 2, 120), "Reading   25 %  250 MB of 1.00 GB  125 MB/s  6 s left  a.pcap");
});

test("no time left without a total, before a second has passed, or at the end", () => {
  assert.equal(progressLine({ ...STEP, bytesTotal: null }, 2, 120), "Reading  250 MB  125 MB/s  a.pcap");
  assert.doesNotMatch(progressLine(STEP, 0.9, 120), /left/);
  assert.match(progressLine(STEP, 1, 120), /left/);
  assert.match(
    progressLine({ ...STEP, bytesDone: 1_000_000_000 }, 4, 120),
    /^Reading {2}100 % {2}[^l]*a\.pcap$/,
  );
});

test("the line fits, and a file's name cannot steer the terminal", () => {
  const line = progressLine({ ...STEP, file: `\u001b[2J${"x".repeat(200)}` }, 2, 60);
  assert.ok(line.length <= 59);
  assert.ok(!line.includes("\u001b"));
});

test("it is drawn ten times a second at most and wiped at the end", () => {
  const drawn: string[] = [];
  let now = 0;
  const progress = startProgress(
    (text) => drawn.push(text),
    () => 80,
    () => now,
  );
  for (now = 0; now < 1000; now += 1) progress.show({ ...STEP, bytesDone: now });
  assert.equal(drawn.length, 10);
  progress.end();
  assert.equal(drawn.at(-1), "\r\u001b[2K");
  progress.end();
  assert.equal(drawn.length, 11);
});

test("a call that draws nothing costs next to nothing", () => {
  const progress = startProgress(
    () => {},
    () => 80,
  );
  const began = performance.now();
  for (let call = 0; call < 100_000; call++) progress.show(STEP);
  const micros = ((performance.now() - began) * 1000) / 100_000;
  assert.ok(micros < 5, `${micros} µs a call`);
});
