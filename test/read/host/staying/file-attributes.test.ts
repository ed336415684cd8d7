import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../../kit/read-one.ts";

test("lsattr's immutable files and those that only grow are events, the others are none", async () => {
  const text =
    "--------------e------- /etc/hosts\n----i---------e------- /root/.ssh/authorized_keys\n" +
    "-----a--------e------- /var/log/a b\nlsattr: Operation not supported While reading flags on /proc\n" +
    "/etc/cron.d:\n----ia-------------- ./x\n";
  const found = await readOne(text, "live_response/system/lsattr_-R_etc.txt");
  assert.deepEqual(
    ofKind(found, "event").map(({ what, subject, says }) => `${what} ${subject}: ${says}`),
    [
      "file-immutable /root/.ssh/authorized_keys: the file cannot be changed or removed",
      "file-immutable /var/log/a b: the file can only be appended to",
      "file-immutable ./x: the file cannot be changed or removed",
    ],
  );
});
