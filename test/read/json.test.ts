import assert from "node:assert/strict";
import { test } from "node:test";
import { eachJson, type JsonPiece } from "../../src/read/json.ts";
import { StreamWindow } from "../../src/read/source/stream-window.ts";
import { RunDesk } from "../../src/run/desk.ts";

async function pieces(text: string): Promise<{ found: JsonPiece[]; gaps: string[] }> {
  const desk = new RunDesk();
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
  }
  const window = new StreamWindow(chunks());
  const found: JsonPiece[] = [];
  const source = { id: "e1", name: "x", path: "x", host: "e1", modifiedMicros: null, window };
  await eachJson(source, desk, (piece) => found.push(piece));
  return { found, gaps: desk.gaps().map(({ code, count }) => `${code} ${count}`) };
}

const values = (found: readonly JsonPiece[]) => found.map(({ value }) => value);

for (const [how, text] of Object.entries({
  lines: '{"a":1}\n{"a":{"b":"}{"}}\n',
  array: '[{"a":1},{"a":{"b":"}{"}}]',
  pretty: '[\n {\n  "a": 1\n },\n {\n  "a": {\n   "b": "}{"\n  }\n }\n]\n',
  records: '{"Records":[{"a":1},{"a":{"b":"}{"}}]}',
  "events of a command line": '{\n  "Events": [ {"a":1}, {"a":{"b":"}{"}} ],\n "NextToken": "x" }',
  concatenated: '{"a":1}{"a":{"b":"}{"}}',
})) {
  test(`objects are found in ${how}`, async () => {
    const { found, gaps } = await pieces(text);
    assert.deepEqual(values(found), [{ a: 1 }, { a: { b: "}{" } }]);
    assert.deepEqual(gaps, []);
  });
}

test("each object has its place and line", async () => {
  const { found } = await pieces('\n[ {"a":"ä"},\n  {"b":2} ]');
  assert.deepEqual(
    found.map(({ atByte, byteLength, number }) => ({ atByte, byteLength, number })),
    [
      { atByte: 3, byteLength: 10, number: 2 },
      { atByte: 17, byteLength: 7, number: 3 },
    ],
  );
});

test("a line that was cut off does not take the next one with it", async () => {
  const { found, gaps } = await pieces('{"a":"cut\n{"b":1}\n{"c":{"d":2}\n{"e":3}\n');
  assert.deepEqual(values(found), [{ b: 1 }, { d: 2 }, { e: 3 }]);
  assert.deepEqual(gaps, ["malformed-line 2"]);
});

test("an object of more than the limit is passed over, and what follows is read", async () => {
  const { found, gaps } = await pieces(`{"a":"${"x".repeat(500_000)}"}\n{"b":1}\n`);
  assert.deepEqual(values(found), [{ b: 1 }]);
  assert.deepEqual(gaps, ["oversized-message 1"]);
});

test("nothing but opening braces ends, and is a gap", async () => {
  const { found, gaps } = await pieces("{\n".repeat(100_000));
  assert.deepEqual(found, []);
  assert.equal(gaps.length, 1);
});
