// What a file holds: FIELD / SIZE / MEANING
//
// mark     to the first line's end     "paydirt-answer 1", length of the answer, its SHA-256 in hex
// key      to the second line's end    what was asked of whom
// answer   as long as the mark says    the bytes as they came

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { PaydirtError } from "../model/error.ts";
import { reasonOf } from "../model/reason.ts";

const MARK = /^paydirt-answer 1 (\d{1,15}) ([0-9a-f]{64})\n/;
/** Mark and key are short; a file without its line ends is none of ours. */
const MAX_HEAD_BYTES = 4_096;
/** What an investigation asked for is nobody else's business. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;

export interface AnswerFiles {
  /** null: not there, or not whole. */
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, answer: Uint8Array): Promise<void>;
}

/** Where answers are kept unless told otherwise: $XDG_CACHE_HOME/paydirt/chain, else ~/.cache/paydirt/chain.
 *
 *  Source: XDG Base Directory Specification 0.8; a relative $XDG_CACHE_HOME is to be ignored.
 */
export function answerFolder(): string {
  const xdg = process.env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "paydirt", "chain");
}

/** Answers of servers, kept as files in a folder, one each.
 *
 *  Shape: a file is named by the hash of its key, is there whole or not at all, and is read only where its
 *  length, its hash and its key are right. Nothing is ever removed: a user may delete the folder.
 *  Errors: `cannot-write` where the folder cannot be made, and from `put`: a trace that could not go on where
 *  it stopped is told so while it can be helped.
 */
export async function openAnswerFiles(folder: string): Promise<AnswerFiles> {
  const orThrow = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      throw new PaydirtError("cannot-write", `Cannot keep answers in ${folder}: ${reasonOf(error)}`, error);
    }
  };
  await orThrow(() => mkdir(folder, { recursive: true, mode: OWNER_ONLY.folder }));
  let count = 0;
  return {
    async get(key) {
      try {
        return answerIn(await readFile(pathOf(folder, key)), key);
      } catch {
        return null;
      }
    },
    put(key, answer) {
      const path = pathOf(folder, key);
      count += 1;
      const partial = `${path}.partial-${process.pid}-${count}`;
      return orThrow(async () => {
        await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY.folder });
        try {
          await writeFile(partial, withHead(key, answer), { mode: OWNER_ONLY.file });
          await rename(partial, path);
        } catch (error) {
          await rm(partial, { force: true }).catch(() => {});
          throw error;
        }
      });
    },
  };
}

/** Folders of 256 at most: some systems are slow with a million files in one. */
function pathOf(folder: string, key: string): string {
  const name = createHash("sha256").update(key).digest("hex");
  return join(folder, name.slice(0, 2), name.slice(2));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function withHead(key: string, answer: Uint8Array): Uint8Array {
  const head = `paydirt-answer 1 ${answer.length} ${sha256(answer)}\n${key.replaceAll("\n", " ")}\n`;
  return Buffer.concat([Buffer.from(head), answer]);
}

function answerIn(bytes: Buffer, key: string): Uint8Array | null {
  const mark = MARK.exec(bytes.toString("latin1", 0, MAX_HEAD_BYTES));
  if (mark === null) return null;
  const head = Buffer.from(`${mark[0]}${key.replaceAll("\n", " ")}\n`);
  const answer = bytes.subarray(head.length);
  const isOurs = bytes.subarray(0, head.length).equals(head) && answer.length === Number(mark[1]);
  return isOurs && sha256(answer) === mark[2] ? answer : null;
}
