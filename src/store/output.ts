import { constants } from "node:fs";
import { access, readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { PaydirtError } from "../model/error.ts";
import { reasonOf, systemCode } from "../model/reason.ts";
import { CASE_FILES, MANIFEST } from "./files.ts";

/** Where a case is to be written. */
export interface OutputOptions {
  readonly folder: string;
  /** Replace an older case in the folder. Files that are not of a case stay. */
  readonly force: boolean;
  /** Files and folders of the evidence ("-" is standard input, "live:" the running host): the case is never
   *  written among them. */
  readonly evidence: readonly string[];
}

/** Asks, before any evidence is read, whether a case may be written, and changes nothing.
 *
 *  Shape: returns the absolute folder with links resolved.
 *  Errors: `output-exists` for a file, a folder that is not empty without `force`, and with `force` a
 *  folder whose files have the names of a case without being one; `cannot-write` without permission or
 *  among the evidence.
 */
export async function checkOutput(options: OutputOptions): Promise<string> {
  const folder = await realFolder(resolve(options.folder));
  await keepOffEvidence(folder, options.evidence);
  const names = await namesIn(folder);
  if (names === null) {
    await mayWrite(await nearestFolder(dirname(folder)), folder);
    return folder;
  }
  if (names.length > 0) await mayReplace(folder, names, options.force);
  await mayWrite(folder, folder);
  await mayWrite(dirname(folder), folder);
  return folder;
}

/** The folder with links resolved, as far as it exists. */
async function realFolder(folder: string): Promise<string> {
  const missing: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    try {
      return join(await realpath(at), ...missing.reverse());
    } catch (error) {
      if (systemCode(error) !== "ENOENT" || dirname(at) === at) throw cannotWrite(folder, error);
      missing.push(basename(at));
    }
  }
}

async function keepOffEvidence(folder: string, evidence: readonly string[]): Promise<void> {
  for (const path of evidence) {
    if (path === "-" || path === "live:") continue;
    const real = await realpath(path).catch(() => null);
    if (real === null) continue;
    if (isWithin(folder, real)) {
      throw new PaydirtError(
        "cannot-write",
        `Cannot write the case to ${folder}: it lies inside the evidence ${real}; name another with --output`,
      );
    }
    if (isWithin(real, folder)) {
      throw new PaydirtError(
        "cannot-write",
        `Cannot write the case to ${folder}: the evidence ${real} lies inside it; name another with --output`,
      );
    }
  }
}

/** Whether `path` is `folder` or lies below it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path);
}

async function namesIn(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOENT") return null;
    if (code === "ENOTDIR") {
      throw new PaydirtError(
        "output-exists",
        `Cannot write the case to ${folder}: it is a file, not a folder`,
      );
    }
    throw cannotWrite(folder, error);
  }
}

async function mayReplace(folder: string, names: readonly string[], force: boolean): Promise<void> {
  if (!force) {
    const count = names.length === 1 ? "1 entry" : `${names.length} entries`;
    throw new PaydirtError(
      "output-exists",
      `Cannot write the case to ${folder}: the folder is not empty (${count}); ` +
        "name another with --output, or replace an older case with --force",
    );
  }
  const ours = CASE_FILES.filter((name) => names.includes(name));
  if (ours.length > 0 && !(await isCase(folder))) {
    throw new PaydirtError(
      "output-exists",
      `Cannot write the case to ${folder}: it holds ${ours[0]} but is no case, so --force replaces nothing`,
    );
  }
}

/** Whether the folder's manifest is one that Paydirt wrote, of whatever version. */
async function isCase(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, MANIFEST), "utf8"));
    if (typeof manifest !== "object" || manifest === null || !("tool" in manifest)) return false;
    const { tool } = manifest;
    return typeof tool === "object" && tool !== null && "name" in tool && tool.name === "paydirt";
  } catch {
    return false;
  }
}

async function nearestFolder(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found !== null || dirname(at) === at) return at;
  }
}

async function mayWrite(folder: string, wanted: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(wanted, error);
  }
}

function cannotWrite(folder: string, error: unknown): PaydirtError {
  return new PaydirtError("cannot-write", `Cannot write the case to ${folder}: ${reasonOf(error)}`, error);
}
