import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, wantsColor } from "../../src/cli/terminal.ts";

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

test("a width that can be drawn in, whatever the stream says of itself", () => {
  assert.equal(columnsOf({ isTTY: true, columns: 132 }), 132);
  assert.equal(columnsOf({ isTTY: true, columns: 0 }), 80);
  assert.equal(columnsOf({ isTTY: true }), 80);
  assert.equal(columnsOf({ isTTY: true, columns: 3 }), 40);
  assert.equal(columnsOf({ columns: 3 }), 100);
});
