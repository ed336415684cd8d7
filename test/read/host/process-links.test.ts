import assert from "node:assert/strict";
import { test } from "node:test";
import { collectionRecords } from "../../kit/host-records.ts";

test("executables that are gone, folders, and lines that could not be read", async () => {
  const exe = `ls: cannot read symbolic link '/proc/2/exe': Permission denied
lrwxrwxrwx 1 root   root   0 Nov 22 17:43 /proc/1/exe -> /usr/bin/bash
lrwxrwxrwx 1 deploy deploy 0 Nov 22 17:43 /proc/11/exe -> /tmp/a -> b/x y (deleted)
lrwxrwxrwx 1 root   root   0 Nov 22 17:43 /proc/2/exe
`;
  const records = await collectionRecords({
    "live_response/process/running_processes_full_paths.txt": exe,
    "live_response/process/ls_-l_proc_pid_cwd.txt":
      "lrwxrwxrwx 1 deploy deploy 0 Nov 22 17:43 /proc/11/cwd -> /tmp/a\n",
  });
  assert.deepEqual(
    records.flatMap((one) => (one.kind === "process" ? [[one.pid, one.exe, one.isDeleted, one.cwd]] : [])),
    [
      [11, "/tmp/a -> b/x y", true, "/tmp/a"],
      [1, "/usr/bin/bash", false, null],
    ],
  );
});
