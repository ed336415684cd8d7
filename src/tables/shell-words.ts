// Programs that start another program, and programs that run a text or a file as their program.

/** A program in front of the one that it starts.
 *
 *  Shape: `valued` are the letters of short options that take the next word as their value; `before` is how
 *  many words stand between the options and the program (the seconds of timeout, the lock of flock).
 *  Source: the manual pages of coreutils 9.1, util-linux 2.38, sudo 1.9, cron 3.0 (Debian 12), busybox 1.35,
 *  cpulimit 2.8; `start` of cmd.exe.
 */
export interface Wrapper {
  readonly valued: string;
  readonly before: number;
  /** Options whose value is a command line of its own. */
  readonly command?: string;
}

export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ["sudo", { valued: "CDghpRrTtuU", before: 0 }],
  ["doas", { valued: "Cu", before: 0 }],
  ["nohup", { valued: "", before: 0 }],
  ["nice", { valued: "n", before: 0 }],
  ["ionice", { valued: "cnpPu", before: 0 }],
  ["chrt", { valued: "TPD", before: 1 }],
  ["taskset", { valued: "", before: 1 }],
  ["timeout", { valued: "ks", before: 1 }],
  ["setsid", { valued: "", before: 0 }],
  ["stdbuf", { valued: "ioe", before: 0 }],
  ["env", { valued: "uCS", before: 0 }],
  ["exec", { valued: "a", before: 0 }],
  ["command", { valued: "", before: 0 }],
  ["builtin", { valued: "", before: 0 }],
  ["time", { valued: "fo", before: 0 }],
  ["flock", { valued: "wE", before: 1, command: "c" }],
  ["xargs", { valued: "adEILnPs", before: 0 }],
  ["screen", { valued: "chpsStT", before: 0 }],
  ["tmux", { valued: "fLS", before: 0 }],
  ["unbuffer", { valued: "", before: 0 }],
  ["chronic", { valued: "", before: 0 }],
  ["cronic", { valued: "", before: 0 }],
  ["busybox", { valued: "", before: 0 }],
  ["systemd-run", { valued: "pEMHGu", before: 0 }],
  ["systemd-cat", { valued: "tp", before: 0 }],
  ["runuser", { valued: "cgGsu", before: 0, command: "c" }],
  ["su", { valued: "cgGs", before: 1, command: "c" }],
  ["proot", { valued: "rbw", before: 0 }],
  ["chroot", { valued: "", before: 1 }],
  ["numactl", { valued: "CNmpi", before: 0 }],
  ["cpulimit", { valued: "lepm", before: 0 }],
  ["watch", { valued: "n", before: 0 }],
  ["unshare", { valued: "", before: 0 }],
  ["strace", { valued: "oeps", before: 0 }],
  ["ltrace", { valued: "oeps", before: 0 }],
  ["start", { valued: "", before: 0 }],
]);

/** Shells: their first argument is a script, the value of -c a command line. */
export const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash", "fish"]);

/** Interpreters: their first argument is a script, and these options hold a program as text. */
export const INTERPRETERS: ReadonlyMap<string, string> = new Map([
  ["python", "c"],
  ["python2", "c"],
  ["python3", "c"],
  ["perl", "eE"],
  ["ruby", "e"],
  ["php", "r"],
  ["node", "ep"],
  ["lua", "e"],
  [".", ""],
  ["source", ""],
  ["eval", ""],
]);

/** Programs that fetch a file from elsewhere. */
export const FETCHERS: ReadonlySet<string> = new Set([
  "curl",
  "wget",
  "wget2",
  "fetch",
  "lwp-download",
  "tftp",
  "ftpget",
  "aria2c",
  "axel",
  "lynx",
]);
