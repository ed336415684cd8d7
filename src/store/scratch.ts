import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PaydirtError } from "../model/error.ts";
import { reasonOf } from "../model/reason.ts";

/** A file for what does not fit into memory, which is gone after `close`. */
export interface ScratchFile {
  readonly length: number;
  append(bytes: Uint8Array): void;
  read(at: number, into: Uint8Array): void;
  close(): void;
}

/** Makes a scratch file in a new folder of its own.
 *
 *  @param folder where; the system's folder for temporary files unless said otherwise
 *  Errors: `PaydirtError` "cannot-write" when it cannot be made, written or read.
 *  Limits: a process that is killed leaves it behind.
 */
export function openScratch(folder: string = tmpdir()): ScratchFile {
  const own = attempt("make", folder, () => mkdtempSync(join(folder, "paydirt-")));
  const path = join(own, "scratch");
  const file = attempt("make", path, () => openSync(path, "wx+", 0o600));
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes) {
      attempt("write", path, () => {
        for (let done = 0; done < bytes.length; ) {
          done += writeSync(file, bytes, done, bytes.length - done, length + done);
        }
      });
      length += bytes.length;
    },
    read(at, into) {
      attempt("read", path, () => {
        for (let done = 0; done < into.length; ) {
          const count = readSync(file, into, done, into.length - done, at + done);
          if (count === 0) throw new Error(`it ends at ${at + done}, before ${at + into.length}`);
          done += count;
        }
      });
    },
    close() {
      closeSync(file);
      rmSync(own, { recursive: true, force: true });
    },
  };
}

function attempt<T>(what: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new PaydirtError("cannot-write", `Cannot ${what} ${path}: ${reasonOf(error)}`, error);
  }
}
