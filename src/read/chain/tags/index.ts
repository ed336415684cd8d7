import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import { PaydirtError } from "../../../model/error.ts";
import { bytesAt } from "../../../model/place.ts";
import { reasonOf } from "../../../model/reason.ts";
import { type ListedFile, readListed } from "../listed-file.ts";
import type { ChainContext } from "../source.ts";
import { isTagsHeader, readCsvTags } from "./csv-tags.ts";
import { readJsonTags } from "./json-tags.ts";
import { readPack, type TagList } from "./packs.ts";

const MAX_FILES = 10_000;
const MAX_DEPTH = 8;
/** Files of a folder that can be lists, compressed or not. */
const LIST_NAME = /\.(?:ya?ml|json|csv)(?:\.(?:gz|bz2|xz|zst))?$/i;

/** Reads tags: a TagPack or ActorPack, a list of OFAC's, JSON or CSV of one's own, or a folder of such files.
 *
 *  Shape: in the order of the files' paths and of their lines.
 *  Errors: `PaydirtError` "bad-source" for a path that cannot be read, a file that is no list, and a folder
 *  without any. Tags that contradict the format of their list are gaps; so are files of a folder that are no
 *  list.
 */
export async function readTags(path: string, context: ChainContext): Promise<TagList> {
  const paths = await listsAt(path);
  const found: { tags: TagList["tags"][number][]; actors: TagList["actors"][number][] } = {
    tags: [],
    actors: [],
  };
  for (const one of paths) {
    const list = await readListed({ path: one, kind: "tags" }, context, async (file) => {
      const read = await readList(file, context);
      if (read !== null) return read;
      const says = `Cannot use ${file.name}: it is no list of tags`;
      if (one === path) throw new PaydirtError("bad-source", says);
      context.gap(bytesAt(file.id, 0, 0), "unrecognised", says);
      return null;
    });
    for (const tag of list?.tags ?? []) found.tags.push(tag);
    for (const actor of list?.actors ?? []) found.actors.push(actor);
  }
  return found;
}

async function readList(file: ListedFile, context: ChainContext): Promise<TagList | null> {
  const head = Buffer.from(file.head)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  if (/^\s{0,1000}[[{]/.test(head)) {
    const tags = await readJsonTags(file, context);
    return tags === null ? null : { tags, actors: [] };
  }
  const first = head.split("\n", 1000).find((line) => line.trim() !== "" && !line.startsWith("#"));
  if (isTagsHeader(first?.trim() ?? "")) return { tags: await readCsvTags(file, context), actors: [] };
  return readPack(file, context);
}

/** The file itself, or the lists in a folder and the folders in it. */
async function listsAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
  } catch (error) {
    throw new PaydirtError("bad-source", `Cannot read tags at ${path}: ${reasonOf(error)}`, error);
  }
  const found: string[] = [];
  await gather(path, 0, found);
  if (found.length === 0)
    throw new PaydirtError("bad-source", `Cannot use ${path}: no list of tags is in it`);
  return found.sort();
}

async function gather(folder: string, depth: number, found: string[]): Promise<void> {
  if (depth > MAX_DEPTH) return;
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (found.length >= MAX_FILES) return;
    if (entry.isDirectory()) await gather(path, depth + 1, found);
    else if (entry.isFile() && LIST_NAME.test(entry.name)) found.push(path);
  }
}
