import { UndoLayout } from "../../../bytes/bitcoin-undo.ts";
import type { SpentOutput } from "../../../model/chain.ts";
import { nodeHash256 } from "../node-hash256.ts";
import type { BlockFile } from "./block-files.ts";
import { type FileBytes, plainFile } from "./file-bytes.ts";
import { type RecordForm, records } from "./records.ts";

const CHECKSUM_BYTES = 32;
const FORM: RecordForm = { leastBytes: 1, trailerBytes: CHECKSUM_BYTES, fault: () => null };

/** Undo files whose records are known at the same time. */
const MOST_OPEN = 4;

/** What is asked for: a block by what its undo data must fit. */
export interface Undone {
  readonly file: number;
  readonly previous: Uint8Array;
  /** With the coinbase. */
  readonly txCount: number;
}

/** The records of one undo file. */
interface UndoFile {
  readonly bytes: FileBytes;
  /** Records by the number of transactions that they are of. */
  readonly byCount: ReadonlyMap<number, readonly { readonly at: number; readonly size: number }[]>;
}

/** Undo data of the blocks of one folder, looked for when they are asked for.
 *
 *  A record does not name its block: of those in the file of the same number that are of as many
 *  transactions, it is the one whose checksum is that of the block's predecessor and of itself.
 *
 *  Source: Bitcoin Core src/node/blockstorage.cpp (WriteBlockUndo, ReadBlockUndo).
 *  Limits: synchronous: it is asked for the few blocks in which something was found.
 */
export class UndoFiles {
  readonly #files: readonly BlockFile[];
  readonly #open = new Map<number, UndoFile | null>();
  readonly #layout = new UndoLayout();
  #body = new Uint8Array(0);

  constructor(files: readonly BlockFile[]) {
    this.#files = files;
  }

  /** Whether there is an undo file for the blocks of this file. */
  has(file: number): boolean {
    return (this.#files[file]?.undoPath ?? null) !== null;
  }

  /** Finds the block's undo data; false where none fit. */
  find({ file, previous, txCount }: Undone): boolean {
    const undo = this.#undoFile(file);
    for (const { at, size } of undo?.byCount.get(txCount - 1) ?? []) {
      const hashed = new Uint8Array(CHECKSUM_BYTES + size + CHECKSUM_BYTES);
      hashed.set(previous);
      undo?.bytes.readSync(hashed.subarray(CHECKSUM_BYTES), at);
      const sum = nodeHash256(hashed.subarray(0, CHECKSUM_BYTES + size));
      if (!sum.every((byte, i) => byte === hashed[CHECKSUM_BYTES + size + i])) continue;
      this.#body = hashed.subarray(CHECKSUM_BYTES, CHECKSUM_BYTES + size);
      return this.#layout.read(this.#body, 0, size) === null;
    }
    return false;
  }

  /** What a transaction of the block that was found last spent. */
  spent(index: number): readonly SpentOutput[] | null {
    return this.#layout.spent(this.#body, index);
  }

  close(): void {
    for (const file of this.#open.values()) file?.bytes.close();
    this.#open.clear();
  }

  #undoFile(file: number): UndoFile | null {
    const open = this.#open.get(file);
    if (open !== undefined) return open;
    const [oldest] = this.#open;
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) {
      oldest[1]?.bytes.close();
      this.#open.delete(oldest[0]);
    }
    const opened = openUndo(this.#files[file]);
    this.#open.set(file, opened);
    return opened;
  }
}

function openUndo(file: BlockFile | undefined): UndoFile | null {
  if (file === undefined || file.undoPath === null) return null;
  try {
    const bytes = plainFile(file.undoPath, file.key);
    const byCount = new Map<number, { at: number; size: number }[]>();
    for (const record of records(bytes, FORM)) {
      // Damage is found where it matters: undo data that are not there are missing to their block.
      if (record === null || "code" in record) continue;
      const count = compactSize(record.head);
      const alike = byCount.get(count);
      if (alike === undefined) byCount.set(count, [{ at: record.at, size: record.size }]);
      else alike.push({ at: record.at, size: record.size });
    }
    return { bytes, byCount };
  } catch {
    return null;
  }
}

/** At the beginning of the bytes, up to four bytes: no block has more transactions. */
function compactSize(bytes: Uint8Array): number {
  const first = bytes[0] ?? 0;
  const width = first < 0xfd ? 0 : 1 << (first - 0xfc);
  let value = width === 0 ? first : 0;
  for (let byte = width; byte > 0; byte--) value = value * 256 + (bytes[byte] ?? 0);
  return value;
}
