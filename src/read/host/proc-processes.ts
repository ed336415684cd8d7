import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";

/** Open files of one process that are looked at: a proxy has some ten thousand. */
const MAX_FDS = 4_096;
/** Bytes of a command line that are kept; the kernel allows 2 MiB. */
const MAX_ARGS_BYTES = 1 << 13;

/** A process as /proc tells of it at one moment. */
export interface ProcProcess {
  readonly pid: number;
  /** /proc/<pid>/stat as it stands there. */
  readonly stat: string;
  readonly args: readonly string[];
  /** Where the links lead; null when there is none or it may not be seen. */
  readonly exe: string | null;
  readonly cwd: string | null;
  readonly uid: number | null;
  /** Numbers of the sockets that it holds. */
  readonly sockets: readonly number[];
}

/** What of it the current user may not see. */
export interface Unseen {
  exe: number;
  sockets: number;
}

/** Process ids in a /proc; none where it cannot be read. */
export function processIds(proc: string): number[] {
  try {
    return readdirSync(proc)
      .filter((name) => /^\d{1,10}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}

/** Looks at one process; null when it ended meanwhile. Counts in `unseen` what may not be seen.
 *
 *  Errors: none: processes come and go while they are looked at.
 */
export function lookAtProcess(proc: string, pid: number, unseen: Unseen): ProcProcess | null {
  const folder = join(proc, String(pid));
  const stat = textOf(join(folder, "stat"));
  if (stat === null || stat === "") return null;
  const cmdline = textOf(join(folder, "cmdline")) ?? "";
  const exe = linkOf(join(folder, "exe"));
  const sockets = socketsOf(join(folder, "fd"));
  // A thread of the kernel has neither arguments nor executable, and nothing to hide.
  if (cmdline !== "") {
    if (exe === "denied") unseen.exe += 1;
    if (sockets === null) unseen.sockets += 1;
  }
  const cwd = linkOf(join(folder, "cwd"));
  return {
    pid,
    stat: stat.trim(),
    args: cmdline.slice(0, MAX_ARGS_BYTES).replace(/\0+$/, "").split("\0"),
    exe: exe === "denied" ? null : exe,
    cwd: cwd === "denied" ? null : cwd,
    uid: ownerOf(folder),
    sockets: sockets ?? [],
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Where a link leads; "denied" when that may not be seen, null when there is none. No link of /proc leads to
 *  "denied": its targets begin with a slash or name a kind ("socket:[1]"). */
function linkOf(path: string): string | "denied" | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    return isDenied(error) ? "denied" : null;
  }
}

function isDenied(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "EACCES" || code === "EPERM";
}

function socketsOf(folder: string): number[] | null {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    return isDenied(error) ? null : [];
  }
  return names.slice(0, MAX_FDS).flatMap((name) => {
    const inode = /^socket:\[(\d{1,15})\]$/.exec(linkOf(join(folder, name)) ?? "")?.[1];
    return inode === undefined ? [] : [Number(inode)];
  });
}

function ownerOf(folder: string): number | null {
  try {
    return statSync(folder).uid;
  } catch {
    return null;
  }
}

/** When the kernel of a /proc started, and how long ago, in seconds; null where it does not tell. */
export function clockOf(
  proc: string,
): { readonly bootSeconds: number; readonly uptimeSeconds: number } | null {
  const boot = /^btime (\d{1,11})$/m.exec(textOf(join(proc, "stat")) ?? "")?.[1];
  const uptime = /^(\d{1,10}\.\d{2}) /.exec(textOf(join(proc, "uptime")) ?? "")?.[1];
  return boot === undefined || uptime === undefined
    ? null
    : { bootSeconds: Number(boot), uptimeSeconds: Number(uptime) };
}

/** Accounts of a passwd file: names by number, and home folders. */
export function accountsOf(path: string): {
  readonly names: ReadonlyMap<number, string>;
  readonly homes: string[];
} {
  const names = new Map<number, string>();
  const homes: string[] = [];
  for (const line of (textOf(path) ?? "").split("\n").slice(0, 10_000)) {
    const [name = "", , uid = "", , , home = ""] = line.split(":");
    if (name === "" || !/^\d{1,10}$/.test(uid)) continue;
    if (!names.has(Number(uid))) names.set(Number(uid), name);
    homes.push(home);
  }
  return { names, homes };
}
