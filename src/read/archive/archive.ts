import type { Desk } from "../reader.ts";
import type { UnpackBudget } from "../source/budget.ts";
import type { ByteWindow } from "../source/window.ts";

/** A file inside a container: an archive, or a host that is read live.
 *
 *  Shape: `path` as the container writes it; `chunks` are the file's bytes, to be taken before the next
 *  member. `bytes` is what the container says of the size, null when it does not.
 */
export interface Member {
  readonly path: string;
  readonly bytes: number | null;
  readonly modifiedMicros: number | null;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** An archive that was opened. `path` is the file itself where it lies on disk as it is, so that it can be
 *  read anywhere; else null. */
export interface OpenArchive {
  readonly id: string;
  readonly name: string;
  readonly window: ByteWindow;
  readonly path: string | null;
  readonly budget: UnpackBudget;
}

/** A format of archives. Damage, encryption and names that lead out of it are gaps, never errors. */
export interface Archive {
  readonly id: "tar" | "zip";
  readonly title: string;
  sniff(head: Uint8Array): boolean;
  members(archive: OpenArchive, desk: Desk): AsyncGenerator<Member>;
}

/** Whether a path stays inside its archive: relative, without a step upwards, without a NUL. */
export function isSafePath(path: string): boolean {
  return (
    !path.startsWith("/") &&
    !/^[A-Za-z]:[\\/]/.test(path) &&
    !path.split(/[\\/]/).includes("..") &&
    !path.includes("\0")
  );
}

/** The rest of a window as chunks of their own memory. */
export async function* chunksOf(window: ByteWindow): AsyncGenerator<Uint8Array> {
  for (;;) {
    if (window.end > window.at) {
      const chunk = window.bytes.slice(window.at, window.end);
      window.at = window.end;
      yield chunk;
    }
    if (!(await window.more())) return;
  }
}
