/** The example's host evidence: what a collector would have brought home from the server of the captures, as
 *  a tar in UAC's layout. A reconstruction: the logs were written by this file, and nothing in them ever ran.
 */
import { type Entry, tarOf } from "../../test/kit/archives.ts";
import { random } from "../../test/kit/random.ts";

export interface HostOptions {
  readonly server: string;
  readonly wallet: string;
  readonly worker: string;
  readonly pool: { readonly name: string; readonly ip: string; readonly port: number };
}

const INTRUDER = "192.0.2.77";
const OFFICE = "192.0.2.10";
const FOLDER = "/var/tmp/.font-unix/.s";
const PROGRAM = `${FOLDER}/kworkerds`;

const BREAK_IN = Date.parse("2017-07-15T22:41:07Z") / 1000;
const STARTED = Date.parse("2017-07-15T22:49:30Z") / 1000;
const COLLECTED = Date.parse("2017-07-18T03:10:00Z") / 1000;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "Jul 15 22:41:07", as syslogs of that time wrote it: without a year and a zone. */
function stamp(seconds: number): string {
  const at = new Date(seconds * 1000);
  const day = String(at.getUTCDate()).padStart(2, " ");
  return `${MONTHS[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 19)}`;
}

const spaced = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");

/** A day of the shop's administrator, a night of guessing, and the login that it ends in. */
function authLog(): string {
  const by = random(15_072_017);
  const lines: { at: number; says: string }[] = [];
  const say = (at: number, says: string): void => void lines.push({ at, says });
  for (let day = 0; day < 4; day += 1) {
    const at = Date.parse("2017-07-14T07:30:00Z") / 1000 + day * 86_400 + by.below(1800);
    const pid = 2100 + day * 400;
    if (day === 1) {
      say(at - 9, `sshd[${pid - 1}]: Failed password for shop from ${OFFICE} port ${50_000 + day} ssh2`);
    }
    say(at, `sshd[${pid}]: Accepted password for shop from ${OFFICE} port ${50_010 + day} ssh2`);
    say(at, `sshd[${pid}]: pam_unix(sshd:session): session opened for user shop by (uid=0)`);
    say(at + 1200, `sshd[${pid}]: pam_unix(sshd:session): session closed for user shop`);
  }
  for (let guess = 0; guess < 214; guess += 1) {
    const at = BREAK_IN - 14 - (213 - guess) * 11 - by.below(5);
    const user = guess % 5 === 0 ? "root" : "orders";
    const port = 41_000 + guess;
    say(at, `sshd[${8000 + guess}]: Failed password for ${user} from ${INTRUDER} port ${port} ssh2`);
  }
  say(BREAK_IN, `sshd[8301]: Accepted password for orders from ${INTRUDER} port 41337 ssh2`);
  say(BREAK_IN, "sshd[8301]: pam_unix(sshd:session): session opened for user orders by (uid=0)");
  say(BREAK_IN + 911, "sshd[8301]: pam_unix(sshd:session): session closed for user orders");
  lines.sort((a, b) => a.at - b.at);
  return lines.map(({ at, says }) => `${stamp(at)} web01 ${says}\n`).join("");
}

/** The miner's own log: a speed every minute, as XMRig 2 printed it, and its accepted shares. */
function minerLog({ pool }: HostOptions): string {
  const by = random(2_017);
  const lines = [
    `[${spaced(STARTED)}] use pool ${pool.name}:${pool.port} ${pool.ip}`,
    `[${spaced(STARTED)}] new job from ${pool.name}:${pool.port} diff 10000`,
  ];
  let accepted = 0;
  let next = STARTED + by.wait(20_000 / 480);
  for (let at = STARTED + 60; at <= COLLECTED; at += 600) {
    while (next < at) {
      accepted += 1;
      const took = 30 + by.below(40);
      lines.push(`[${spaced(Math.floor(next))}] accepted (${accepted}/0) diff 20000 (${took} ms)`);
      next += by.wait(20_000 / 480);
    }
    const rates = [0, 1, 2].map(() => (470 + by.next() * 20).toFixed(1)).join(" ");
    lines.push(`[${spaced(at)}] speed 2.5s/60s/15m ${rates} H/s max: 492.6 H/s`);
  }
  return `${lines.join("\n")}\n`;
}

function config({ pool, wallet, worker }: HostOptions): string {
  const pools = [
    { url: `${pool.name}:${pool.port}`, user: `${wallet}.${worker}`, pass: "x", keepalive: true },
  ];
  const made = {
    algo: "cryptonight",
    background: true,
    "donate-level": 1,
    "log-file": `${FOLDER}/s.log`,
    pools,
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}

const HISTORY = [
  "w",
  "nproc",
  "cat /proc/cpuinfo | grep name | head -1",
  "free -m",
  "ls -la /tmp /var/tmp",
  `mkdir -p ${FOLDER}`,
  `cd ${FOLDER}`,
  "chmod +x kworkerds",
  "./kworkerds -c config.json",
  "crontab -e",
  "ps aux --sort=-%cpu | head",
  "rm -f kworkerds",
  "history -c",
];

function processes({ server, pool }: HostOptions): Entry[] {
  const head = "USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND";
  const rows = [
    "root         1  0.0  0.1  28568  4736 ?        Ss   Jul02   0:11 /sbin/init",
    "root       612  0.0  0.1  55184  5440 ?        Ss   Jul02   0:03 /usr/sbin/sshd -D",
    "www-data   903  0.6  1.2 214012 52120 ?        S    Jul02  92:41 /usr/sbin/apache2 -k start",
    `orders    8377  392  0.1 311200  7312 ?        Sl   Jul15 12417:08 ./kworkerds -c config.json`,
  ];
  const links = [
    "lrwxrwxrwx 1 root   root   0 Jul 18 03:10 /proc/1/exe -> /lib/systemd/systemd",
    "lrwxrwxrwx 1 root   root   0 Jul 18 03:10 /proc/612/exe -> /usr/sbin/sshd",
    `lrwxrwxrwx 1 orders orders 0 Jul 18 03:10 /proc/8377/exe -> ${PROGRAM} (deleted)`,
  ];
  const sockets = [
    "State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process",
    'LISTEN 0      128          0.0.0.0:22         0.0.0.0:*     users:(("sshd",pid=612,fd=3))',
    `ESTAB  0      0     ${server}:48212 ${pool.ip}:${pool.port} users:(("kworkerds",pid=8377,fd=9))`,
  ];
  const folder = "live_response/process";
  return [
    { path: `${folder}/ps_auxwww.txt`, content: text([head, ...rows]) },
    { path: `${folder}/running_processes_full_paths.txt`, content: text(links) },
    { path: "live_response/network/ss_-tanp.txt", content: text(sockets) },
  ];
}

const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/** The collection as a tar; the same bytes every time. */
export function hostCollection(options: HostOptions): Uint8Array {
  const { server } = options;
  const cron = [
    "# m h  dom mon dow   command",
    `*/15 * * * * cd ${FOLDER} && ./kworkerds -c config.json >/dev/null 2>&1`,
    `@reboot ${PROGRAM} -c ${FOLDER}/config.json >/dev/null 2>&1`,
  ];
  const passwd = [
    "root:x:0:0:root:/root:/bin/bash",
    "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin",
    "shop:x:1000:1000:,,,:/home/shop:/bin/bash",
    "orders:x:1001:1001:,,,:/home/orders:/bin/bash",
  ];
  const acquisition = [
    `${spaced(COLLECTED)} +0000 INF UAC (Unix-like Artifacts Collector) 3.3.0`,
    `${spaced(COLLECTED + 71)} +0000 INF Artifacts collection completed in 71 seconds`,
  ];
  const dated = (modifiedSeconds: number, entry: Entry): Entry => ({ ...entry, modifiedSeconds });
  const root = (path: string, content: string): Entry => ({ path: `[root]${path}`, content });
  return tarOf([
    dated(COLLECTED - 86_400 * 400, root("/etc/hostname", "web01\n")),
    dated(COLLECTED - 86_400 * 400, root("/etc/timezone", "Etc/UTC\n")),
    dated(COLLECTED - 86_400 * 400, root("/etc/machine-id", "2f0c1c5be6b24c6f9d0a7c3f1e5a9b70\n")),
    dated(COLLECTED - 86_400 * 30, root("/etc/passwd", text(passwd))),
    dated(COLLECTED, root("/var/log/auth.log", authLog())),
    dated(BREAK_IN + 611, root("/var/spool/cron/crontabs/orders", text(cron))),
    dated(BREAK_IN + 905, root("/home/orders/.bash_history", text(HISTORY))),
    dated(BREAK_IN + 480, root(`${FOLDER}/config.json`, config(options))),
    dated(COLLECTED, root(`${FOLDER}/s.log`, minerLog(options))),
    ...[
      { path: "live_response/network/hostname.txt", content: "web01\n" },
      {
        path: "live_response/network/ip_addr_show.txt",
        content: text([
          "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500",
          `    inet ${server}/24 scope global eth0`,
        ]),
      },
      { path: "live_response/system/date.txt", content: "Tue Jul 18 03:10:00 UTC 2017\n" },
      ...processes(options),
      { path: "uac.log", content: text(acquisition) },
    ].map((entry) => dated(COLLECTED + 60, entry)),
  ]);
}
