import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

test("a table of commands that Kibana exported is read with its quoted rows", async () => {
  const table = [
    "\uFEFFTop 10000 values of input.keyword,@timestamp per 12 hours,Count of records",
    "uname -a,16/11/2025 00:00,38",
    '"echo ""a, b""',
    'id",16/11/2025 12:00,2',
    "no row at all",
    "",
  ].join("\n");
  const found = await readOne(table);
  assert.equal(found.reader, "honeypot-table");
  assert.deepEqual(
    ofKind(found, "command").map(({ text, atMicros, clock }) => ({ text, atMicros, clock })),
    [
      { text: "uname -a", atMicros: 1763251200000000, clock: "local" },
      { text: 'echo "a, b"\nid', atMicros: 1763294400000000, clock: "local" },
    ],
  );
  assert.deepEqual(
    ofKind(found, "host").map(({ collector }) => collector),
    ["honeypot"],
  );
});

test("every row of T-Pot's table of a fortnight is a command", async (t) => {
  const path = dataPath("host/honeypot/samdavi_tpot_Count_of_SSH_commands.csv");
  if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
  assert.equal(ofKind(await readOne(readFileSync(path)), "command").length, 2461);
});
