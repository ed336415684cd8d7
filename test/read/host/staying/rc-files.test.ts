import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

test("each command of rc.local is an entry, the shell's own words are none", async () => {
  const text = "#!/bin/sh -e\n# by hand\nset -e\n/srv/a --x \\\n  --y &\nif true; then b; fi\nexit 0\n";
  const expected = ["rc | - | root | - | /srv/a --x  --y &", "rc | - | root | - | if true; then b; fi"];
  for (const path of ["/etc/rc.local", "/etc/rc.d/rc.local", "/etc/init.d/rc.local"]) {
    assert.deepEqual(await entriesOf(text, path), expected, path);
  }
});

test("inittab's processes have their action", async () => {
  const text = "# init\nid:3:initdefault:\nx1:345:respawn:/srv/a -d\n::askfirst:/bin/sh\n";
  assert.deepEqual(await entriesOf(text, "/etc/inittab"), [
    "rc | x1 | root | respawn | /srv/a -d",
    "rc | - | root | askfirst | /bin/sh",
  ]);
});

test("upstart's jobs tell what starts them", async () => {
  const text =
    'description "a"\nstart on runlevel [2345]\nrespawn\n' +
    "pre-start script\n  mkdir /run/a\nend script\nexec /srv/a\n";
  assert.deepEqual(await entriesOf(text, "/etc/init/a.conf"), [
    "rc | a | root | start on runlevel [2345] | mkdir /run/a",
    "rc | a | root | start on runlevel [2345] | /srv/a",
  ]);
});
