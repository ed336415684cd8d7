import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMAND_NAMES } from "../../src/cli/commands.ts";
import { nearest } from "../../src/model/nearest.ts";

test("a letter too few, too many, wrong or swapped", () => {
  for (const typed of ["investigat", "investigatee", "investigote", "invetsigate", "INVESTIGATE", "inv"]) {
    assert.equal(nearest(typed, COMMAND_NAMES), "investigate", typed);
  }
  assert.equal(nearest("verfiy", COMMAND_NAMES), "verify");
  assert.equal(nearest("explian", COMMAND_NAMES), "explain");
});

test("what is far from everything is left alone, and so is nothing", () => {
  assert.equal(nearest("cook", COMMAND_NAMES), null);
  assert.equal(nearest("x".repeat(100_000), COMMAND_NAMES), null);
  assert.equal(nearest("", COMMAND_NAMES), null);
  assert.equal(nearest("investigate", []), null);
});

test("two edits in six letters are near, three are not", () => {
  assert.equal(nearest("veriXX", ["verify"]), "verify");
  assert.equal(nearest("verXXX", ["verify"]), null);
});

test("the beginning of a name counts in any case", () => {
  assert.equal(
    nearest("49k2", ["49K2y8da6qaYBAoyjGSv6VZ6gE7GpKagH6AjYQYbRQMScVhRgNY"]),
    "49K2y8da6qaYBAoyjGSv6VZ6gE7GpKagH6AjYQYbRQMScVhRgNY",
  );
  assert.equal(nearest("49x2", ["49K2y8da6qaYBAoyjGSv6VZ6gE7GpKagH6AjYQYbRQMScVhRgNY"]), null);
});
