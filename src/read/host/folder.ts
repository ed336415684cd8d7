import { closeSync, lstatSync, openSync, readSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { boundedMicros } from "../../bytes/time.ts";
import type { Member } from "../archive/archive.ts";
import type { Desk } from "../reader.ts";
import { fileChunks } from "../source/file-chunks.ts";

/** A folder that is walked, and everything below it. */
export interface Tree {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** What its files are, in words, for gaps; "files" unless said otherwise. */
  readonly what?: string;
  /** Of a running host: files come and go, and one that went is no gap. */
  readonly isLive?: boolean;
}

/** A file or folder below the root of a tree. `raw` is its path in the bytes of the file system: names need
 *  not be valid UTF-8; `path` is the same as text, U+FFFD for what is not. */
export interface Spot {
  readonly path: string;
  readonly raw: Buffer;
}

/** A name in a folder and what it is. Devices, pipes and sockets are "other": reading them can wait for
 *  ever. */
export interface Entry extends Spot {
  readonly kind: "file" | "folder" | "link" | "other";
}

/** Files of the kernel tell no size; none that is read has more. */
const MAX_PSEUDO_BYTES = 16 << 20;

/** The root of a tree, or a place below it whose path is text. */
export function spotOf(path: string): Spot {
  return { path, raw: Buffer.from(path) };
}

/** Path of a spot in the file system. */
export function onDisk(tree: Tree, { raw }: Spot): Buffer {
  return Buffer.concat([Buffer.from(`${tree.path}/`), raw]);
}

/** What lies in a folder, in the order of the bytes of the names. What cannot be looked at is a gap. */
export async function entriesOf(tree: Tree, folder: Spot, desk: Desk): Promise<Entry[]> {
  try {
    const entries = await readdir(onDisk(tree, folder), { withFileTypes: true, encoding: "buffer" });
    return entries
      .sort(
        (a, b) =>
          Number(isFirst(folder, b.name)) - Number(isFirst(folder, a.name)) || Buffer.compare(a.name, b.name),
      )
      .map((entry) => ({
        path: folder.path === "" ? entry.name.toString() : `${folder.path}/${entry.name}`,
        raw: folder.raw.length === 0 ? entry.name : Buffer.concat([folder.raw, SLASH, entry.name]),
        kind: entry.isFile()
          ? "file"
          : entry.isDirectory()
            ? "folder"
            : entry.isSymbolicLink()
              ? "link"
              : "other",
      }));
  } catch (error) {
    noteUnreadable(tree, { path: folder.path, error }, desk);
    return [];
  }
}

const SLASH = Buffer.from("/");

/** The body file of an unpacked collection says when the files beside it were last written. */
function isFirst(folder: Spot, name: Buffer): boolean {
  return folder.path === "" && name.equals(BODYFILE);
}

const BODYFILE = Buffer.from("bodyfile");

/** One file of a tree as a member; null when it is none, and null with a gap when it cannot be looked at. */
export function memberOf(tree: Tree, spot: Spot, desk: Desk): Member | null {
  try {
    const stats = lstatSync(onDisk(tree, spot));
    if (!stats.isFile()) return null;
    const { size, mtimeMs } = stats;
    const modifiedMicros = boundedMicros(Math.floor(mtimeMs * 1000));
    return { path: spot.path, bytes: size, modifiedMicros, chunks: contents(tree, { spot, size }, desk) };
  } catch (error) {
    noteUnreadable(tree, { path: spot.path, error }, desk);
    return null;
  }
}

interface Measured {
  readonly spot: Spot;
  readonly size: number;
}

/** A file that is written to meanwhile is read as far as it went when it was looked at. */
async function* contents(tree: Tree, { spot, size }: Measured, desk: Desk): AsyncGenerator<Uint8Array> {
  try {
    if (size <= MAX_AT_ONCE_BYTES) yield* atOnce(onDisk(tree, spot), size);
    else yield* streamed(onDisk(tree, spot), size);
  } catch (error) {
    noteUnreadable(tree, { path: spot.path, error }, desk);
  }
}

/** Small files are read at once: handing each step to another thread and back takes ten times as long
 *  (measured: 20,000 files of 20 bytes, on a busy machine). */
const MAX_AT_ONCE_BYTES = 1 << 18;
/** One read of a file of the kernel is of one moment. */
const PSEUDO_CHUNK_BYTES = 1 << 16;

function atOnce(path: Buffer, size: number): Uint8Array[] {
  const file = openSync(path, "r");
  try {
    const chunks: Uint8Array[] = [];
    let left = size === 0 ? MAX_PSEUDO_BYTES : size;
    while (left > 0) {
      const chunk = new Uint8Array(Math.min(left, size === 0 ? PSEUDO_CHUNK_BYTES : size));
      const bytesRead = readSync(file, chunk);
      if (bytesRead === 0) break;
      left -= bytesRead;
      chunks.push(chunk.subarray(0, bytesRead));
    }
    return chunks;
  } finally {
    closeSync(file);
  }
}

async function* streamed(path: Buffer, size: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, "r");
  try {
    let left = size;
    for await (const chunk of fileChunks(file, size)) {
      yield chunk.length > left ? chunk.subarray(0, left) : chunk;
      left -= chunk.length;
      if (left <= 0) return;
    }
  } finally {
    await file.close();
  }
}

interface Failed {
  readonly path: string;
  readonly error: unknown;
}

function noteUnreadable(tree: Tree, { path, error }: Failed, desk: Desk): void {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  const { id, name, what = "files", isLive = false } = tree;
  const place = { evidence: id, atByte: 0, byteLength: 0, packet: null, line: null };
  if (code === "EACCES" || code === "EPERM") {
    desk.gap(place, "no-permission", `Cannot read some ${what} of ${name}: the current user may not`);
  } else if (!isLive || !["ENOENT", "ESRCH", "ENOTDIR"].includes(code)) {
    desk.gap(place, "unreadable", `Cannot read ${name}/${path}: ${code}`);
  }
}
