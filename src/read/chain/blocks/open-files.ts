import { open } from "node:fs/promises";
import { reasonOf } from "../../../model/reason.ts";
import { UnpackBudget } from "../../source/budget.ts";
import type { Codec } from "../../source/codecs.ts";
import { fileChunks } from "../../source/file-chunks.ts";
import type { BlockFile } from "./block-files.ts";
import { type FileBytes, heldBytes, plainFile } from "./file-bytes.ts";

/** Files that are open at the same time. Blocks are out of order by a few hundred, which is two files or
 *  three. */
const MOST_OPEN = 6;
/** Unpacked files are held in memory. */
const MOST_HELD = 1;
/** Unpacked bytes of one file: Bitcoin Core's files end at 128 MiB. */
const MAX_HELD_BYTES = 256 << 20;

/** Block files, opened when their bytes are wanted. `damage` is told once what is wrong with a packed file.
 *  */
export class OpenFiles {
  readonly #files: readonly BlockFile[];
  readonly #damage: (file: number, says: string) => void;
  readonly #damaged = new Set<number>();
  readonly #open = new Map<number, FileBytes>();

  constructor(files: readonly BlockFile[], damage: (file: number, says: string) => void) {
    this.#files = files;
    this.#damage = damage;
  }

  /** Errors: throws those of the file system. */
  async bytes(file: number): Promise<FileBytes> {
    const open = this.#open.get(file);
    if (open !== undefined) return open;
    const { path, codec, key } = this.#files[file] ?? nowhere(file);
    this.#closeAllBut(codec === null ? MOST_OPEN - 1 : MOST_HELD - 1, codec !== null);
    const bytes = codec === null ? plainFile(path, key) : heldBytes(await this.#unpacked(file, codec));
    this.#open.set(file, bytes);
    return bytes;
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#open.clear();
  }

  /** Closes those that were opened first. */
  #closeAllBut(most: number, areHeld: boolean): void {
    const alike = [...this.#open].filter(([file]) => (this.#files[file]?.codec !== null) === areHeld);
    for (const [file, bytes] of alike.slice(0, Math.max(0, alike.length - most))) {
      bytes.close();
      this.#open.delete(file);
    }
  }

  /** As far as it goes. */
  async #unpacked(file: number, codec: Codec): Promise<Uint8Array> {
    const { path, bytes } = this.#files[file] ?? nowhere(file);
    const parts: Uint8Array[] = [];
    let held = 0;
    const handle = await open(path, "r");
    try {
      const budget = new UnpackBudget(() => bytes);
      for await (const part of budget.pass(codec.unpack(fileChunks(handle, bytes)))) {
        held += part.length;
        if (held > MAX_HELD_BYTES) throw new RangeError(`it unpacks to more than ${MAX_HELD_BYTES} bytes`);
        parts.push(part);
      }
    } catch (error) {
      if (!this.#damaged.has(file)) this.#damage(file, reasonOf(error));
      this.#damaged.add(file);
    } finally {
      await handle.close();
    }
    return Buffer.concat(parts);
  }
}

function nowhere(file: number): never {
  throw new RangeError(`no file ${file}`);
}
