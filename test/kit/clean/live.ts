// What runs on the busy clean host while it is collected, and the list of its files.

interface Running {
  readonly user: string;
  readonly pid: number;
  readonly ppid: number;
  readonly cpu: number;
  readonly args: string;
  /** As /proc/<pid>/exe points; null for threads of the kernel. */
  readonly exe: string | null;
}

/** User, pid, share of a processor, arguments, and the executable where it is not the first word. */
type Row = readonly [user: string, pid: number, cpu: number, args: string, exe?: string | null];

function run([user, pid, cpu, args, exe = args.split(" ")[0] ?? null]: Row): Running {
  return { user, pid, ppid: exe === null && pid !== 2 ? 2 : 1, cpu, args, exe };
}

/** Threads of the kernel, services, containers, builds at full load, and programs whose files an upgrade has
 *  replaced while they ran. */
const ROWS: readonly Row[] = [
  ["root", 1, 0, "/sbin/init", "/usr/lib/systemd/systemd"],
  ...[
    "kthreadd",
    "rcu_gp",
    "kworker/0:0H-events_highpri",
    "ksoftirqd/0",
    "kswapd0",
    "khugepaged",
    "kcompactd0",
  ].map((name, index): Row => ["root", 2 + index, 0, `[${name}]`, null]),
  ["root", 410, 0, "/lib/systemd/systemd-journald", "/usr/lib/systemd/systemd-journald"],
  ["message+", 612, 0, "@dbus-daemon --system --address=systemd: --nofork", "/usr/bin/dbus-daemon (deleted)"],
  [
    "root",
    633,
    0,
    "/usr/bin/python3 /usr/bin/networkd-dispatcher --run-startup-triggers",
    "/usr/bin/python3.10 (deleted)",
  ],
  ["root", 700, 0, "/usr/sbin/cron -f -P"],
  ["root", 711, 0, "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", "/usr/sbin/sshd"],
  ["root", 720, 0.7, "/usr/bin/containerd"],
  ["root", 733, 1.9, "/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock"],
  [
    "root",
    1190,
    0,
    "/usr/bin/containerd-shim-runc-v2 -namespace moby -id 9c1f -address /run/containerd/containerd.sock",
  ],
  ["999", 1211, 3.1, "postgres: app app 172.17.0.3(41022) SELECT", "/usr/lib/postgresql/15/bin/postgres"],
  ["systemd+", 1230, 0.2, "redis-server *:6379", "/usr/local/bin/redis-server"],
  ["www-data", 1302, 0.4, "nginx: worker process", "/usr/sbin/nginx"],
  ["deploy", 1400, 2.2, "/home/deploy/.nvm/versions/node/v20.11.0/bin/node /srv/app/server.js"],
  [
    "monero",
    1500,
    12.5,
    "/usr/local/bin/monerod --detach --data-dir /var/lib/monero --restricted-rpc --prune-blockchain",
  ],
  [
    "boinc",
    1600,
    98.9,
    "../../projects/www.worldcommunitygrid.example/wcgrid_mcm1_7.61_x86_64-pc-linux-gnu",
    "/var/lib/boinc/projects/www.worldcommunitygrid.example/wcgrid_mcm1_7.61_x86_64-pc-linux-gnu",
  ],
  [
    "jenkins",
    1700,
    6,
    "/usr/bin/java -Djava.awt.headless=true -jar /usr/share/java/jenkins.war --httpPort=8080",
    "/usr/lib/jvm/java-17-openjdk-amd64/bin/java",
  ],
  ...Array.from(
    { length: 12 },
    (_, index): Row => [
      "gitlab-runner",
      48_000 + index,
      99.4 + index / 100,
      `/usr/lib/gcc/x86_64-linux-gnu/11/cc1plus -quiet -O3 src/part${index}.cc`,
    ],
  ),
  [
    "gitlab-runner",
    48_100,
    100,
    "/home/gitlab-runner/.rustup/toolchains/stable/bin/rustc --crate-name app src/main.rs",
  ],
  ["jenkins", 48_110, 398, "/usr/bin/ffmpeg -i /tmp/in.mkv -c:v libx265 -preset slow /tmp/out.mp4"],
  [
    "gitlab-runner",
    48_120,
    87,
    "/tmp/go-build3021/b001/exe/server.test -test.v",
    "/tmp/go-build3021/b001/exe/server.test",
  ],
  ["alice", 48_150, 0, "-bash", "/usr/bin/bash"],
  ["root", 48_200, 1, "/bin/sh ./uac -p ir_triage -u /out", "/usr/bin/dash"],
];

const RUNNING: readonly Running[] = ROWS.map(run);

/** Lists of processes as the collector writes them. */
export function cleanProcesses(): Record<string, string> {
  const ps = RUNNING.map(
    ({ user, pid, cpu, args }) =>
      `${user.padEnd(8)} ${String(pid).padStart(7)} ${cpu.toFixed(1).padStart(4)}  0.1  10000  5000 ` +
      `?        Ss   Mar01   0:03 ${args}`,
  );
  const ef = RUNNING.map(
    ({ user, pid, ppid, args }) =>
      `${user.padEnd(8)} ${String(pid).padStart(7)} ${String(ppid).padStart(7)}  0 Mar01 ?        ` +
      `00:00:03 ${args}`,
  );
  const links = RUNNING.filter(({ exe }) => exe !== null).map(
    ({ user, pid, exe }) => `lrwxrwxrwx 1 ${user} ${user} 0 Mar 31 18:00 /proc/${pid}/exe -> ${exe}`,
  );
  const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
  return {
    "live_response/process/ps_auxwww.txt": text([
      "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND",
      ...ps,
    ]),
    "live_response/process/ps_-ef.txt": text([
      "UID          PID    PPID  C STIME TTY          TIME CMD",
      ...ef,
    ]),
    "live_response/process/running_processes_full_paths.txt": text(links),
  };
}

/** Connections: visitors, the mirror, the registry, peers of the node, the office; a service of one's own on
 *  a port that pools like. */
export function cleanSockets(): Record<string, string> {
  const peers = Array.from({ length: 24 }, (_, index) => ({
    local: `192.0.2.10:${41_000 + index}`,
    remote: `203.0.113.${100 + index}:18080`,
    by: '"monerod",pid=1500,fd=20',
  }));
  const others = [
    { local: "192.0.2.10:22", remote: "198.51.100.77:51022", by: '"sshd",pid=48140,fd=4' },
    { local: "192.0.2.10:443", remote: "198.51.100.9:40122", by: '"nginx",pid=1302,fd=9' },
    { local: "192.0.2.10:50122", remote: "203.0.113.80:443", by: '"dockerd",pid=733,fd=12' },
    { local: "192.0.2.10:3333", remote: "198.51.100.77:51090", by: '"node",pid=1400,fd=18' },
  ];
  const lines = [...peers, ...others].map(
    ({ local, remote, by }) =>
      `ESTAB  0      0      ${local.padStart(22)} ${remote.padStart(22)} users:((${by}))`,
  );
  const head = "State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process";
  const listen =
    'LISTEN 0      511                0.0.0.0:3333            0.0.0.0:*     users:(("node",pid=1400,fd=17))';
  return { "live_response/network/ss_-tanp.txt": `${[head, listen, ...lines].join("\n")}\n` };
}

/** A night's backups, a build's objects, converted pictures and an upgrade: many files of one ending within
 *  minutes, as an encrypting program writes them, too. */
export function cleanBodyfile(): Record<string, string> {
  const at = 1_774_925_000;
  const row = (path: string, seconds: number, bytes = 4096): string => {
    const time = at + seconds;
    const inode = 1000 + (seconds % 9000);
    return `0|${path}|${inode}|-rw-r--r--|1000|1000|${bytes}|${time}|${time}|${time}|${time}`;
  };
  const many = (count: number, path: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => row(path(index), Math.floor(index / 20)));
  const rows = [
    ...many(3_000, (index) => `/home/gitlab-runner/builds/app/obj/part${index}.o`),
    ...many(1_200, (index) => `/var/backups/daily/table${index}.sql.gz`),
    ...many(900, (index) => `/srv/www/pictures/${index}.webp`),
    ...many(600, (index) => `/var/lib/docker/overlay2/${index}/link`),
    ...many(400, (index) => `/usr/lib/python3/dist-packages/p${index}.pyc`),
    row("/home/alice/Monero/wallets/main.keys", -90_000, 1_600),
    row("/home/alice/Monero/wallets/main", -90_000, 90_000),
    row("/usr/local/bin/monerod", -900_000, 20_000_000),
    row("/tmp/go-build3021/b001/exe/server.test", 500, 9_000_000),
    row("/home/bob/.bitcoin/wallet.dat", -2_000_000, 1_400_000),
  ];
  return { "bodyfile/bodyfile.txt": `${rows.join("\n")}\n` };
}
