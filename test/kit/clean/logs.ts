// Logs of the busy clean host: a month of logins, scanners, sudo, cron, web requests, upgrades and
// containers.

import { type Random, random } from "../random.ts";
import { collectedAt, plainTime, secondsOf, syslogTime } from "./time.ts";
import { webLog } from "./web-log.ts";

const DAY = 86_400;
/** Days that the logs go back. */
const DAYS = 30;
/** Where everybody in the office comes from. */
const OFFICE = "198.51.100.77";

interface Line {
  readonly seconds: number;
  readonly text: string;
}

/** Every log by its path. */
export function cleanLogs(): Record<string, string> {
  const by = random(20_260_331);
  return {
    "/var/log/auth.log": syslog([...scanners(by), ...people(by), ...machines(), ...administration()]),
    "/var/log/syslog": syslog([...services(by)]),
    "/var/log/kern.log": syslog(kernel()),
    "/var/log/nginx/access.log": webLog(by),
    "/var/log/apt/history.log": upgrades(),
    "/var/log/dpkg.log": packages(),
    "/var/log/audit/audit.log": audit(),
    "/var/lib/docker/containers/9c1f/9c1f-json.log": container(),
    "/var/log/backup.log": Array.from(
      { length: DAYS },
      (_, day) => `${plainTime(collectedAt(-day * DAY))} backup done, 42 GB`,
    ).join("\n"),
  };
}

function syslog(lines: readonly Line[]): string {
  const sorted = [...lines].sort((a, b) => a.seconds - b.seconds);
  const told = sorted.map(({ seconds, text }) => `${syslogTime(collectedAt(seconds))} build01 ${text}`);
  return `${told.join("\n")}\n`;
}

const at = (day: number, hour: number, minute = 0): number => -day * DAY + (hour - 18) * 3600 + minute * 60;

const NAMES = ["root", "admin", "test", "oracle", "ubuntu", "postgres", "user", "git", "deploy", "pi"];

/** The noise that every server with port 22 hears: thousands of guesses from everywhere, none of which fits.
 *  */
function scanners(by: Random): Line[] {
  return Array.from({ length: 6_000 }, () => {
    const seconds = -by.below(DAYS * DAY);
    const pid = 2_000 + by.below(60_000);
    const from = `203.0.113.${1 + by.below(60)}`;
    const name = by.pick(NAMES);
    const who = name === "root" || name === "deploy" ? name : `invalid user ${name}`;
    const port = 30_000 + by.below(30_000);
    return { seconds, text: `sshd[${pid}]: Failed password for ${who} from ${from} port ${port} ssh2` };
  });
}

/** People of one office behind one address: keys, passwords, mistypes, and one who is on the road. */
function people(by: Random): Line[] {
  const out: Line[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    for (let visit = 0; visit < 6; visit += 1) {
      const seconds = at(day, 8 + visit, by.below(50));
      if (visit % 2 === 0)
        out.push(...keyLogin({ user: "alice", from: OFFICE, seconds, pid: 10_000 + day * 10 + visit }));
      else
        out.push(
          ...typed({ user: "bob", from: OFFICE, seconds, pid: 20_000 + day * 10 + visit }, by.below(3)),
        );
    }
  }
  // A bad morning: a new keyboard.
  out.push(...typed({ user: "bob", from: OFFICE, seconds: at(3, 7), pid: 31_000 }, 9));
  out.push(...keyLogin({ user: "alice", from: "203.0.113.200", seconds: at(2, 20), pid: 32_000 }));
  // A colleague who started two days ago.
  out.push(...keyLogin({ user: "carol", from: OFFICE, seconds: at(2, 10, 30), pid: 33_000 }));
  return out;
}

interface Visit {
  readonly user: string;
  readonly from: string;
  readonly seconds: number;
  readonly pid: number;
}

function keyLogin({ user, from, seconds, pid }: Visit): Line[] {
  const body = Buffer.from(user.repeat(9)).toString("base64").replace(/=/g, "");
  const print = `SHA256:${body.padEnd(43, "x").slice(0, 43)}`;
  return [
    {
      seconds,
      text: `sshd[${pid}]: Accepted publickey for ${user} from ${from} port 51022 ssh2: ED25519 ${print}`,
    },
    ...session({ user, from, seconds, pid }),
  ];
}

function typed(visit: Visit, mistypes: number): Line[] {
  const { user, from, seconds, pid } = visit;
  const failures = Array.from({ length: mistypes }, (_, index) => ({
    seconds: seconds - 5 * (mistypes - index),
    text: `sshd[${pid}]: Failed password for ${user} from ${from} port 51024 ssh2`,
  }));
  const success = {
    seconds,
    text: `sshd[${pid}]: Accepted password for ${user} from ${from} port 51024 ssh2`,
  };
  return [...failures, success, ...session(visit)];
}

function session({ user, seconds, pid }: Visit): Line[] {
  return [
    {
      seconds,
      text: `sshd[${pid}]: pam_unix(sshd:session): session opened for user ${user}(uid=1001) by (uid=0)`,
    },
    {
      seconds: seconds + 1_800,
      text: `sshd[${pid}]: pam_unix(sshd:session): session closed for user ${user}`,
    },
  ];
}

/** A build server that deploys every quarter of an hour. */
function machines(): Line[] {
  return Array.from({ length: DAYS * 24 }, (_, index) =>
    keyLogin({ user: "deploy", from: "192.0.2.30", seconds: -index * 3_600 - 700, pid: 40_000 + index }),
  ).flat();
}

function administration(): Line[] {
  const sudo = (seconds: number, command: string): Line => ({
    seconds,
    text: `sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=${command}`,
  });
  return [
    sudo(at(2, 10), "/usr/sbin/adduser carol"),
    {
      seconds: at(2, 10, 1),
      text:
        "useradd[34001]: new user: name=carol, UID=1003, GID=1003, home=/home/carol, " +
        "shell=/bin/bash, from=/dev/pts/0",
    },
    { seconds: at(2, 10, 2), text: "passwd[34010]: pam_unix(passwd:chauthtok): password changed for carol" },
    { seconds: at(2, 10, 3), text: "usermod[34020]: add 'carol' to group 'docker'" },
    sudo(at(2, 10, 4), "/usr/bin/tee -a /home/carol/.ssh/authorized_keys"),
    sudo(at(5, 9), "/usr/bin/apt upgrade"),
    sudo(at(6, 9), "/usr/bin/systemctl restart nginx"),
    sudo(at(6, 10), "/usr/bin/journalctl --vacuum-size=500M"),
    sudo(at(7, 9), "/usr/bin/truncate -s 0 /var/log/app/debug.log"),
    sudo(at(8, 9), "/usr/bin/chattr +i /etc/resolv.conf"),
    sudo(at(9, 9), "/usr/sbin/insmod /lib/modules/5.15.0-105-generic/updates/dkms/driver.ko"),
    ...Array.from({ length: DAYS * 48 }, (_, index) => ({
      seconds: -index * 1_800,
      text: `CRON[${50_000 + index}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`,
    })),
  ];
}

function services(by: Random): Line[] {
  const jobs = [
    "   cd / && run-parts --report /etc/cron.hourly",
    "command -v debian-sa1 > /dev/null && debian-sa1 1 1",
  ];
  return [
    ...Array.from({ length: DAYS * 24 }, (_, index) => ({
      seconds: -index * 3_600,
      text: `CRON[${60_000 + index}]: (root) CMD (${jobs[index % 2]})`,
    })),
    ...Array.from({ length: 300 }, () => ({
      seconds: -by.below(DAYS * DAY),
      text: "systemd[1]: Started Session of User alice.",
    })),
    { seconds: at(5, 9, 5), text: "systemd[1]: Stopped The Apache HTTP Server." },
    { seconds: at(5, 9, 6), text: "systemd[1]: Starting Daily apt upgrade and clean activities..." },
    {
      seconds: at(5, 9, 7),
      text:
        "systemd-timesyncd[500]: Initial synchronization to time server 192.0.2.1:123 " +
        "(ntp.office.example).",
    },
    {
      seconds: at(4, 3),
      text: 'dockerd[733]: level=info msg="ignoring event" container=9c1f type="*events.TaskDelete"',
    },
  ];
}

function kernel(): Line[] {
  return [
    { seconds: at(20, 6), text: "kernel: [    0.000000] Linux version 5.15.0-105-generic" },
    { seconds: at(20, 6, 1), text: "kernel: [   12.401] nvidia: module license 'NVIDIA' taints kernel." },
    {
      seconds: at(20, 6, 1),
      text:
        "kernel: [   12.402] nvidia: module verification failed: signature and/or required key " +
        "missing - tainting kernel",
    },
    { seconds: at(20, 6, 2), text: "kernel: [   14.100] zfs: loading out-of-tree module taints kernel." },
    {
      seconds: at(9, 12),
      text: "kernel: [99214.1] Out of memory: Killed process 48010 (cc1plus) total-vm:4194304kB",
    },
    { seconds: at(4, 3), text: "kernel: [142214.1] docker0: port 3(veth1f2) entered blocking state" },
    {
      seconds: at(4, 3),
      text: "kernel: [142214.2] msr: Write to unrecognized MSR 0x1a4 by x86_energy_perf (pid: 900).",
    },
  ];
}

function upgrades(): string {
  return Array.from({ length: 8 }, (_, index) => {
    const from = plainTime(collectedAt(-index * 4 * DAY)).replace(" ", "  ");
    return (
      `\nStart-Date: ${from}\nCommandline: apt upgrade -y\nRequested-By: alice (1001)\n` +
      "Upgrade: openssl:amd64 (3.0.2-0ubuntu1.14, 3.0.2-0ubuntu1.15), dbus:amd64 (1.12.20-2ubuntu4, " +
      "1.12.20-2ubuntu4.1)\n" +
      `Remove: rsyslog-doc:amd64 (8.2112.0), clamav-docs:amd64 (0.103)\nEnd-Date: ${from}\n`
    );
  }).join("");
}

function packages(): string {
  const rows = [
    "install htop:amd64 <none> 3.0.5",
    "upgrade openssl:amd64 3.0.14 3.0.15",
    "remove apache2:amd64 2.4 <none>",
    "install boinc-client:amd64 <none> 7.18",
    "install stress-ng:amd64 <none> 0.13",
  ];
  const dated = rows.map((row, index) => `${plainTime(collectedAt(-20 * DAY + index * 60))} ${row}`);
  return `${dated.join("\n")}\n`;
}

/** A few records of auditd: administrators' commands, and a service that starts. */
function audit(): string {
  const commands = [
    ["/usr/bin/apt", "apt", "upgrade"],
    ["/usr/bin/curl", "curl", "-fsS", "https://hc.example/ping/7c1d"],
    ["/usr/bin/grep", "grep", "-ri", "xmrig", "/var/log"],
    ["/usr/bin/make", "make", "-j16"],
  ];
  return `${commands
    .flatMap(([exe = "", ...args], index) => {
      const stamp = `audit(${secondsOf(collectedAt(-DAY + index * 60))}.100:${700 + index})`;
      const argv = args.map((arg, position) => `a${position}="${arg}"`).join(" ");
      return [
        `type=SYSCALL msg=${stamp}: arch=c000003e syscall=59 success=yes exit=0 items=2 ppid=48150 ` +
          `pid=${48_300 + index} auid=1001 uid=0 gid=0 euid=0 tty=pts0 ses=9 comm="${args[0]}" exe="${exe}"`,
        `type=EXECVE msg=${stamp}: argc=${args.length} ${argv}`,
      ];
    })
    .join("\n")}\n`;
}

function container(): string {
  return `${Array.from({ length: 200 }, (_, index) => {
    const time = collectedAt(-index * 300).toISOString();
    return JSON.stringify({ log: `GET /health 200 ${index}ms\n`, stream: "stdout", time });
  })
    .reverse()
    .join("\n")}\n`;
}
