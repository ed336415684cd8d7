import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Gap } from "../../../src/model/gap.ts";
import { dataPath } from "../../kit/data.ts";
import { collectionRecords } from "../../kit/host-records.ts";

const LOG = "host/uac/uac-web01-linux-20261122174317.log";

test("case, host, times in UTC, and the hashes of the archive", async (t) => {
  const path = dataPath(LOG);
  if (path === null) return t.skip(`needs ../shared/data/${LOG}`);
  const [found, ...others] = await collectionRecords({ "uac-web01.log": readFileSync(path) });
  assert.deepEqual(others, []);
  assert.ok(found?.kind === "custody");
  assert.equal(found.tool, "UAC 3.3.0");
  assert.equal(found.file, "uac-web01-linux-20261122174317.tar.gz");
  assert.equal(found.hostname, "web01");
  assert.equal(found.caseNumber, "FIXTURE-1");
  assert.equal(found.evidenceNumber, "001");
  assert.equal(found.examiner, "fixture");
  assert.equal(found.startedMicros, Date.UTC(2026, 10, 22, 17, 43, 18) * 1000);
  assert.equal(found.finishedMicros, Date.UTC(2026, 10, 22, 17, 44, 45) * 1000);
  assert.deepEqual(found.hashes, {
    md5: "01932caf6df59bf2d61a7111b3a4aa6e",
    sha1: "e6cc3cdbe7ac94199ac0ff55b7cbc0236099e7ce",
    sha256: "cb2192687b21e9bd743a621b26fb7ccc68bf9bb233562d6b7811e0a1f9620a63",
  });
});

test("a log that ends early is a gap", async () => {
  const gaps: Gap[] = [];
  const text = "Created by UAC (Unix-like Artifacts Collector) 3.3.0\n\n[Case Information]\nCase Number: 1\n";
  assert.deepEqual(await collectionRecords({ "a.log": text }, gaps), []);
  assert.deepEqual(
    gaps.map(({ code }) => code),
    ["truncated-file"],
  );
});
