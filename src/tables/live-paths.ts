/** A group of files that `live:` reads of a running host, and why.
 *
 *  Shape: paths lie below the root; "*" stands for any name in a folder (hidden ones too), "**" at the end
 *  for everything below, `~` for the home folder of each account. `mostBytes` is of one file, `totalBytes`
 *  and `mostFiles` of the group: hidden files come first, then the newest.
 */
export interface LivePaths {
  /** In words, as gaps name them. */
  readonly what: string;
  readonly why: string;
  readonly paths: readonly string[];
  readonly mostBytes: number;
  readonly totalBytes: number;
  readonly mostFiles: number;
}

const KIB = 1 << 10;
const MIB = 1 << 20;
/** Files that an administrator writes: none that was met has more. */
const SMALL = { mostBytes: MIB, totalBytes: 64 * MIB, mostFiles: 10_000 } as const;

/** Deepest folder below a "**". The hidden folders of miners lie two or three deep. */
export const LIVE_DEPTH = 8;

/** Source: the locations that UAC 3.3.0 (artifacts/files), systemd.unit(5), cron(8), bash(1), sshd_config(5)
 *  and the FHS name; MITRE ATT&CK T1053.003, T1543.002, T1546.004, T1098.004, T1547.006, T1574.006. */
export const LIVE_PATHS: readonly LivePaths[] = [
  {
    what: "the host's identity",
    why: "names the host, its system and its zone",
    paths: ["etc/hostname", "etc/machine-id", "etc/os-release", "usr/lib/os-release", "etc/timezone"],
    ...SMALL,
  },
  {
    what: "accounts and rights",
    why: "new accounts and rights let an intruder come back",
    paths: [
      "etc/passwd",
      "etc/group",
      "etc/sudoers",
      "etc/sudoers.d/*",
      "etc/doas.conf",
      "etc/ssh/sshd_config",
      "etc/ssh/sshd_config.d/*",
    ],
    ...SMALL,
  },
  {
    what: "login keys",
    why: "a key lets an intruder come back",
    paths: [
      "~/.ssh/authorized_keys",
      "~/.ssh/authorized_keys2",
      "etc/ssh/authorized_keys/*",
      "etc/dropbear/*",
    ],
    ...SMALL,
  },
  {
    what: "cron tables",
    why: "cron starts a miner again",
    paths: [
      "etc/crontab",
      "etc/anacrontab",
      "etc/cron.d/*",
      "etc/cron.hourly/*",
      "etc/cron.daily/*",
      "etc/cron.weekly/*",
      "etc/cron.monthly/*",
      "etc/crontabs/*",
      "var/spool/cron/**",
      "var/spool/at/*",
      "var/cron/tabs/*",
    ],
    ...SMALL,
  },
  {
    what: "systemd units",
    why: "a unit or timer starts a miner again",
    paths: [
      "etc/systemd/**",
      "run/systemd/system/*",
      "usr/local/lib/systemd/**",
      "usr/lib/systemd/system/*",
      "usr/lib/systemd/user/*",
      "lib/systemd/system/*",
      "~/.config/systemd/user/**",
      "~/.local/share/systemd/user/**",
    ],
    ...SMALL,
  },
  {
    what: "start-up scripts",
    why: "what runs at start or at login starts a miner again",
    paths: [
      "etc/rc.local",
      "etc/rc.d/*",
      "etc/init.d/*",
      "etc/inittab",
      "etc/local.d/*",
      "etc/profile",
      "etc/profile.d/*",
      "etc/bash.bashrc",
      "etc/bashrc",
      "etc/zshrc",
      "etc/zsh/*",
      "etc/environment",
      "~/.profile",
      "~/.bash_profile",
      "~/.bash_login",
      "~/.bash_logout",
      "~/.bashrc",
      "~/.zshrc",
      "~/.zprofile",
      "~/.zshenv",
      "~/.config/autostart/*",
      "~/.config/fish/config.fish",
    ],
    ...SMALL,
  },
  {
    what: "libraries and modules that are loaded everywhere",
    why: "a preloaded library or a kernel module hides a miner",
    paths: [
      "etc/ld.so.preload",
      "etc/modules",
      "etc/modules-load.d/*",
      "etc/modprobe.d/*",
      "etc/sysctl.conf",
      "etc/sysctl.d/*",
    ],
    ...SMALL,
  },
  {
    what: "shell histories",
    why: "what was typed",
    paths: [
      "~/.bash_history",
      "~/.zsh_history",
      "~/.histfile",
      "~/.sh_history",
      "~/.ash_history",
      "~/.local/share/fish/fish_history",
    ],
    mostBytes: 16 * MIB,
    totalBytes: 64 * MIB,
    mostFiles: 10_000,
  },
  {
    what: "miners' settings",
    why: "set-up scripts put miners into home folders and /opt",
    paths: [
      "~/*/config.json",
      "~/.xmrig.json",
      "~/.config/xmrig.json",
      "opt/*/config.json",
      "root/config.json",
    ],
    mostBytes: MIB,
    totalBytes: 16 * MIB,
    mostFiles: 10_000,
  },
  {
    what: "files in folders for temporary files",
    why: "anybody may write there: miners, their settings and logs lie there",
    paths: ["tmp/**", "var/tmp/**", "dev/shm/**", "run/shm/**"],
    mostBytes: 256 * KIB,
    totalBytes: 32 * MIB,
    // A server's have some hundred; where programs are built, some ten thousand of no interest.
    mostFiles: 4_000,
  },
  {
    what: "logs",
    why: "who came in, what was started",
    paths: ["run/utmp", "var/log/**"],
    mostBytes: 64 * MIB,
    totalBytes: 256 * MIB,
    mostFiles: 10_000,
  },
];

/** Settings and logs of miners beside a running program, by name: in the folder of its executable and in the
 *  one that it runs in. */
export const BESIDE_PROGRAMS =
  /^(?:config|pools?|cpu|xmrig|miner|start)[\w.-]{0,20}\.(?:json|txt|conf|sh)$|\.log$/i;

/** Folders of the system, which hold thousands of programs. */
export const SYSTEM_FOLDERS = /^\/(?:$|(?:bin|sbin|lib|lib64|usr|etc|dev|proc|sys|run|snap|nix|gnu)(?:\/|$))/;

/** Files in them are not text, and nothing reads them: the systemd journal has its own format. */
export const UNREAD_LOGS = /(?:^|\/)var\/log\/journal\//;
