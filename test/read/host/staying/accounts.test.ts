import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../../kit/read-one.ts";
import { entriesIn, gapsIn } from "./entries.ts";

test("accounts have uid, shell and home; lines of a directory service are passed over", async () => {
  const text =
    "root:x:0:0:root:/root:/bin/bash\ndeploy:x:1000:1000:,,,:/home/deploy:/bin/sh\n" +
    "old:$6$salt$secrethash:1001:1001::/:\n+::::::\nbroken line\n";
  const found = await readOne(text, "/etc/passwd");
  assert.deepEqual(
    ofKind(found, "account").map(({ user, uid, shell, home }) => [user, uid, shell, home]),
    [
      ["root", 0, "/bin/bash", "/root"],
      ["deploy", 1000, "/bin/sh", "/home/deploy"],
      ["old", 1001, null, "/"],
    ],
  );
  assert.deepEqual(gapsIn(found), ["malformed-line ×1"]);
  assert.doesNotMatch(JSON.stringify(found), /secrethash/);
});

test("shadow tells the day on which a password was set, of accounts that have one, and no hash", async () => {
  const text =
    "root:$6$salt$secrethash:19737:0:99999:7:::\ndaemon:*:19737:0:99999:7:::\n" +
    "locked:!$6$salt$secrethash:19737:0:::::\ndeploy:$y$j9T$salt$secrethash:20467:0:99999:7:::\n" +
    "x:$6$secrethash\n";
  const found = await readOne(text, "/etc/shadow");
  assert.deepEqual(
    ofKind(found, "event").map(({ what, subject, atMicros, excerpt }) => [
      what,
      subject,
      new Date((atMicros ?? 0) / 1000).toISOString().slice(0, 10),
      excerpt,
    ]),
    [
      ["account-changed", "root", "2024-01-15", "root:…:19737:0:99999:7:::"],
      ["account-changed", "deploy", "2026-01-14", "deploy:…:20467:0:99999:7:::"],
    ],
  );
  assert.doesNotMatch(JSON.stringify(found), /secrethash/);
});

test("members of groups that may act as root are told, those of others are not", async () => {
  const text = "root:x:0:\nsudo:x:27:deploy,ops\nusers:x:100:deploy\ndocker:!:999:ci\n";
  assert.deepEqual(entriesIn(await readOne(text, "/etc/group")), [
    "sudoers | sudo | deploy | - | member of the group sudo",
    "sudoers | sudo | ops | - | member of the group sudo",
    "sudoers | docker | ci | - | member of the group docker",
  ]);
});
