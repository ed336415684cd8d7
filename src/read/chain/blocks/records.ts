import { uint32le } from "../../../bytes/little-endian.ts";
import type { GapCode } from "../../../model/gap.ts";
import { BITCOIN_NETWORKS, networkByMagic } from "../../../tables/bitcoin-networks.ts";
import type { FileBytes } from "./file-bytes.ts";

/** Block files and undo files are rows of records:
 *
 *  | OFFSET   | SIZE   | MEANING                                                        |
 *  | -------- | ------ | -------------------------------------------------------------- |
 *  | 0        | 4      | magic of the network                                           |
 *  | 4        | 4      | length of the body, least significant byte first               |
 *  | 8        | length | a block; or the undo data of one                               |
 *  | +        | 0, 32  | behind undo data: hash256 of the hash before and of the data   |
 *
 *  Behind the last record may lie zeros, which Bitcoin Core allots ahead; in a file with XOR they are zeros
 *  all the same.
 *  Source: Bitcoin Core src/node/blockstorage.cpp (WriteBlock, WriteBlockUndo), src/flatfile.cpp (Allocate).
 */
export interface RecordForm {
  readonly leastBytes: number;
  readonly trailerBytes: number;
  /** Looks into a body behind which something odd stands: null, or what is wrong with it. */
  readonly fault: (body: Uint8Array) => string | null;
}

/** A record; `head` is lent and holds the first bytes of its body, at most `HEAD_BYTES`, from 0 on. */
interface Found {
  readonly magic: number;
  /** Offset and length of the body. */
  readonly at: number;
  readonly size: number;
  readonly head: Uint8Array;
}

/** What is no record. */
export interface Fault {
  readonly code: GapCode;
  readonly at: number;
  readonly byteLength: number;
  readonly says: string;
}

const PREFIX_BYTES = 8;
/** Reaches behind the height in a coinbase. */
export const HEAD_BYTES = 192;
/** The largest block of any network here: Bitcoin's are below 4 MB, those of Bitcoin Cash 32. */
export const MAX_BLOCK_BYTES = 32 << 20;

/** Bodies of one file that are looked into: each can be as large as the largest block, and begin eight bytes
 *  behind the one before. */
const MOST_INSPECTIONS = 100;

const WINDOW_BYTES = 1 << 16;
/** Behind a large record little is read, for the next one is far. */
const GLANCE_BYTES = 1 << 12;
const ALIGNED = 8;
/** Bytes that are searched in one go: a sparse file can have any size. */
const MOST_AT_ONCE = 64 << 20;

/** The records of a file, in its order, and what is no record; null from time to time where nothing comes,
 *  so that others get their turn.
 *
 *  Errors: throws those of the file system.
 *  Limits: after a fault it goes on at the next magic that a plausible length follows.
 */
export function* records(file: FileBytes, form: RecordForm): Generator<Found | Fault | null> {
  const window = new Window(file);
  const head = new Uint8Array(HEAD_BYTES);
  let inspections = 0;
  let at = 0;
  while (at < file.size) {
    const found = window.prefix(at, form);
    if (found === null) {
      const { next, isBlank } = window.search(at, form);
      yield isBlank ? null : stray(at, next);
      at = next;
      continue;
    }
    const body = at + PREFIX_BYTES;
    const next = body + found.size + form.trailerBytes;
    if (next > file.size) {
      const says = `a record of ${found.size} bytes, of which the file has ${file.size - body}`;
      yield { code: "truncated-file", at, byteLength: file.size - at, says };
      at = window.search(at + 1, form).next;
      continue;
    }
    window.copy(body, head.subarray(0, Math.min(HEAD_BYTES, found.size)));
    const isOdd = !window.isBoundary(next, form) && inspections++ < MOST_INSPECTIONS;
    const fault = isOdd ? form.fault(window.whole(body, found.size)) : null;
    if (fault === null) {
      yield { magic: found.magic, at: body, size: found.size, head };
      at = next;
      continue;
    }
    const resumed = window.search(body, form).next;
    yield { code: "malformed-block", at, byteLength: resumed - at, says: fault };
    at = resumed;
  }
}

function stray(at: number, next: number): Fault {
  return { code: "stray-bytes", at, byteLength: next - at, says: "bytes that are no block" };
}

/** A moving view of the file. */
class Window {
  readonly #file: FileBytes;
  readonly #bytes = new Uint8Array(WINDOW_BYTES);
  #base = 0;
  #length = 0;
  #lastSize = 0;

  constructor(file: FileBytes) {
    this.#file = file;
  }

  /** Magic and length at this offset, where they can be those of a record. */
  prefix(at: number, form: RecordForm): { magic: number; size: number } | null {
    const i = this.#see(at, PREFIX_BYTES, this.#lastSize > WINDOW_BYTES / 2 ? GLANCE_BYTES : WINDOW_BYTES);
    if (i === null) return null;
    const found = prefixAt(this.#bytes, i, form);
    this.#lastSize = found?.size ?? 0;
    return found;
  }

  copy(at: number, into: Uint8Array): void {
    const i = this.#see(at, into.length, GLANCE_BYTES) ?? 0;
    into.set(this.#bytes.subarray(i, i + into.length));
  }

  /** A body in memory of its own: `size` was found to be within the file and the largest block. */
  whole(at: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    return bytes.subarray(0, this.#file.readSync(bytes, at));
  }

  /** Whether the file ends here, or another record or nothing begins. */
  isBoundary(at: number, form: RecordForm): boolean {
    return at === this.#file.size || this.prefix(at, form) !== null || this.#isBlank(at, at + PREFIX_BYTES);
  }

  /** The next record from `at` on that lies in the file, or the end, and whether there is nothing before it.
   *  Where neither comes soon, as far as was searched. */
  search(at: number, form: RecordForm): { next: number; isBlank: boolean } {
    let isBlank = true;
    for (let from = at; from < this.#file.size; ) {
      if (from - at >= MOST_AT_ONCE) return { next: from, isBlank };
      // With room for a whole prefix, or to the end: each turn gets on.
      const first = this.#see(from, Math.min(PREFIX_BYTES, this.#file.size - from), WINDOW_BYTES);
      if (first === null) break;
      const last = this.#length - PREFIX_BYTES;
      for (let i = first; i <= last; i++) {
        const found = prefixAt(this.#bytes, i, form);
        if (found !== null && this.#base + i + PREFIX_BYTES + found.size <= this.#file.size) {
          return { next: this.#base + i, isBlank };
        }
        isBlank &&= this.#blankAt(i);
      }
      const isEnd = this.#base + this.#length >= this.#file.size;
      for (let i = Math.max(first, last + 1); isEnd && i < this.#length; i++) isBlank &&= this.#blankAt(i);
      from = isEnd ? this.#file.size : this.#base + last + 1;
    }
    return { next: this.#file.size, isBlank };
  }

  #isBlank(from: number, to: number): boolean {
    const end = Math.min(to, this.#file.size);
    const first = this.#see(from, end - from, GLANCE_BYTES) ?? 0;
    for (let i = first; i < first + end - from; i++) if (!this.#blankAt(i)) return false;
    return true;
  }

  #blankAt(i: number): boolean {
    const byte = this.#bytes[i];
    return byte === 0 || (this.#file.key !== null && byte === this.#file.key[(this.#base + i) % ALIGNED]);
  }

  /** Where the bytes of this offset stand in the view, reading on if not all `need` of them do; null where
   *  the file ends before. */
  #see(at: number, need: number, ahead: number): number | null {
    if (at + need > this.#file.size) return null;
    if (at < this.#base || at + need > this.#base + this.#length) {
      this.#base = at - (at % ALIGNED);
      this.#length = this.#file.readSync(this.#bytes.subarray(0, ahead), this.#base);
    }
    return at + need <= this.#base + this.#length ? at - this.#base : null;
  }
}

const FIRST_OF_MAGIC = new Uint8Array(256);
for (const { magic } of BITCOIN_NETWORKS) FIRST_OF_MAGIC[magic >>> 24] = 1;

function prefixAt(bytes: Uint8Array, i: number, form: RecordForm): { magic: number; size: number } | null {
  if (FIRST_OF_MAGIC[bytes[i]!] === 0) return null;
  const magic = ((bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!) >>> 0;
  if (networkByMagic(magic) === null) return null;
  const size = uint32le(bytes, i + 4);
  return size < form.leastBytes || size > MAX_BLOCK_BYTES ? null : { magic, size };
}
