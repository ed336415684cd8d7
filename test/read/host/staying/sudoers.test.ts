import assert from "node:assert/strict";
import { test } from "node:test";
import { readOne } from "../../../kit/read-one.ts";
import { entriesIn, gapsIn } from "./entries.ts";

test("rules are entries, settings and aliases are none but for those that spare the password", async () => {
  const text =
    "# sudoers\nDefaults\tenv_reset\nDefaults:deploy !authenticate\nUser_Alias OPS = a, b\n" +
    "root\tALL=(ALL:ALL) ALL\n%sudo   ALL=(ALL:ALL) ALL\ndeploy ALL=(ALL) NOPASSWD: /srv/a, \\\n  /srv/b\n" +
    "a , b,c H1, H2 = ALL\nALL ALL=(ALL) NOPASSWD: ALL\n" +
    "#1000 ALL=(ALL) ALL\n#includedir /etc/sudoers.d\n@includedir /etc/x\n";
  const found = await readOne(text, "/etc/sudoers");
  assert.deepEqual(entriesIn(found), [
    "sudoers | - | - | - | Defaults:deploy !authenticate",
    "sudoers | root | root | - | (ALL:ALL) ALL",
    "sudoers | %sudo | - | - | (ALL:ALL) ALL",
    "sudoers | deploy | deploy | - | (ALL) NOPASSWD: /srv/a,  /srv/b",
    "sudoers | a,b,c | - | - | ALL",
    "sudoers | ALL | - | - | (ALL) NOPASSWD: ALL",
    "sudoers | #1000 | - | - | (ALL) ALL",
  ]);
  assert.deepEqual(found.gaps, []);
});

test("a line that is no rule is counted", async () => {
  assert.deepEqual(gapsIn(await readOne("deploy\nx y z\n", "/etc/sudoers.d/a")), ["malformed-line ×2"]);
});
