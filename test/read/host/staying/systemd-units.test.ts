import assert from "node:assert/strict";
import { test } from "node:test";
import { investigatedFiles } from "../../../kit/investigated.ts";
import { entriesOf } from "./entries.ts";

const UNIT =
  "# a comment\n[Unit]\nDescription=a\nAfter=network.target\n[Service]\nUser=app\n" +
  "ExecStartPre=-+/usr/bin/mkdir -p /run/a\nExecStart=/srv/a \\\n    -c /srv/a.json\n" +
  "ExecStop=/bin/kill $MAINPID\nExecStart=\nRestart=always\n; x\n[Install]\nWantedBy=multi-user.target\n";

test("each command of a service is an entry, with its account and what starts it", async () => {
  assert.deepEqual(await entriesOf(UNIT, "/etc/systemd/system/a.service"), [
    "systemd | a.service | app | ExecStartPre | /usr/bin/mkdir -p /run/a",
    "systemd | a.service | app | Restart=always; WantedBy=multi-user.target | /srv/a  -c /srv/a.json",
    "systemd | a.service | app | ExecStop | /bin/kill $MAINPID",
  ]);
});

const PATHS: readonly (readonly [path: string, entry: string | null])[] = [
  ["/lib/systemd/system/b.service", "systemd | b.service | - | - | /b"],
  ["/usr/lib/systemd/user/b.service", "systemd | b.service | - | - | /b"],
  ["/home/deploy/.config/systemd/user/b.service", "systemd | b.service | deploy | - | /b"],
  ["/etc/systemd/system/b.service.d/override.conf", "systemd | b.service | - | - | /b"],
  ["/run/systemd/transient/b.service", "systemd | b.service | - | - | /b"],
  ["b.service", "systemd | b.service | - | - | /b"],
  ["/srv/app/b.service", null],
  ["/etc/systemd/journald.conf", null],
];
for (const [path, entry] of PATHS) {
  test(`${path} is ${entry === null ? "no unit" : "a unit"}`, async () => {
    const text = "[Service]\nExecStart=@/b\n".replace("@", "-");
    assert.deepEqual(await entriesOf(text, path), entry === null ? [] : [entry]);
  });
}

test("a timer says when, and what: its own unit or the one that it names", async () => {
  const times = "[Timer]\nOnBootSec=5min\nOnCalendar=*-*-* 6,18:00\nRandomizedDelaySec=12h\n";
  assert.deepEqual(await entriesOf(times, "/etc/systemd/system/a.timer"), [
    "timer | a.timer | - | OnBootSec=5min; OnCalendar=*-*-* 6,18:00 | a.service",
  ]);
  assert.deepEqual(await entriesOf(`${times}Unit=b.service\n`, "/etc/systemd/system/a.timer"), [
    "timer | a.timer | - | OnBootSec=5min; OnCalendar=*-*-* 6,18:00 | b.service",
  ]);
  assert.deepEqual(await entriesOf("[Path]\nPathExists=/tmp/x\n", "/etc/systemd/system/a.path"), [
    "systemd | a.path | - | PathExists=/tmp/x | a.service",
  ]);
});

test("a library that a unit forces into its service is told", async () => {
  const text = '[Service]\nEnvironment="A=b" LD_PRELOAD=/srv/a.so\nExecStart=/b\n';
  assert.deepEqual(await entriesOf(text, "/etc/systemd/system/b.service"), [
    "ld-preload | b.service | - | - | /srv/a.so",
    "systemd | b.service | - | - | /b",
  ]);
});

test("the same unit in /lib and /usr/lib is one, another under that name is two", async () => {
  const unit = Buffer.from(UNIT);
  const one = await investigatedFiles({ "a.service": unit });
  assert.equal(one.hosts[0]?.counts["autostart"], 3);
});
