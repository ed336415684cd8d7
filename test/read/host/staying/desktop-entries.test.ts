import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

test("a desktop's autostart entry tells its program", async () => {
  const text = "[Desktop Entry]\nType=Application\nName=a\nTryExec=/x\nExec=/srv/a --tray %u\n";
  assert.deepEqual(await entriesOf(text, "/home/deploy/.config/autostart/a.desktop"), [
    "profile | a | deploy | - | /srv/a --tray %u",
  ]);
  assert.deepEqual(await entriesOf(text, "/etc/xdg/autostart/a.desktop"), [
    "profile | a | - | - | /srv/a --tray %u",
  ]);
  assert.deepEqual(await entriesOf(text, "/usr/share/applications/a.desktop"), []);
});
