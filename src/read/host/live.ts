import { lstatSync } from "node:fs";
import { dirname } from "node:path";
import { compareText } from "../../bytes/text.ts";
import {
  BESIDE_PROGRAMS,
  LIVE_DEPTH,
  LIVE_PATHS,
  type LivePaths,
  SYSTEM_FOLDERS,
  UNREAD_LOGS,
} from "../../tables/live-paths.ts";
import type { Member } from "../archive/archive.ts";
import type { Desk } from "../reader.ts";
import { entriesOf, memberOf, type Spot, spotOf, type Tree } from "./folder.ts";
import { type Looked, PROCESS_LINES_PATH, processLines } from "./live-processes.ts";
import { accountsOf, processIds } from "./proc-processes.ts";
import { filesBelow, textMember, zoneLink } from "./tree.ts";

/** Files of /proc that tell of the host and its connections. */
const PROC_FILES: readonly string[] = [
  "proc/sys/kernel/hostname",
  "proc/version",
  "proc/modules",
  "proc/net/fib_trie",
  "proc/net/if_inet6",
  "proc/net/tcp",
  "proc/net/tcp6",
  "proc/net/udp",
  "proc/net/udp6",
];
/** Files of one group that are looked at; beyond, they are left out. */
const MAX_FILES = 20_000;
/** Home folders that are looked into. */
const MAX_HOMES = 2_000;
/** Folders of running programs that are looked into. */
const MAX_PROGRAM_FOLDERS = 500;

/** The running host, read-only: what tells of its processes, start-up, accounts, keys and logs
 *  (`LIVE_PATHS`).
 *
 *  Shape: files lie below `root`; processes and connections come from its own `proc` where that holds any,
 *  else from the running kernel.
 *  Errors: none; what may not be read is a gap with its count, what is gone when it is read is nothing.
 *  Limits: Linux; without root the executables and connections of others' processes are not seen; the
 *  systemd journal is not read.
 */
export async function* liveMembers(root: Tree, desk: Desk): AsyncGenerator<Member> {
  const tree = { ...root, name: "the running host", path: root.path.replace(/\/+$/, ""), isLive: true };
  const base = processIds(`${tree.path}/proc`).length > 0 ? tree : { ...tree, path: "" };
  const look = processLines({
    proc: `${base.path}/proc`,
    passwd: `${base.path}/etc/passwd`,
    collector: "live",
  });
  noteUnseen(tree, { look, isKernels: base.path === "" }, desk);
  yield textMember(PROCESS_LINES_PATH, `${look.lines.join("\n")}\n`);
  for (const path of PROC_FILES) {
    const member = memberOf({ ...base, what: "tables of the kernel" }, spotOf(path), desk);
    if (member !== null) yield member;
  }
  const zone = zoneLink(tree);
  if (zone !== null) yield zone;
  const met = new Set<string>();
  const homes = homesOf(tree);
  for (const group of LIVE_PATHS) yield* groupMembers(tree, { group, homes, met }, desk);
  yield* besidePrograms(tree, { look, met }, desk);
}

function placeOf({ id }: Tree) {
  return { evidence: id, atByte: 0, byteLength: 0, packet: null, line: null };
}

/** What the current user may not see of the processes. */
function noteUnseen(
  tree: Tree,
  { look, isKernels }: { readonly look: Looked; readonly isKernels: boolean },
  desk: Desk,
): void {
  const { processes, unseen } = look;
  const place = placeOf(tree);
  if (processes.length === 0) {
    desk.gap(place, "unreadable", `Cannot see the processes of ${tree.name}: it has no /proc`);
    return;
  }
  const advice = process.getuid?.() === 0 ? "" : "; run as root to see them";
  const of = `of ${processes.length} processes: the current user may not${advice}`;
  const rows = [
    [unseen.exe, `Cannot see the executables and folders of ${unseen.exe} ${of}`],
    [unseen.sockets, `Cannot see the connections of ${unseen.sockets} ${of}`],
  ] as const;
  for (const [count, says] of rows) {
    if (count > 0) desk.countGap({ place, code: "no-permission", says, count });
  }
  if (isKernels && !processes.some(({ pid }) => pid === 1)) {
    const says = `${tree.name} shows only some processes: /proc hides those of others (hidepid)`;
    desk.gap(place, "no-permission", says);
  }
}

/** Home folders below the root: of all accounts, and of what lies in /home. */
function homesOf(tree: Tree): string[] {
  const named = accountsOf(`${tree.path}/etc/passwd`).homes.filter((home) => !SYSTEM_FOLDERS.test(home));
  const homes = named.filter((home) => home.startsWith("/") && !home.includes("/../"));
  return [...new Set(["root", "home/*", ...homes.map((home) => home.slice(1).replace(/\/+$/, ""))])]
    .filter((home) => !/^home\/[^/*]+$/.test(home))
    .slice(0, MAX_HOMES);
}

interface GroupOrder {
  readonly group: LivePaths;
  readonly homes: readonly string[];
  /** Paths that were handed on already. */
  readonly met: Set<string>;
}

async function* groupMembers(
  tree: Tree,
  { group, homes, met }: GroupOrder,
  desk: Desk,
): AsyncGenerator<Member> {
  const named: Tree = { ...tree, what: group.what };
  const found: Member[] = [];
  for (const path of group.paths) {
    if (path.startsWith("lib/") && isLink(`${tree.path}/lib`)) continue;
    const whole = path.startsWith("~/") ? homes.map((home) => `${home}/${path.slice(2)}`) : [path];
    for (const pattern of whole) {
      for await (const member of matching(named, { at: spotOf(""), parts: pattern.split("/") }, desk)) {
        if (met.has(member.path)) continue;
        met.add(member.path);
        if (found.length < MAX_FILES) found.push(member);
        else
          desk.gap(placeOf(tree), "dropped-details", `${tree.name} has more than ${MAX_FILES} ${group.what}`);
      }
    }
  }
  yield* withinLimits(named, { group, found }, desk);
}

/** Hidden files first: that is where intruders put theirs. Then the newest. */
function compareInterest(a: Member, b: Member): number {
  const hidden = (path: string): number => (/(?:^|\/)\.[^/]/.test(path) ? 0 : 1);
  return (
    hidden(a.path) - hidden(b.path) ||
    (b.modifiedMicros ?? 0) - (a.modifiedMicros ?? 0) ||
    compareText(a.path, b.path)
  );
}

/** What fits into the group's limits; the rest is counted. */
function withinLimits(
  tree: Tree,
  { group, found }: { readonly group: LivePaths; readonly found: readonly Member[] },
  desk: Desk,
): Member[] {
  const place = placeOf(tree);
  const readable = found.filter(({ path }) => !UNREAD_LOGS.test(`/${path}`));
  if (readable.length < found.length) {
    const says = `${tree.name} keeps a systemd journal, which is not read: give \`journalctl -o export\` too`;
    desk.countGap({ place, code: "unrecognised", says, count: found.length - readable.length });
  }
  let left = group.totalBytes;
  let files = group.mostFiles;
  const kept = [...readable].sort(compareInterest).filter(({ bytes }) => {
    const size = bytes ?? 0;
    if (size > group.mostBytes || size > left || files === 0) return false;
    left -= size;
    files -= 1;
    return true;
  });
  if (kept.length < readable.length) {
    const { mostBytes, totalBytes, mostFiles } = group;
    const most = `${mostBytes} bytes each, ${totalBytes} together and ${mostFiles} files`;
    const says = `Passed over ${group.what} of ${tree.name}: at most ${most} are read, hidden and new first`;
    desk.countGap({ place, code: "dropped-details", says, count: readable.length - kept.length });
  }
  return kept.sort((a, b) => compareText(a.path, b.path));
}

/** /lib leads to /usr/lib on most systems of today: its files are met there. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

interface Pattern {
  readonly at: Spot;
  readonly parts: readonly string[];
}

/** Files whose path matches, from one folder on. */
async function* matching(tree: Tree, { at, parts }: Pattern, desk: Desk): AsyncGenerator<Member> {
  const [part = "", ...rest] = parts;
  if (part === "**") {
    yield* filesBelow(tree, { folder: at, depth: LIVE_DEPTH }, desk);
    return;
  }
  if (part !== "*") {
    const next = spotOf(at.path === "" ? part : `${at.path}/${part}`);
    const spot =
      at.raw.length === 0 ? next : { ...next, raw: Buffer.concat([at.raw, Buffer.from(`/${part}`)]) };
    if (rest.length > 0) yield* matching(tree, { at: spot, parts: rest }, desk);
    else {
      const member = memberOf(tree, spot, desk);
      if (member !== null) yield member;
    }
    return;
  }
  for (const entry of await entriesOf(tree, at, desk)) {
    if (rest.length === 0 && entry.kind === "file") {
      const member = memberOf(tree, entry, desk);
      if (member !== null) yield member;
    } else if (rest.length > 0 && entry.kind === "folder")
      yield* matching(tree, { at: entry, parts: rest }, desk);
  }
}

interface Programs {
  readonly look: Looked;
  readonly met: Set<string>;
}

/** Settings and logs in the folders of running programs. */
async function* besidePrograms(tree: Tree, { look, met }: Programs, desk: Desk): AsyncGenerator<Member> {
  const folders = new Set<string>();
  for (const { exe, cwd } of look.processes) {
    for (const folder of [exe === null ? null : dirname(exe), cwd]) {
      if (folder?.startsWith("/") && !SYSTEM_FOLDERS.test(folder)) folders.add(folder.slice(1));
    }
  }
  const named: Tree = { ...tree, what: "files beside running programs" };
  for (const folder of [...folders].sort(compareText).slice(0, MAX_PROGRAM_FOLDERS)) {
    for (const entry of await entriesOf(named, spotOf(folder), desk)) {
      const name = entry.path.slice(entry.path.lastIndexOf("/") + 1);
      if (entry.kind !== "file" || met.has(entry.path) || !BESIDE_PROGRAMS.test(name)) continue;
      met.add(entry.path);
      const member = memberOf(named, entry, desk);
      if (member !== null && (member.bytes ?? 0) <= MAX_BESIDE_BYTES) yield member;
    }
  }
}

/** Of one file beside a running program: a miner's log of a year. */
const MAX_BESIDE_BYTES = 16 << 20;
