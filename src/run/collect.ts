import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { compareText } from "../bytes/text.ts";
import { PaydirtError } from "../model/error.ts";
import { reasonOf, systemCode } from "../model/reason.ts";
import { isHostRoot } from "../read/host/layout.ts";
import { READERS } from "../read/index.ts";
import type { Item } from "../read/reader.ts";
import {
  HEAD_BYTES,
  type OpenEvidence,
  type OpenOptions,
  openStdin,
  type Peek,
  peek,
} from "../read/source/open.ts";

/** A file, or standard input, that was looked at and not yet read. */
export interface Candidate {
  /** As the report names it: the file's name, or the path below the folder that was given. */
  readonly name: string;
  readonly path: string;
  /** Found by walking a folder, so that a file of another kind is no surprise. */
  readonly walked: boolean;
  readonly peek: Omit<Peek, "head"> | null;
  /** Standard input, which is open from the first look on. */
  readonly opened: OpenEvidence | null;
  /** The root of a host as a folder, or the running host itself; null for files. */
  readonly container: "tree" | "live" | null;
  /** Loose files of one scope tell of one host unless their lines say otherwise. */
  readonly scope: string;
  readonly firstMicros: number | null;
  /** Why it cannot be read, in words; else null. */
  readonly refused: string | null;
}

/** Looks at everything that was named, and orders it: what has a time by time, then the rest by name, so that
 *  the order of arguments means nothing.
 *
 *  Errors: a path that does not exist is the caller's mistake (`no-evidence`), a root without "live:" too
 *  (`bad-option`); one that cannot be read is a
 *  candidate with `refused`.
 */
export async function collect(
  paths: readonly string[],
  options: OpenOptions & { readonly root: string | null },
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  await checkRoot(options.root, paths);
  for (const path of paths) {
    if (path === "-") found.push(await lookAtStdin(options));
    else if (path === LIVE) found.push({ ...NOTHING, ...LIVE_HOST, path: options.root ?? "/" });
    else
      await lookAt(found, {
        path,
        name: basename(path),
        walked: false,
        scope: `in ${dirname(resolve(path))}`,
      });
  }
  for (const path of paths) await addAcquisitionLog(found, path);
  return found.sort(compare);
}

async function checkRoot(root: string | null, paths: readonly string[]): Promise<void> {
  if (root === null) return;
  if (!paths.includes(LIVE))
    throw new PaydirtError("bad-option", `--root goes with ${LIVE}, which is not named`);
  const isFolder = await stat(root).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new PaydirtError("no-evidence", `Cannot open ${root}: it is no folder`);
}

/** The log that a collector wrote beside its archive belongs to it: whoever names the archive means both. */
async function addAcquisitionLog(found: Candidate[], archive: string): Promise<void> {
  const path = archive.replace(/(?:\.tar(?:\.\w{1,4})?|\.tgz|\.zip)$/, ".log");
  if (path === archive || found.some((one) => one.path !== "-" && resolve(one.path) === resolve(path)))
    return;
  try {
    if (!(await stat(path)).isFile()) return;
    const { head } = await peek(path);
    const named = { path, name: basename(path), walked: false, scope: `in ${dirname(resolve(path))}` };
    const item = { path: named.name, host: named.scope, modifiedMicros: null };
    if (READERS.find(({ sniff }) => sniff(head, item))?.id === ACQUISITION_LOG)
      found.push(await recognise(named));
  } catch {
    // There is none, or it may not be read: nobody asked for it.
  }
}

/** Reader of what a collector writes beside its archive. */
const ACQUISITION_LOG = "uac-acquisition";

function compare(a: Candidate, b: Candidate): number {
  const byTime = (a.firstMicros ?? Number.POSITIVE_INFINITY) - (b.firstMicros ?? Number.POSITIVE_INFINITY);
  if (byTime !== 0 && !Number.isNaN(byTime)) return byTime;
  return compareText(a.name, b.name) || compareText(a.path, b.path);
}

/** The argument that stands for the running host. */
export const LIVE = "live:";

type Named = Pick<Candidate, "path" | "name" | "walked" | "scope">;

const NOTHING = { peek: null, opened: null, container: null, firstMicros: null, refused: null } as const;
const LIVE_HOST = { name: LIVE, walked: false, container: "live", scope: LIVE } as const;

async function lookAt(found: Candidate[], named: Named): Promise<void> {
  try {
    const stats = await stat(named.path);
    if (stats.isDirectory()) return await walk(found, named);
    if (stats.isFile()) found.push(await recognise(named));
    else if (!named.walked) found.push(refuse(named, "it is neither a file nor a folder"));
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT" && !named.walked) {
      throw new PaydirtError("no-evidence", `Cannot open ${named.path}: it does not exist`, error);
    }
    found.push(refuse(named, code === "ENOENT" ? "it vanished while it was looked at" : reasonOf(error)));
  }
}

async function walk(found: Candidate[], folder: Named): Promise<void> {
  const entries = await readdir(folder.path, { withFileTypes: true });
  if (isHostRoot(new Set(entries.map(({ name }) => name)))) {
    found.push({ ...NOTHING, ...folder, container: "tree" });
    return;
  }
  const scope = folder.walked ? folder.scope : `in ${resolve(folder.path)}`;
  for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
    // A link inside a folder could lead anywhere, and in circles.
    if (entry.isSymbolicLink()) continue;
    const named = {
      path: join(folder.path, entry.name),
      name: `${folder.name}/${entry.name}`,
      walked: true,
      scope,
    };
    if (entry.isDirectory() || entry.isFile()) await lookAt(found, named);
  }
}

async function recognise(named: Named): Promise<Candidate> {
  const { head, ...peeked } = await peek(named.path);
  const item = { path: named.name, host: named.scope, modifiedMicros: peeked.stamp.modifiedMicros };
  return { ...NOTHING, ...named, peek: peeked, firstMicros: firstOf(head, item) };
}

async function lookAtStdin(options: OpenOptions): Promise<Candidate> {
  const opened = openStdin(options);
  const { window } = opened;
  while (window.end - window.at < HEAD_BYTES && (await window.more()));
  const head = window.bytes.subarray(window.at, window.end);
  const named = { name: "-", path: "-", walked: false, scope: "in -" };
  const firstMicros = firstOf(head, { path: "-", host: named.scope, modifiedMicros: null });
  const refused = window.end === window.at ? "it has no bytes" : null;
  return { ...NOTHING, ...named, opened, firstMicros, refused };
}

function firstOf(head: Uint8Array, item: Item): number | null {
  return READERS.find(({ sniff }) => sniff(head, item))?.firstMicros(head) ?? null;
}

function refuse(named: Named, refused: string): Candidate {
  return { ...NOTHING, ...named, refused };
}
