import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

test("what was asked for is an event, what came along and what was upgraded is none", async () => {
  const log = [
    "",
    "Start-Date: 2026-01-14  03:05:09",
    "Commandline: apt-get install screen",
    "Requested-By: ann (1000)",
    "Install: screen:amd64 (4.9.0-4), libutempter0:amd64 (1.2.1-3, automatic)",
    "Upgrade: vim:amd64 (1, 2)",
    "End-Date: 2026-01-14  03:05:12",
    "",
    "Start-Date: 2026-01-15  03:05:09",
    "Purge: nano:amd64 (7.2-1)",
    "End-Date: 2026-01-15  03:05:12",
  ];
  const found = await readOne(log.join("\n"));
  assert.equal(found.reader, "apt-history");
  assert.deepEqual(
    ofKind(found, "event").map(({ what, subject, user, atMicros, clock }) => [
      what,
      subject,
      user,
      atMicros,
      clock,
    ]),
    [
      ["package-installed", "screen", "ann", 1768359909000000, "local"],
      ["package-removed", "nano", null, 1768446309000000, "local"],
    ],
  );
});

test("plaso's history of a cloud machine is a few events", async (t) => {
  const path = dataPath("host/plaso/apt_history.log");
  if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
  const found = await readOne(readFileSync(path));
  assert.equal(found.reader, "apt-history");
  const events = ofKind(found, "event");
  assert.ok(events.length > 0 && events.length < 60, `${events.length}`);
  assert.ok(events.every(({ atMicros }) => atMicros !== null));
});
