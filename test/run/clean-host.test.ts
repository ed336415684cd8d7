import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Case } from "../../src/model/case.ts";
import { type Entry, tarOf } from "../kit/archives.ts";
import { cleanEntries, cleanHost } from "../kit/clean/files.ts";
import { brokenInto } from "../kit/clean/intruder.ts";
import { dataPath } from "../kit/data.ts";
import { investigated, investigatedFiles } from "../kit/investigated.ts";

/** Findings that somebody would have to act upon. */
function alarms({ findings }: Case): string[] {
  return findings
    .filter(({ severity }) => severity !== "info")
    .map(
      ({ severity, detector, summary, basis }) =>
        `${severity} ${detector}: ${summary} [${basis[0]?.excerpt}]`,
    );
}

test("nothing above info is found on a busy host on which nothing is wrong", async () => {
  const made = await investigatedFiles({ "uac-build01-linux-20260331180000.tar": cleanHost() });
  assert.deepEqual(alarms(made), []);
  assert.equal(made.verdict.severity, "info");
  const [host, ...others] = made.hosts;
  assert.deepEqual([host?.name, others.length], ["build01", 0]);
  // Silence means something only where there was something to be heard.
  for (const kind of ["login", "command", "process", "connection", "autostart", "account", "request"]) {
    assert.ok((host?.counts[kind] ?? 0) > 3, `${host?.counts[kind]} of ${kind}`);
  }
});

const AUTH_LOG = "[root]/var/log/auth.log";

/** What an intruder adds to the same host, each by itself. */
const PLANTED: readonly (readonly [detector: string, ...Entry[]])[] = [
  [
    "cron-persistence",
    {
      path: "[root]/var/spool/cron/crontabs/www-data",
      content: "*/5 * * * * /var/tmp/.u/update >/dev/null 2>&1\n",
    },
  ],
  [
    "key-persistence",
    {
      path: "[root]/home/carol/.ssh/authorized_keys",
      content: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQFIXTUREONLYNOTAREALKEY mdrfckr\n",
    },
  ],
  [
    "preload-persistence",
    { path: "[root]/etc/ld.so.preload", content: "/usr/local/lib/libprocesshider.so\n" },
  ],
  [
    "host-mining",
    {
      path: "[root]/opt/.x/config.json",
      content: JSON.stringify({
        "donate-level": 1,
        pools: [{ url: "pool.example.net:3333", user: "4x", algo: "rx/0" }],
      }),
    },
    {
      path: "live_response/process/ps_-axo_pid_user_lstart_args.txt",
      content:
        "    PID USER                      STARTED COMMAND\n" +
        "  48300 www-data Tue Mar 31 17:00:00 2026 /opt/.x/xmrig -c /opt/.x/config.json\n",
    },
  ],
  ["ssh-guessing", { path: AUTH_LOG, content: brokenInto() }],
  ["defence-off", { path: AUTH_LOG, content: brokenInto("/usr/bin/systemctl disable --now auditd") }],
  ["immutable-files", { path: AUTH_LOG, content: brokenInto("/usr/bin/chattr +i /etc/cron.d/certbot") }],
  ["competitor-kill", { path: AUTH_LOG, content: brokenInto("/usr/bin/pkill -9 kdevtmpfsi") }],
  ["wallet-theft", { path: AUTH_LOG, content: brokenInto("/usr/bin/tar czf /tmp/b /home/dave/.bitcoin") }],
  [
    "log-clearing",
    { path: AUTH_LOG, content: brokenInto() },
    { path: "[root]/home/carol/.bash_history", content: "id\nhistory -c\nunset HISTFILE\n" },
  ],
  ["renamed-tools", { path: "live_response/packages/dpkg_-V.txt", content: "??5??????   /usr/bin/ps\n" }],
  [
    "exposed-service",
    {
      path: "[root]/var/spool/cron/crontabs/root",
      content: "REDIS0009\n\n*/1 * * * * /usr/bin/true\n\n",
    },
  ],
];

for (const [detector, ...entries] of PLANTED) {
  test(`the same host with one thing planted is not silent: ${detector}`, async () => {
    const quiet = cleanEntries().filter(({ path }) => !path.startsWith("[root]/var/log/"));
    const made = await investigatedFiles({ "uac-build01.tar": tarOf([...quiet, ...entries]) });
    const found = made.findings.filter(({ severity }) => severity !== "info").map((one) => one.detector);
    assert.ok(found.includes(detector), found.join(", "));
  });
}

test("nothing above info is found on web02, the benign twin that the real collector collected", async (t) => {
  const folder = dataPath("host/uac");
  if (folder === null) return t.skip("needs ../shared/data/host/uac");
  const names = readdirSync(folder).filter((name) => name.startsWith("uac-web02"));
  const { case: made } = await investigated(names.map((name) => join(folder, name)));
  assert.deepEqual(alarms(made), []);
});
