import assert from "node:assert/strict";
import { test } from "node:test";
import { DETECTORS } from "../../src/find/index.ts";
import { limitReader } from "../../src/find/limits.ts";
import { factsOf } from "../kit/facts.ts";
import type { HostFixture } from "../kit/host-facts.ts";

const DAY = 86_400;
const OFFICE = "192.0.2.80";

/** A month of a server that is guessed at all day, maintained by three people, and works hard. */
function busyHost(): HostFixture[] {
  return [...logins(), ...noise(), ...maintenance(), ...containers(), ...builds(), ...starts()];
}

function logins(): HostFixture[] {
  const people = ["alice", "bob", "carol"];
  return Array.from({ length: 30 }, (_, day) => day * DAY).flatMap((at, day) => [
    ...people.map(
      (user, index): HostFixture => ({ kind: "login", at: at + index * 600, user, from: OFFICE }),
    ),
    { kind: "login", at: at + 300, outcome: "failed", user: people[day % 3], from: OFFICE, times: 2 },
    { kind: "login", at: at + 900, user: "git", from: OFFICE, method: "publickey", key: "SHA256:office" },
    { kind: "login", at: at + 70_000, user: "alice", from: `203.0.113.${day % 4}`, method: "publickey" },
  ]);
}

/** The internet guesses, asks for everything, and gets nothing. */
function noise(): HostFixture[] {
  return Array.from({ length: 30 }, (_, day) => day * DAY).flatMap((at, day): HostFixture[] => [
    { kind: "login", at, outcome: "failed", user: "root", from: `198.51.100.${day}`, times: 900 },
    { kind: "request", at, exploit: "phpunit", client: `198.51.100.${day}`, target: "/vendor", status: 404 },
    { kind: "request", at, exploit: "log4shell", client: `198.51.100.${day}`, target: "/?a", status: 400 },
  ]);
}

function maintenance(): HostFixture[] {
  const typed: readonly (readonly [string, string])[] = [
    ["root", "apt-get update && apt-get -y upgrade"],
    ["root", "systemctl restart nginx"],
    ["root", "systemctl stop fail2ban"],
    ["root", "systemctl start fail2ban"],
    ["root", "truncate -s 0 /var/log/nginx/error.log"],
    ["root", "journalctl --vacuum-time=14d"],
    ["root", "chattr +i /etc/resolv.conf"],
    ["root", "setenforce 0"],
    ["root", "ufw allow 443/tcp"],
    ["alice", "curl -fsSL https://get.docker.example | sh"],
    ["alice", "pkill -f gunicorn"],
    ["bob", "grep -r xmrig /var/log; top -b -n1 | head"],
    ["carol", "tar czf wallet-backup.tgz ~/.electrum/wallets"],
    ["carol", "history | tail"],
    ["postgres", "sh -c cp /var/lib/postgresql/pg_wal/1 /srv/archive/1"],
    ["www-data", "wget -q -O /dev/null http://www.example/cron.php"],
  ];
  const commands = typed.map(([user, text], index): HostFixture => {
    return { kind: "command", at: 5 * DAY + index * 1800, user, text, by: "auditd" };
  });
  const off = { kind: "event", what: "service-stopped", subject: "auditd.service", says: "Stopped auditd" };
  const on = { kind: "event", what: "service-started", subject: "auditd.service", says: "Started auditd" };
  return [
    ...commands,
    { ...off, kind: "event", at: 8 * DAY },
    { ...on, kind: "event", at: 8 * DAY + 20 },
    { kind: "event", at: 9 * DAY, what: "package-installed", subject: "curl", says: "curl was upgraded" },
    { kind: "event", at: 9 * DAY, what: "account-added", subject: "dave", says: "new user: name=dave" },
    { kind: "login", at: 9 * DAY + 3600, user: "dave", from: OFFICE },
    { kind: "event", at: 29 * DAY, what: "process-hidden", subject: "5123", says: "5123 was not in ps" },
  ];
}

function containers(): HostFixture[] {
  return [
    {
      kind: "event",
      at: 3 * DAY,
      what: "container-started",
      subject: "nginx",
      says: "docker run -d -p 80:80 -v /srv/www:/usr/share/nginx/html nginx",
    },
    {
      kind: "event",
      at: 3 * DAY + 9,
      what: "container-started",
      subject: "node-exporter",
      says: "docker run --privileged -v /:/host node-exporter",
    },
    {
      kind: "process",
      at: 29 * DAY,
      pid: 900,
      user: "root",
      exe: "/usr/bin/dockerd",
      args: "dockerd -H fd://",
    },
    { kind: "connection", at: 29 * DAY, pid: 900, process: "dockerd", remote: { ip: OFFICE, port: 2376 } },
  ];
}

function builds(): HostFixture[] {
  return Array.from({ length: 16 }, (_, index) => ({
    kind: "process",
    at: 29 * DAY,
    pid: 4000 + index,
    user: "jenkins",
    exe: "/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus",
    args: "cc1plus -O3 src/main.cc",
    cwd: "/tmp/build",
    cpuPercent: 100,
  }));
}

function starts(): HostFixture[] {
  const start = { kind: "autostart", at: 2 * DAY, user: "root" } as const;
  return [
    {
      ...start,
      mechanism: "cron",
      path: "/etc/cron.d/certbot",
      schedule: "0 3 * * *",
      command: "certbot renew",
    },
    {
      ...start,
      mechanism: "cron",
      path: "/var/spool/cron/crontabs/alice",
      user: "alice",
      schedule: "@reboot",
      command: "/home/alice/bin/backup.sh",
    },
    {
      ...start,
      mechanism: "systemd",
      path: "/etc/systemd/system/app.service",
      name: "app.service",
      command: "/usr/bin/node /srv/app/server.js",
    },
    {
      ...start,
      mechanism: "authorized-key",
      path: "/home/git/.ssh/authorized_keys",
      user: "git",
      name: "office",
      command: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOffice office",
    },
    { ...start, mechanism: "ld-preload", path: "/etc/ld.so.preload", command: "/usr/lib/libsnoopy.so" },
    { kind: "account", user: "root", uid: 0, shell: "/bin/bash", home: "/root" },
    { kind: "account", user: "alice", uid: 1000, shell: "/bin/bash", home: "/home/alice" },
  ];
}

test("a busy clean host has nothing above what is only worth knowing", () => {
  const facts = factsOf({ why: "busy and clean", host: busyHost() });
  const alarms = DETECTORS.flatMap((detector) =>
    [...detector.find(facts, limitReader(detector, new Map()))]
      .filter(({ severity }) => severity !== "info")
      .map(({ severity, summary }) => `${detector.id} ${severity}: ${summary}`),
  );
  assert.deepEqual(alarms, []);
});
