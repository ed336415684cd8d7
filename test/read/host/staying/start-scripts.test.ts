import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

const PATHS: readonly (readonly [path: string, entry: string])[] = [
  ["/etc/cron.daily/a", "cron | a | root | @daily | /etc/cron.daily/a"],
  ["/etc/cron.hourly/a", "cron | a | root | @hourly | /etc/cron.hourly/a"],
  ["/etc/init.d/a", "rc | a | root | - | /etc/init.d/a"],
  ["/etc/rc.d/init.d/a", "rc | a | root | - | /etc/rc.d/init.d/a"],
  ["/etc/sv/a/run", "rc | a | root | - | /etc/sv/a/run"],
  ["/etc/update-motd.d/a", "profile | a | - | - | /etc/update-motd.d/a"],
];
for (const [path, entry] of PATHS) {
  test(`${path} is one entry, and so is its line that starts something in the background`, async () => {
    const lines = "#!/bin/sh\nset -e\n# nohup no &\ntest -x /usr/sbin/a || exit 0\nnohup /srv/b &\n";
    const second = entry.replace(/[^|]*$/, " nohup /srv/b &");
    assert.deepEqual(await entriesOf(lines, path), [entry, second]);
  });
}

test("the file that keeps an empty folder is no script", async () => {
  assert.deepEqual(await entriesOf("# dummy\n", "/etc/cron.daily/.placeholder"), []);
});
