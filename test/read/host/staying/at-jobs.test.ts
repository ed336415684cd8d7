import assert from "node:assert/strict";
import { test } from "node:test";
import { ofKind, readOne } from "../../../kit/read-one.ts";
import { entriesOf } from "./entries.ts";

/** Minutes since 1970 of 2026-01-14 03:20 UTC. */
const MINUTES = Date.UTC(2026, 0, 14, 3, 20) / 60_000;
const NAME = `a00007${MINUTES.toString(16).padStart(8, "0")}`;
const HEAD =
  "#!/bin/sh\n# atrun uid=1000 gid=1000\n# mail deploy 0\numask 22\nTOKEN=abcdefgh; export TOKEN\n";

test("commands of a job stand behind what at wrote, at the time in the job's name", async () => {
  const text = `${HEAD}cd /srv || {\n\t echo 'Execution directory' >&2\n\t exit 1\n}\n/srv/a\n/srv/b\n`;
  const entry = "cron | - | deploy | at 2026-01-14T03:20Z";
  for (const folder of ["/var/spool/cron/atjobs", "/var/spool/at"]) {
    assert.deepEqual(await entriesOf(text, `${folder}/${NAME}`), [`${entry} | /srv/a`, `${entry} | /srv/b`]);
  }
});

test("a job that breaks off tells nothing of its environment", async () => {
  const found = await readOne(HEAD, `/var/spool/cron/atjobs/${NAME}`);
  assert.deepEqual(ofKind(found, "autostart"), []);
});
