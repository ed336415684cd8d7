import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PaydirtError } from "../../../model/error.ts";
import { reasonOf } from "../../../model/reason.ts";
import { networkByMagic } from "../../../tables/bitcoin-networks.ts";
import { type Codec, codecOf } from "../../source/codecs.ts";
import { lostKey } from "./lost-key.ts";

/** A file that may hold blocks. */
export interface BlockFile {
  readonly path: string;
  readonly name: string;
  /** On disk. */
  readonly bytes: number;
  readonly codec: Codec | null;
  /** To XOR with; null for none. */
  readonly key: Uint8Array | null;
  /** Where its undo data are, which are not read when they are compressed; null where there are none. */
  readonly undoPath: string | null;
}

export interface BlockFolder {
  /** null for a file that was named itself. */
  readonly folder: string | null;
  readonly files: readonly BlockFile[];
  /** What the file system refused, and why. */
  readonly refused: readonly Refused[];
}

interface Refused {
  readonly name: string;
  readonly why: string;
}

const NUMBERED = /^blk\d{5,}\.dat(?:\.(?:gz|bz2|xz|zst))?$/;
const NOT_PACKED = /^blk\d{5,}\.dat$/;
const KEY_FILE = "xor.dat";
const KEY_BYTES = 8;
/** Files of a folder that are looked at: Bitcoin has 5,000 so far. */
const MAX_FILES = 200_000;
const PACKED = /\.(?:gz|bz2|xz|zst)$/;
const HEAD_BYTES = 16;

/** Finds the block files that a path names: a file; a folder of them; a data folder of Bitcoin Core.
 *
 *  Shape: in the order of their names. In a folder that has `blk?????.dat`, only these are taken.
 *  Errors: throws `PaydirtError` "bad-source" where there are none, or the folder cannot be read.
 */
export function blockFiles(path: string): BlockFolder {
  try {
    const found = filesOf(path);
    if (found.files.length === 0) throw new RangeError(found.refused[0]?.why ?? "it holds no file");
    return found;
  } catch (error) {
    const why = reasonOf(error);
    throw new PaydirtError("bad-source", `Cannot read blocks of ${path}: ${why}`, error);
  }
}

function filesOf(path: string): BlockFolder {
  if (statSync(path).isFile()) {
    const found = [described(path)].filter((file) => file !== null);
    return { folder: null, files: keyed(found, dirname(path)), refused: [] };
  }
  const inside = join(path, "blocks");
  const folder = existsSync(inside) ? inside : path;
  const names = readdirSync(folder).sort();
  const numbered = names.filter((name) => NUMBERED.test(name));
  const taken = numbered.length > 0 ? numbered : names.filter((name) => name !== KEY_FILE);
  if (taken.length > MAX_FILES) throw new RangeError(`${taken.length} files, at most ${MAX_FILES} are read`);
  const found: Described[] = [];
  const refused: Refused[] = [];
  for (const name of taken) {
    try {
      const file = described(join(folder, name));
      if (file !== null) found.push(file);
    } catch (error) {
      refused.push({ name, why: reasonOf(error) });
    }
  }
  return { folder, files: keyed(found, folder), refused };
}

type Described = Omit<BlockFile, "key"> & { readonly hasMagic: boolean };

/** The files, each with the key that all but plain ones of a folder have. */
function keyed(files: readonly Described[], folder: string): BlockFile[] {
  // A file that begins with a magic is plain, whatever lies beside it.
  const odd = files.filter(({ codec, hasMagic }) => codec === null && !hasMagic);
  const key = keyOf(folder) ?? firstKey(odd);
  return files.map(({ hasMagic, ...file }) => ({ ...file, key: hasMagic ? null : key }));
}

/** Tried of a folder without a key: the first file gives it, and so do all since 2014. */
const MOST_TRIED = 500;

function firstKey(files: readonly { readonly path: string }[]): Uint8Array | null {
  for (const { path } of files.slice(0, MOST_TRIED)) {
    const key = lostKey(path);
    if (key !== null) return key;
  }
  return null;
}

/** null for what is no file, such as a folder or a pipe. */
function described(path: string): Described | null {
  const stat = statSync(path);
  if (!stat.isFile()) return null;
  const name = basename(path);
  const head = headOf(path);
  const undoPath = join(dirname(path), name.replace(/^blk/, "rev").replace(PACKED, ""));
  return {
    path,
    name,
    bytes: stat.size,
    codec: NOT_PACKED.test(name) ? null : codecOf(head),
    hasMagic: networkByMagic(new DataView(head.buffer).getUint32(0)) !== null,
    undoPath: undoPath !== path && isFile(undoPath) ? undoPath : null,
  };
}

/** Whether it is there and can be read: a pipe would be waited for without end. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The first bytes, zeros behind the end. */
function headOf(path: string): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(HEAD_BYTES);
  const fd = openSync(path, "r");
  try {
    readSync(fd, head, 0, head.length, 0);
  } finally {
    closeSync(fd);
  }
  return head;
}

/** The key that the files of a folder were XORed with; null where there is none, or nothing but zeros.
 *  Source: Bitcoin Core src/node/blockstorage.cpp, InitBlocksdirXorKey. */
function keyOf(folder: string): Uint8Array | null {
  const path = join(folder, KEY_FILE);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  if (!stat.isFile()) throw new RangeError(`${KEY_FILE} is no file`);
  if (stat.size !== KEY_BYTES) {
    throw new RangeError(`${KEY_FILE} has ${stat.size} bytes, ${KEY_BYTES} are expected`);
  }
  const key = new Uint8Array(readFileSync(path));
  return key.some((byte) => byte !== 0) ? key : null;
}
