// Where programs of a packaged system never lie, and names that intruders give theirs.

/** A folder for files that pass, or for none: no package installs a program there. Most are emptied at boot;
 *  /var/tmp is not. */
export interface OpenPlace {
  readonly path: string;
  readonly why: string;
}

/** Source: Filesystem Hierarchy Standard 3.0, 3.18 and 5.15 (/tmp, /var/tmp hold temporary files), 3.6 (/dev
 *  holds devices), systemd file-hierarchy(7) (/run/shm, /run/lock). */
export const OPEN_PLACES: readonly OpenPlace[] = [
  { path: "/tmp/", why: "a folder for temporary files" },
  { path: "/var/tmp/", why: "a folder for temporary files" },
  { path: "/dev/shm/", why: "memory that looks like a folder" },
  { path: "/dev/", why: "the folder for devices" },
  { path: "/run/shm/", why: "memory that looks like a folder" },
  { path: "/run/lock/", why: "the folder for locks" },
  { path: "/var/lock/", why: "the folder for locks" },
];

/** Hidden folders in which ordinary tools of developers and administrators keep programs that cron and units
 *  start, as their own documentation says, and hidden scripts that shells read at login. */
export const USUAL_HIDDEN: ReadonlySet<string> = new Set([
  ".acme.sh",
  ".asdf",
  ".bash_aliases",
  ".bash_profile",
  ".bashrc",
  ".bin",
  ".bun",
  ".cache",
  ".cargo",
  ".config",
  ".composer",
  ".deno",
  ".docker",
  ".dotnet",
  ".env",
  ".fnm",
  ".fzf",
  ".gem",
  ".ghcup",
  ".git",
  ".go",
  ".gvm",
  ".juliaup",
  ".krew",
  ".linuxbrew",
  ".local",
  ".luarocks",
  ".meteor",
  ".mise",
  ".npm",
  ".npm-global",
  ".nodenv",
  ".nvm",
  ".nix-profile",
  ".oh-my-zsh",
  ".opam",
  ".phpenv",
  ".pixi",
  ".plenv",
  ".pm2",
  ".poetry",
  ".profile",
  ".pyenv",
  ".rbenv",
  ".rustup",
  ".rvm",
  ".rye",
  ".sdkman",
  ".snap",
  ".steam",
  ".tfenv",
  ".tmux",
  ".venv",
  ".virtualenvs",
  ".vscode-server",
  ".vim",
  ".volta",
  ".yarn",
  ".zprofile",
  ".zshrc",
]);

/** Beginnings of names that only threads of the kernel have, which have no file.
 *
 *  Source: `ps` of Linux 6.1 and 5.15 (threads whose parent is 2, kthreadd); the imitations are told in the
 *  reports named in `FAMILY_MARKS`. A user's program begins with none of them: Debian 12's Contents lists
 *  hold no program of such a name below /bin, /sbin, /usr/bin or /usr/sbin.
 */
export const KERNEL_THREADS: readonly string[] = [
  "cpuhp",
  "ext4-rsv-conver",
  "jbd2",
  "kauditd",
  "kblockd",
  "kcompactd",
  "kdevtmpfs",
  "khelper",
  "khugepaged",
  "khungtaskd",
  "kintegrityd",
  "ksoftirqd",
  "kstrp",
  "kswapd",
  "kthread",
  "kthrot",
  "kworker",
  "oom_reaper",
  "rcu_bh",
  "rcu_gp",
  "rcu_par_gp",
  "rcu_preempt",
  "rcu_sched",
  "scsi_eh",
  "writeback",
];

/** A path or name by which a family of intruders is known. */
export interface FamilyMark {
  readonly family: string;
  /** Text that stands in paths or commands of that family and of nothing else. */
  readonly text: string;
  readonly source: string;
}

const OUTLAW = {
  family: "Outlaw (Dota)",
  source:
    "Elastic Security Labs, Outlaw Linux Malware (2025-04-01); Trend Micro, Outlaw Updates (2020-02-10)",
};
const KINSING = {
  family: "Kinsing (H2Miner)",
  source: "Aqua Security, Threat Alert: Kinsing Malware (2020-04-03)",
};
const TEAMTNT = {
  family: "TeamTNT",
  source: "Trend Micro, Tracking the Activities of TeamTNT (2021-07)",
};
const WATCHDOG = {
  family: "WatchDog",
  source: "Unit 42, WatchDog: Exposing a Cryptojacking Campaign (2021-02-17)",
};
const REDTAIL = {
  family: "RedTail",
  source: "Akamai, RedTail Cryptominer Threat Actors Adopt PAN-OS CVE-2024-3400 (2024-05-30)",
};
const PERFCTL = {
  family: "perfctl",
  source: "Aqua Nautilus, perfctl: A Stealthy Malware Targeting Millions of Linux Servers (2024-10-03)",
};

export const FAMILY_MARKS: readonly FamilyMark[] = [
  { ...OUTLAW, text: "/.configrc" },
  { ...OUTLAW, text: "/.X25-unix/" },
  { ...OUTLAW, text: "/.X26-unix/" },
  { ...OUTLAW, text: "/.rsync/c/" },
  { ...OUTLAW, text: "/.rsync/a/" },
  { ...OUTLAW, text: "/dota3.tar" },
  { ...OUTLAW, text: "kthreadadd64" },
  { ...OUTLAW, text: "kthreadadd32" },
  { ...KINSING, text: "kdevtmpfsi" },
  { ...KINSING, text: "/kinsing" },
  { ...KINSING, text: "/libsystem.so" },
  { ...TEAMTNT, text: "/usr/share/[crypto]" },
  { ...WATCHDOG, text: "/etc/phpguard" },
  { ...WATCHDOG, text: "/cf67356" },
  { ...REDTAIL, text: "/.redtail" },
  { ...PERFCTL, text: "/perfctl" },
  { ...PERFCTL, text: "/perfcc" },
  { ...PERFCTL, text: "/libgcwrap.so" },
];
