import assert from "node:assert/strict";
import { test } from "node:test";
import { readVerdict, rpcId } from "../../../../src/read/capture/stratum/verdict.ts";

const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

const WORDLESS: Readonly<Record<string, string>> = {
  "a code that cannot turn into text": '{"code":{"toString":1,"valueOf":1}}',
  "a list that cannot turn into text": '[{"toString":1,"valueOf":1}]',
  "a code too deep to turn into text": `{"code":${nested(100_000)}}`,
  "a list too deep to turn into text": `[${nested(100_000)}]`,
  "a message that is none": '{"message":{"a":1}}',
};

for (const [name, error] of Object.entries(WORDLESS)) {
  test(`an answer refuses without words: ${name}`, () => {
    const answer: unknown = JSON.parse(`{"id":1,"error":${error}}`);
    assert.deepEqual(readVerdict(answer, undefined), { accepted: false, reason: null });
  });
}

test("an error's number is its words where it has no others", () => {
  assert.equal(readVerdict({ id: 1, error: { code: -1 } }, undefined).reason, "-1");
  assert.equal(readVerdict({ id: 1, error: [21] }, undefined).reason, "21");
  assert.equal(readVerdict({ id: 1, error: [21, "Job not found"] }, undefined).reason, "Job not found");
});

test("long words and ids are cut", () => {
  assert.equal(readVerdict({ error: "x".repeat(201) }, undefined).reason, "x".repeat(200));
  assert.equal(rpcId({ id: "y".repeat(65) }), "y".repeat(64));
});
