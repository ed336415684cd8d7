import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

test("each library of ld.so.preload is an entry", async () => {
  const text = "# old\n/usr/lib/a.so:/usr/lib/b.so /lib/c.so # why\n\n";
  assert.deepEqual(await entriesOf(text, "/etc/ld.so.preload"), [
    "ld-preload | - | - | - | /usr/lib/a.so",
    "ld-preload | - | - | - | /usr/lib/b.so",
    "ld-preload | - | - | - | /lib/c.so",
  ]);
  assert.deepEqual(await entriesOf("", "/etc/ld.so.preload"), []);
});
