import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

test("a process id that ps does not list is a fact, and a line that is none is nothing", async () => {
  const records = await collectionRecords({
    "live_response/process/hidden_pids_for_ps_command.txt": "5424\n\n12x\n",
  });
  assert.deepEqual(
    records.map((one) => one.kind === "event" && [one.what, one.subject, one.place.line]),
    [["process-hidden", "5424", 1]],
  );
});
