import assert from "node:assert/strict";
import { test } from "node:test";
import { wantsColor } from "../../src/cli/terminal.ts";

const TERMINAL = { isTTY: true };
const PIPE = {};

test("who decides about colours", () => {
  assert.equal(wantsColor(false, {}, TERMINAL), true);
  assert.equal(wantsColor(false, {}, PIPE), false);
  assert.equal(wantsColor(false, { NO_COLOR: "1" }, TERMINAL), false);
  assert.equal(wantsColor(false, { NO_COLOR: "" }, TERMINAL), true, "an empty NO_COLOR says nothing");
  assert.equal(wantsColor(false, { FORCE_COLOR: "1" }, PIPE), true);
  assert.equal(wantsColor(false, { FORCE_COLOR: "0" }, TERMINAL), false);
  assert.equal(wantsColor(false, { FORCE_COLOR: "1", NO_COLOR: "1" }, PIPE), true);
  assert.equal(wantsColor(true, { FORCE_COLOR: "1" }, TERMINAL), false);
  assert.equal(wantsColor(false, { TERM: "dumb" }, TERMINAL), false);
});
