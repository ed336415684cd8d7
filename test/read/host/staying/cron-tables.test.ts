import assert from "node:assert/strict";
import { test } from "node:test";
import { startMarks } from "../../../../src/find/intruder/start-marks.ts";
import { ofKind, readOne } from "../../../kit/read-one.ts";
import { entriesIn, entriesOf, gapsIn } from "./entries.ts";

test("the system's table names the account of each line; comments and settings are no entries", async () => {
  const text =
    '# m h dom mon dow user command\nSHELL=/bin/sh\nPATH = /usr/bin:/bin\nMAILTO=""\n\n' +
    "17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly\n" +
    "@daily www-data /usr/bin/php /srv/a.php\n-*/15 0-6 1,15 jan-mar mon,tue ops /srv/b %x\n";
  const found = await readOne(text, "/etc/cron.d/site");
  assert.deepEqual(entriesIn(found), [
    "cron | - | root | 17 * * * * | cd / && run-parts --report /etc/cron.hourly",
    "cron | - | www-data | @daily | /usr/bin/php /srv/a.php",
    "cron | - | ops | */15 0-6 1,15 jan-mar mon,tue | /srv/b %x",
  ]);
  assert.deepEqual(found.gaps, []);
});

const OWNERS: readonly (readonly [path: string, user: string])[] = [
  ["/var/spool/cron/crontabs/deploy", "deploy"],
  ["/var/spool/cron/deploy", "deploy"],
  ["/var/spool/cron/tabs/deploy", "deploy"],
  ["/var/cron/tabs/deploy", "deploy"],
  ["/etc/crontabs/deploy", "deploy"],
  ["live_response/system/crontab_-l_-u_deploy.txt", "deploy"],
  ["live_response/system/crontab_-l.txt", "-"],
  ["crontab", "-"],
];
for (const [path, user] of OWNERS) {
  test(`${path} is the table of ${user}`, async () => {
    assert.deepEqual(await entriesOf("@reboot python3 /srv/a.py\n", path), [
      `cron | - | ${user} | @reboot | python3 /srv/a.py`,
    ]);
  });
}

test("a table by itself in which root runs something is the system's", async () => {
  assert.deepEqual(await entriesOf("1 2 * * * www-data a\n3 4 * * * root b\n", "crontab.bak"), [
    "cron | - | www-data | 1 2 * * * | a",
    "cron | - | root | 3 4 * * * | b",
  ]);
});

test("what a terminal hides behind a carriage return is told whole, and marked", async () => {
  const text = "* * * * * /srv/a;\rno crontab for root            \n";
  const [entry] = ofKind(await readOne(text, "/var/spool/cron/root"), "autostart");
  assert.equal(entry?.command.slice(0, 30), "/srv/a;\rno crontab for root   ");
  assert.ok(startMarks(entry?.command ?? "").some(({ id }) => id === "control-characters"));
});

test("what crontab -l says of an account without a table is no entry and no gap", async () => {
  const found = await readOne("no crontab for deploy\n", "live_response/system/crontab_-l.txt");
  assert.deepEqual([entriesIn(found), found.gaps], [[], []]);
});

test("a line with four fields is no entry and counted, five and a command are one", async () => {
  const found = await readOne("* * * * /srv/a\n* * * * * /srv/a\n", "/var/spool/cron/root");
  assert.deepEqual(entriesIn(found), ["cron | - | root | * * * * * | /srv/a"]);
  assert.deepEqual(gapsIn(found), ["malformed-line ×1"]);
});

test("anacron's jobs have periods", async () => {
  assert.deepEqual(await entriesOf("1\t5\tcron.daily\tnice run-parts /etc/cron.daily\n", "/etc/anacrontab"), [
    "cron | cron.daily | root | every 1 days | nice run-parts /etc/cron.daily",
  ]);
});
