import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);

test("the hash of a process is its own, else that of its file; one of a gone file is not taken", async () => {
  const links = [1, 2, 3].map(
    (pid) => `lrwxrwxrwx 1 r r 0 Nov 22 17:43 /proc/${pid}/exe -> /usr/bin/x${pid === 3 ? " (deleted)" : ""}`,
  );
  const records = await collectionRecords({
    "hash_executables/hash_executables.sha256": `${B}  /usr/bin/x\n${B}  /usr/bin/y\n`,
    "live_response/process/hash_running_processes.sha256": `${A}  /proc/1/exe\n${A}  /proc/99/exe\n`,
    "live_response/process/running_processes_full_paths.txt": links.join("\n"),
  });
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "process" ? [[one.pid, one.sha256]] : [])),
    [
      [1, A],
      [2, B],
      [3, null],
    ],
  );
});
