import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { reasonOf, systemCode } from "../model/reason.ts";
import { MANIFEST } from "./files.ts";
import { hashFile } from "./hash.ts";
import type { OpenedCase } from "./read.ts";

/** What hashing again showed. `not-hashed`: the manifest holds no hash to compare with. */
export type VerifyResult = "same" | "changed" | "missing" | "unreadable" | "not-hashed";

/** One file of the case or piece of evidence. */
export interface VerifiedItem {
  readonly of: "case" | "evidence";
  readonly name: string;
  readonly result: VerifyResult;
  /** Both numbers when something differs, the system's reason when it could not be read;
   *  null when it is the same. */
  readonly says: string | null;
}

export interface Verification {
  readonly folder: string;
  readonly items: readonly VerifiedItem[];
  /** Evidence of which the case has no hash and the manifest no row, such as a node's block files and the
   *  answers of servers: how many pieces of which kind. */
  readonly withoutHash: readonly { readonly kind: string; readonly pieces: number }[];
  /** Of manifest.json itself, which nothing in the case can vouch for:
   *  to compare with the examiner's notes. */
  readonly manifestSha256: string;
  readonly hashedBytes: number;
}

export interface VerifyOptions {
  readonly signal: AbortSignal | null;
  /** Called while hashing, with what is done and what is to do, by the sizes in the manifest. */
  readonly onProgress: ((done: number, total: number, file: string) => void) | null;
}

interface Expected {
  readonly of: "case" | "evidence";
  readonly name: string;
  readonly path: string | null;
  readonly bytes: number;
  readonly sha256: string | null;
}

/** Hashes a case and its evidence again and compares with the manifest.
 *
 *  Shape: files of the case first, then the evidence, each in the manifest's order. Relative paths of
 *  evidence are taken from the working folder, as when the case was made.
 *  Errors: none for the items, whatever their state; the reason of `signal` when it fires.
 */
export async function verifyCase(opened: OpenedCase, options: VerifyOptions): Promise<Verification> {
  const { folder, manifest } = opened;
  const expected: Expected[] = [
    ...manifest.files.map((file) => ({ of: "case" as const, path: join(folder, file.name), ...file })),
    ...manifest.evidence.map(({ path, bytes, sha256 }) => ({
      of: "evidence" as const,
      name: path,
      path: path === "-" || path === "live:" ? null : resolve(path),
      bytes,
      sha256,
    })),
  ];
  const total = expected.reduce((sum, { bytes, sha256 }) => sum + (sha256 === null ? 0 : bytes), 0);
  let done = 0;
  const items: VerifiedItem[] = [];
  for (const item of expected) {
    const onBytes = (bytes: number): void => {
      done += bytes;
      options.onProgress?.(done, total, item.name);
    };
    items.push(await verifyItem(item, { signal: options.signal, onBytes }));
  }
  const own = await hashFile(join(folder, MANIFEST), { signal: options.signal, onBytes: null });
  return { folder, items, withoutHash: withoutHash(opened), manifestSha256: own.sha256, hashedBytes: done };
}

function withoutHash({ case: { evidence }, manifest }: OpenedCase): Verification["withoutHash"] {
  const listed = new Set(manifest.evidence.map(({ id }) => id));
  const pieces = new Map<string, number>();
  for (const { id, kind, sha256, within } of evidence) {
    if (sha256 !== null || within !== null || listed.has(id)) continue;
    pieces.set(kind, (pieces.get(kind) ?? 0) + 1);
  }
  return [...pieces].map(([kind, count]) => ({ kind, pieces: count }));
}

async function verifyItem(
  item: Expected,
  options: { readonly signal: AbortSignal | null; readonly onBytes: (bytes: number) => void },
): Promise<VerifiedItem> {
  const is = (result: VerifyResult, says: string | null): VerifiedItem => {
    return { of: item.of, name: item.name, result, says };
  };
  if (item.path === null) {
    const stream = "it came through standard input and was not kept";
    return is(
      "not-hashed",
      item.name === "-" ? stream : "it was a running host, which is never the same again",
    );
  }
  try {
    // A path that became a pipe would be waited for without end; a file of another size needs no hash.
    const now = await stat(item.path);
    if (now.isDirectory() && item.sha256 === null) {
      return is("not-hashed", "it is a folder; the case has the hash of each file that was read");
    }
    if (!now.isFile() && !now.isBlockDevice()) return is("unreadable", "it is no regular file");
    if (now.isFile() && now.size !== item.bytes) {
      return is("changed", `${count(item.bytes)} bytes then, ${count(now.size)} now`);
    }
    if (item.sha256 === null)
      return is("not-hashed", "the case was made with --no-hash; its size is the same");
    const { sha256 } = await hashFile(item.path, options);
    if (sha256 === item.sha256) return is("same", null);
    return is("changed", `SHA-256 ${item.sha256} then, ${sha256} now`);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    const code = systemCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return is("missing", "it is no longer there");
    return is("unreadable", reasonOf(error));
  }
}

function count(bytes: number): string {
  return bytes.toLocaleString("en-US");
}
