import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

test("who was collected, in which zone, from when to when", async () => {
  const text = `2026-11-22 18:43:17 +0100 INF Unix-like Artifacts Collector 3.3.0
2026-11-22 18:43:17 +0100 INF Hostname: db.example.org
2026-11-22 18:44:45 +0100 INF Artifacts collection completed in 87 seconds
`;
  const [found, ...others] = await collectionRecords({ "uac.log": text, "[root]/etc/passwd": "" });
  assert.deepEqual(others, []);
  assert.ok(found?.kind === "host");
  assert.equal(found.name, "db.example.org");
  assert.equal(found.zone, "Etc/GMT-1");
  assert.equal(found.collector, "uac");
  assert.equal(found.collectedFirstMicros, Date.UTC(2026, 10, 22, 17, 43, 17) * 1000);
  assert.equal(found.collectedLastMicros, Date.UTC(2026, 10, 22, 17, 44, 45) * 1000);
});
