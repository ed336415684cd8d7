import type { Dirent } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { compareText } from "../../bytes/text.ts";
import type { Member } from "../archive/archive.ts";
import type { Desk } from "../reader.ts";
import { fileChunks } from "../source/file-chunks.ts";

/** Folders of a running system that hold no files. */
const NO_FILES: ReadonlySet<string> = new Set(["proc", "sys", "dev"]);

/** A folder that is walked. */
export interface Tree {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

/** The files below a folder, in the order of their names. Links are not followed: they could lead anywhere,
 *  and in circles. What cannot be opened is a gap.
 *
 *  Limits: below the root, `proc`, `sys` and `dev` are passed over when they are those of the running system.
 */
export async function* treeMembers(tree: Tree, desk: Desk): AsyncGenerator<Member> {
  yield* below(tree, "", desk);
}

async function* below(tree: Tree, folder: string, desk: Desk): AsyncGenerator<Member> {
  for (const entry of await entriesOf(tree, folder, desk)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (folder === "" && NO_FILES.has(entry.name) && (await isKernels(tree.path))) continue;
      yield* below(tree, path, desk);
    } else if (entry.isFile()) {
      const member = await memberOf(tree, path, desk);
      if (member !== null) yield member;
    }
  }
}

async function entriesOf(tree: Tree, folder: string, desk: Desk): Promise<Dirent[]> {
  try {
    const entries = await readdir(join(tree.path, folder), { withFileTypes: true });
    return entries.sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    noteUnreadable(tree, { path: folder, error }, desk);
    return [];
  }
}

/** The root of the running system shows its processes under proc; a copy of them is evidence. */
async function isKernels(root: string): Promise<boolean> {
  try {
    return (await stat(join(root, "proc"))).dev !== (await stat(root)).dev;
  } catch {
    return false;
  }
}

/** One file of a tree as a member; null, and a gap, when it cannot be looked at. */
export async function memberOf(tree: Tree, path: string, desk: Desk): Promise<Member | null> {
  try {
    const { size, mtimeMs } = await stat(join(tree.path, path));
    return {
      path,
      bytes: size,
      modifiedMicros: Math.floor(mtimeMs * 1000),
      chunks: contents(tree, { path, size }, desk),
    };
  } catch (error) {
    noteUnreadable(tree, { path, error }, desk);
    return null;
  }
}

async function* contents(
  tree: Tree,
  { path, size }: { readonly path: string; readonly size: number },
  desk: Desk,
): AsyncGenerator<Uint8Array> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(join(tree.path, path), "r");
  } catch (error) {
    return noteUnreadable(tree, { path, error }, desk);
  }
  try {
    yield* fileChunks(file, size);
  } catch (error) {
    noteUnreadable(tree, { path, error }, desk);
  } finally {
    await file.close();
  }
}

function noteUnreadable(
  tree: Tree,
  { path, error }: { readonly path: string; readonly error: unknown },
  desk: Desk,
): void {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const place = { evidence: tree.id, atByte: 0, byteLength: 0, packet: null, line: null };
  if (code === "EACCES" || code === "EPERM") {
    desk.gap(place, "no-permission", `Cannot read some files of ${tree.name}: the current user may not`);
  } else desk.gap(place, "unreadable", `Cannot read ${tree.name}/${path}: ${code}`);
}
