import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

test("PAM's commands at a login", async () => {
  const text =
    "auth required pam_unix.so nullok\n#session optional pam_exec.so /no\n" +
    "session optional pam_exec.so quiet type=open_session /srv/a b\n" +
    "auth [success=1 default=ignore] pam_exec.so expose_authtok /srv/c\n";
  assert.deepEqual(await entriesOf(text, "/etc/pam.d/sshd"), [
    "profile | pam_exec | - | - | /srv/a b",
    "profile | pam_exec | - | - | /srv/c",
  ]);
});

test("udev's commands for a device, of the host's own rules only", async () => {
  const text = '# RUN+="/no"\nACTION=="add", SUBSYSTEM=="net", RUN+="/srv/a %k"\nKERNEL=="sda", NAME="x"\n';
  assert.deepEqual(await entriesOf(text, "/etc/udev/rules.d/99-a.rules"), ["rc | udev | - | - | /srv/a %k"]);
  assert.deepEqual(await entriesOf(text, "/usr/lib/udev/rules.d/99-a.rules"), []);
});
