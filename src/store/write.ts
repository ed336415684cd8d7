import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { copyFile, type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { PaydirtError } from "../model/error.ts";
import { reasonOf } from "../model/reason.ts";
import { CASE_FILES, type CaseFile, MANIFEST, type WrittenFile } from "./files.ts";
import { hashFile } from "./hash.ts";
import { checkOutput, type OutputOptions } from "./output.ts";

/** What a file is made of: all at once, or piece by piece so that it is never in memory as a whole. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Text is gathered to this many UTF-16 units before it is encoded, hashed and written:
 *  fewer, larger writes. */
const GATHER_UNITS = 1 << 16;

/** Writes a file so that it is there as a whole or not at all: a temporary file beside it, synced, then
 *  renamed.
 *
 *  Shape: missing parent folders are made.
 *  Errors: `cannot-write`, with what the system says; the temporary file is removed.
 */
export async function writeFileAtomic(path: string, content: Content): Promise<WrittenFile> {
  const partial = join(dirname(path), `.${basename(path)}.partial-${process.pid}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const written = await writeFile(partial, content, null);
    await rename(partial, path);
    return { ...written, name: basename(path) };
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw asPaydirtError(path, error);
  }
}

/** Writes a case: into a hidden folder beside the wanted one, file by file, and into place when it is
 *  whole.
 *
 *  Shape: `write` any files, `manifest.json` last, then `commit`. After an error in `write` or `commit`
 *  nothing is left behind; the caller calls `abort` when it fails between them. A process that ends in the
 *  midst takes the hidden folder with it.
 *  Errors: those of `checkOutput`; `cannot-write` for a full disk and its like; `interrupted` when `signal`
 *  fires.
 *  Limits: a process killed by SIGKILL, or a power cut, leaves the hidden folder, but never half a case:
 *  `manifest.json`, which makes a folder a case, is moved in last.
 */
export class CaseWriter {
  readonly folder: string;
  readonly #partial: string;
  readonly #signal: AbortSignal | null;
  readonly #written: WrittenFile[] = [];
  readonly #atExit = (): void => rmSync(this.#partial, { recursive: true, force: true });

  private constructor(folder: string, signal: AbortSignal | null) {
    this.folder = folder;
    this.#partial = join(dirname(folder), `.${basename(folder)}.partial-${process.pid}`);
    this.#signal = signal;
  }

  static async open(options: OutputOptions & { readonly signal?: AbortSignal | null }): Promise<CaseWriter> {
    const writer = new CaseWriter(await checkOutput(options), options.signal ?? null);
    process.once("exit", writer.#atExit);
    await writer.#orAbort(writer.#partial, async () => {
      await mkdir(dirname(writer.#partial), { recursive: true });
      await rm(writer.#partial, { recursive: true, force: true });
      await mkdir(writer.#partial);
    });
    return writer;
  }

  /** The files written so far, as the manifest lists them. */
  get files(): readonly WrittenFile[] {
    return this.#written;
  }

  async write(name: CaseFile, content: Content): Promise<WrittenFile> {
    return this.#orAbort(join(this.folder, name), async () => {
      const written = await writeFile(join(this.#partial, name), content, this.#signal);
      this.#written.push(written);
      return written;
    });
  }

  /** Takes a file of the older case over as it is. */
  async keep(name: CaseFile): Promise<WrittenFile> {
    return this.#orAbort(join(this.folder, name), async () => {
      const copy = join(this.#partial, name);
      await copyFile(join(this.folder, name), copy);
      const { bytes, sha256 } = await hashFile(copy, { signal: this.#signal, onBytes: null });
      const kept = { name, bytes, sha256 };
      this.#written.push(kept);
      return kept;
    });
  }

  /** Puts the case in place and returns its folder. Other files of the folder stay as they are. */
  async commit(): Promise<string> {
    return this.#orAbort(this.folder, async () => {
      this.#signal?.throwIfAborted();
      if (!this.#written.some(({ name }) => name === MANIFEST))
        throw new TypeError("a case needs its manifest.json");
      await mkdir(this.folder, { recursive: true });
      // Without its manifest the older case is none, and with it the new one is whole.
      await rm(join(this.folder, MANIFEST), { force: true });
      for (const name of CASE_FILES) {
        const isNew = this.#written.some((file) => file.name === name);
        if (isNew) await rename(join(this.#partial, name), join(this.folder, name));
        else await rm(join(this.folder, name), { force: true });
      }
      await syncFolder(this.folder);
      await this.abort();
      return this.folder;
    });
  }

  /** Removes what was written and not put in place. */
  async abort(): Promise<void> {
    process.removeListener("exit", this.#atExit);
    await rm(this.#partial, { recursive: true, force: true }).catch(() => {});
  }

  async #orAbort<T>(path: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      await this.abort();
      throw this.#signal?.aborted === true
        ? new PaydirtError("interrupted", "Interrupted", error)
        : asPaydirtError(path, error);
    }
  }
}

async function writeFile(path: string, content: Content, signal: AbortSignal | null): Promise<WrittenFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await open(path, "w");
  try {
    for (const piece of pieces(content)) {
      signal?.throwIfAborted();
      hash.update(piece);
      await file.writeFile(piece);
      bytes += piece.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { name: basename(path), bytes, sha256: hash.digest("hex") };
}

function* pieces(content: Content): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  if (typeof content === "string") yield encoder.encode(content);
  else if (content instanceof Uint8Array) yield content;
  else {
    let text = "";
    for (const piece of content) {
      if (typeof piece === "string") text += piece;
      if (text !== "" && (typeof piece !== "string" || text.length >= GATHER_UNITS)) {
        yield encoder.encode(text);
        text = "";
      }
      if (typeof piece !== "string") yield piece;
    }
    if (text !== "") yield encoder.encode(text);
  }
}

/** Makes the renames themselves last through a power cut, where the system can do that for a folder. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch {
    // Windows cannot open a folder, and some network file systems cannot sync one.
  } finally {
    await handle?.close();
  }
}

function asPaydirtError(path: string, error: unknown): Error {
  if (error instanceof PaydirtError || error instanceof TypeError) return error;
  return new PaydirtError("cannot-write", `Cannot write ${path}: ${reasonOf(error)}`, error);
}
