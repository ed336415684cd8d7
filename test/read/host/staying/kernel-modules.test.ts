import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

test("modules that are loaded at boot", async () => {
  for (const path of ["/etc/modules", "/etc/modules-load.d/msr.conf"]) {
    assert.deepEqual(await entriesOf("# x\nmsr allow_writes=on\n; y\n", path), [
      "kernel-module | msr | - | at boot | msr",
    ]);
  }
});

test("modules that were loaded: /proc/modules and lsmod, whose heading is none", async () => {
  assert.deepEqual(await entriesOf("a 16384 0 - Live 0x0000000000000000 (OE)\n", "/proc/modules"), [
    "kernel-module | a | - | - | a",
  ]);
  const listed =
    "Module                  Size  Used by\nnf_tables             303104  1 nft_compat\nb 4096 -2\n";
  assert.deepEqual(await entriesOf(listed, "live_response/system/lsmod.txt"), [
    "kernel-module | nf_tables | - | - | nf_tables",
    "kernel-module | b | - | - | b",
  ]);
});

test("a command instead of a module", async () => {
  const text = "options snd index=0\ninstall usb-storage /srv/a\nblacklist b\n";
  assert.deepEqual(await entriesOf(text, "/etc/modprobe.d/a.conf"), [
    "rc | usb-storage | root | install | /srv/a",
  ]);
});
