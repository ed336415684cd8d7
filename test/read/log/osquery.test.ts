import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../kit/read-one.ts";
import { jsonLines } from "../../kit/windows-event.ts";

const result = { name: "q", hostIdentifier: "web01", unixTime: 1768359909, action: "added" };

test("rows are told by their columns, in differences and in snapshots", async () => {
  const command = { cmdline: "id -u", path: "/usr/bin/id", pid: "16", parent: "1", username: "ann" };
  const peer = { remote_address: "203.0.113.9", remote_port: "3333", pid: "16", name: "x" };
  const cron = { command: "/tmp/x", path: "/etc/crontab", minute: "*", hour: "3", event: "" };
  const found = await readOne(
    jsonLines([
      { ...result, columns: command },
      { ...result, action: "removed", columns: command },
      { ...result, unixTime: "1768359910", action: "snapshot", snapshot: [peer, cron, 7] },
    ]),
  );
  assert.equal(found.reader, "osquery");
  assert.deepEqual(
    ofKind(found, "command").map(({ text, user, exe, pid, ppid, by, hostname, atMicros }) => [
      text,
      user,
      exe,
      pid,
      ppid,
      by,
      hostname,
      atMicros,
    ]),
    [["id -u", "ann", "/usr/bin/id", 16, 1, "osquery", "web01", 1768359909000000]],
  );
  assert.deepEqual(
    ofKind(found, "connection").map(({ process, remote }) => [process, remote]),
    [["x", { ip: "203.0.113.9", port: 3333 }]],
  );
  assert.deepEqual(
    ofKind(found, "autostart").map(({ mechanism, path, command: runs, schedule }) => [
      mechanism,
      path,
      runs,
      schedule,
    ]),
    [["cron", "/etc/crontab", "/tmp/x", "* 3 * * *"]],
  );
  assert.equal(found.summary?.lastMicros, 1768359910000000);
});
