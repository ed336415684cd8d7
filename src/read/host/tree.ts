import { readlinkSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { Member } from "../archive/archive.ts";
import type { Desk } from "../reader.ts";
import { type Entry, entriesOf, memberOf, onDisk, type Spot, spotOf, type Tree } from "./folder.ts";
import { isCollection } from "./layout.ts";
import { PROCESS_LINES_PATH, processLines } from "./live-processes.ts";
import { processIds } from "./proc-processes.ts";

/** Folders in which a running system shows itself: no files, and some that can be read for ever. */
const KERNELS: ReadonlySet<string> = new Set(["proc", "sys", "dev"]);
/** Folders within folders that are walked. Real ones are a few dozen deep. */
const MAX_DEPTH = 200;

/** The files below a folder, in the order of their names. Links are not followed: they could lead anywhere,
 *  and in circles. What cannot be opened is a gap; devices, pipes and sockets are passed over.
 *
 *  Limits: `proc`, `sys` and `dev` on another device than their folder are those of a running system,
 *  wherever they are mounted, and are passed over; a copy of /proc is read, its links (executables, folders,
 *  sockets) included.
 */
export async function* treeMembers(tree: Tree, desk: Desk): AsyncGenerator<Member> {
  const zone = zoneLink(tree);
  if (zone !== null) yield zone;
  yield* filesBelow(tree, { folder: spotOf(""), depth: MAX_DEPTH }, desk);
  const proc = `${tree.path}/proc`;
  if (processIds(proc).length === 0 || (await isKernels(tree, { ...spotOf("proc"), kind: "folder" }))) return;
  const { lines } = processLines({ proc, passwd: `${tree.path}/etc/passwd`, collector: "tree" });
  yield textMember(PROCESS_LINES_PATH, `${lines.join("\n")}\n`);
}

/** Every file below a folder, at most so many folders deep. */
export async function* filesBelow(
  tree: Tree,
  { folder, depth }: { readonly folder: Spot; readonly depth: number },
  desk: Desk,
): AsyncGenerator<Member> {
  const entries = await entriesOf(tree, folder, desk);
  if (folder.path !== "" && isOtherHost(entries)) return noteOther(tree, folder.path, desk);
  for (const entry of entries) {
    if (entry.kind === "file") {
      const member = memberOf(tree, entry, desk);
      if (member !== null) yield member;
    } else if (entry.kind === "folder" && !(await isKernels(tree, entry))) {
      if (depth > 1) yield* filesBelow(tree, { folder: entry, depth: depth - 1 }, desk);
      else noteDepth(tree, desk);
    }
  }
}

/** A collection among a host's files is evidence of another host. */
function isOtherHost(entries: readonly Entry[]): boolean {
  return isCollection(new Set(entries.map(({ path }) => path.slice(path.lastIndexOf("/") + 1))));
}

function noteOther({ id, name }: Tree, path: string, desk: Desk): void {
  const place = { evidence: id, atByte: 0, byteLength: 0, packet: null, line: null };
  const says = `Passed over ${path} of ${name}, a collection of a host: name it as evidence of its own`;
  desk.gap(place, "dropped-details", says);
}

function noteDepth({ id, name }: Tree, desk: Desk): void {
  const place = { evidence: id, atByte: 0, byteLength: 0, packet: null, line: null };
  desk.gap(place, "nesting-limit", `${name} has folders deeper than those that are walked`);
}

/** The running system's folders are mounted: they lie on a device of their own. A copy is evidence. */
async function isKernels(tree: Tree, entry: Entry): Promise<boolean> {
  if (!KERNELS.has(entry.path.slice(entry.path.lastIndexOf("/") + 1))) return false;
  try {
    const own = await stat(onDisk(tree, entry));
    const above = await stat(onDisk(tree, spotOf(`${entry.path}/..`)));
    return own.dev !== above.dev;
  } catch {
    return false;
  }
}

/** /etc/localtime is a link whose target names the zone: the target is told in place of the file. */
export function zoneLink(tree: Tree): Member | null {
  try {
    return textMember("etc/localtime", readlinkSync(`${tree.path}/etc/localtime`));
  } catch {
    return null;
  }
}

/** A member that Paydirt makes itself of what no file holds: the targets of links, a list of processes. */
export function textMember(path: string, text: string): Member {
  const bytes = new TextEncoder().encode(text);
  return { path, bytes: bytes.length, modifiedMicros: null, chunks: once(bytes) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
