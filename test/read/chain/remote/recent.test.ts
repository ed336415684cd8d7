import assert from "node:assert/strict";
import { test } from "node:test";
import { Recent } from "../../../../src/read/chain/remote/recent.ts";

test("the oldest values make room by their weight", () => {
  const recent = new Recent<string>(10, (text) => text.length);
  recent.put("a", "1234");
  recent.put("b", "123456");
  assert.deepEqual([recent.get("a"), recent.get("b")], ["1234", "123456"]);
  recent.put("c", "1");
  assert.deepEqual([recent.get("a"), recent.get("b"), recent.get("c")], [undefined, "123456", "1"]);
  recent.put("d", "1234567890");
  assert.deepEqual([recent.get("b"), recent.get("c"), recent.get("d")], [undefined, undefined, "1234567890"]);
});

test("what is heavier than all of it is not remembered, and pushes nothing out", () => {
  const recent = new Recent<string>(10, (text) => text.length);
  recent.put("a", "1234");
  recent.put("b", "12345678901");
  assert.deepEqual([recent.get("a"), recent.get("b")], ["1234", undefined]);
});

test("a value that is put again weighs once", () => {
  const recent = new Recent<string>(10, (text) => text.length);
  for (let i = 0; i < 5; i += 1) recent.put("a", "1234");
  recent.put("b", "123456");
  assert.equal(recent.get("a"), "1234");
});
