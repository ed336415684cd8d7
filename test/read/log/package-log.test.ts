import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataPath } from "../../kit/data.ts";
import { ofKind, readOne } from "../../kit/read-one.ts";

async function told(text: string | Uint8Array): Promise<string[]> {
  const found = await readOne(text);
  assert.equal(found.reader, "package-log");
  return ofKind(found, "event").map(({ what, says, clock }) => `${what} ${says} ${clock}`);
}

const INSTALLED = "package-installed screen was installed local";

test("what dpkg installs and removes is an event, an upgrade is none", async () => {
  const log = [
    "2026-01-14 03:05:08 startup archives unpack",
    "2026-01-14 03:05:09 install screen:amd64 <none> 4.9.0-4",
    "2026-01-14 03:05:09 status half-installed screen:amd64 4.9.0-4",
    "2026-01-14 03:05:20 upgrade vim:amd64 1 2",
    "2026-01-14 04:00:00 remove nano:amd64 7.2-1 <none>",
  ];
  assert.deepEqual(await told(log.join("\n")), [INSTALLED, "package-removed nano was removed local"]);
});

test("ten packages of a run are told one by one, eleven together", async () => {
  const run = (count: number) =>
    Array.from({ length: count }, (_, n) => `2026-01-14 03:05:09 install p${n}:all <none> 1`).join("\n");
  assert.equal((await told(run(10))).length, 10);
  assert.deepEqual(await told(run(12)), [
    "package-installed 12 packages were installed: p0, p1, p2, p3, p4 … local",
  ]);
});

test("a pause of more than a minute begins another run", async () => {
  const at = (minute: number, count: number) =>
    Array.from({ length: count }, (_, n) => `2026-01-14 03:0${minute}:00 install p${n}:all <none> 1`);
  assert.equal((await told([...at(1, 6), ...at(2, 6)].join("\n"))).length, 1);
  assert.equal((await told([...at(1, 6), ...at(3, 6)].join("\n"))).length, 12);
});

test("yum, dnf and pacman are read", async () => {
  const utc = INSTALLED.replace("screen", "screen-4.8.0-6.el9.x86_64").replace("local", "utc");
  const yum = "Jan 14 03:05:09 Installed: screen-4.8.0-6.el9.x86_64\nJan 14 03:06:00 Updated: vim-1.x86_64\n";
  assert.deepEqual(await told(yum), [utc.replace("utc", "local")]);
  const dnf = "2026-01-14T03:05:09+0000 SUBDEBUG Installed: screen-4.8.0-6.el9.x86_64\n";
  assert.deepEqual(await told(dnf), [utc]);
  const pacman = "[2026-01-14T03:05:09+0000] [ALPM] installed screen (4.9.1-2)\n";
  assert.deepEqual(await told(pacman), [INSTALLED.replace("local", "utc")]);
});

test("plaso's log of dpkg holds one package", async (t) => {
  const path = dataPath("host/plaso/dpkg.log");
  if (path === null) return t.skip("needs ../shared/data/host beside the checkout");
  assert.deepEqual(await told(readFileSync(path)), ["package-installed base-passwd was installed local"]);
});
