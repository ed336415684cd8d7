import { basename } from "node:path";
import { PaydirtError } from "../../model/error.ts";
import { bytesAt } from "../../model/place.ts";
import { reasonOf } from "../../model/reason.ts";
import { type Finished, type OpenEvidence, openEvidence, type Peek, peek } from "../source/open.ts";
import { StreamWindow } from "../source/stream-window.ts";
import type { ByteWindow } from "../source/window.ts";
import type { ChainContext } from "./source.ts";

/** Longest record of such a file: a transaction of 4 MB of weight with its scripts in words stays below. */
const MAX_RECORD_BYTES = 16 << 20;

/** A file beside the chain while it is read: a slice, a list of tags, records of swaps.
 *
 *  Shape: `id` is that of its evidence; `head` are its first bytes, decompressed.
 */
export interface ListedFile {
  readonly id: string;
  readonly name: string;
  readonly head: Uint8Array;
  readonly window: ByteWindow;
}

/** What a reader lays gaps down on. */
export type Gaps = Pick<ChainContext, "gap">;

/** Opens a file, compressed or not, makes it known as evidence and has it read.
 *
 *  Shape: it is read twice, the first time for its hash: places name the evidence, which has one by then.
 *  Errors: `PaydirtError` "bad-source" where it cannot be opened or read, "interrupted" after the signal.
 *  Data that does not decompress, or unpacks to too much, is a gap behind what was read of it.
 */
export async function readListed<T>(
  { path, kind }: { readonly path: string; readonly kind: string },
  context: ChainContext,
  read: (file: ListedFile) => Promise<T>,
): Promise<T> {
  const name = basename(path);
  try {
    const peeked = await peek(path);
    const { bytes, sha256 } = (await pass(peeked, context, async () => {})).finished;
    const id = context.evidence({ name, kind, bytes, sha256, within: null }, path);
    const { value, finished } = await pass(peeked, context, async ({ window, budget }) => {
      const wide = new StreamWindow(pieces(window), MAX_RECORD_BYTES);
      const value = await read({ id, name, head: peeked.head, window: wide });
      if (window.failed !== null) {
        const code = budget.isSpent ? "unpack-limit" : "malformed-gzip";
        const says = `Cannot read ${name} to its end: ${window.failed}`;
        context.gap(bytesAt(id, window.base + window.end, 0), code, says);
      }
      return value;
    });
    if (finished.sha256 !== sha256) {
      context.gap(bytesAt(id, 0, finished.bytes), "changed", `${name} changed while it was read`);
    }
    return value;
  } catch (error) {
    if (error instanceof PaydirtError) throw error;
    const reason = reasonOf(error);
    throw new PaydirtError("bad-source", `Cannot read ${path}: ${reason}`, error);
  }
}

async function pass<T>(
  peeked: Peek,
  context: ChainContext,
  use: (evidence: OpenEvidence) => Promise<T>,
): Promise<{ readonly value: T; readonly finished: Finished }> {
  let told = 0;
  const pulse = (bytes: number): void => {
    goOn(context);
    context.progress(bytes - told, peeked.stamp.bytes * 2);
    told = bytes;
  };
  const evidence = await openEvidence(peeked, { hash: true, pulse });
  try {
    const value = await use(evidence);
    goOn(context);
    return { value, finished: await evidence.finish() };
  } catch (error) {
    await evidence.abandon();
    throw error;
  }
}

/** A window keeps what its bytes throw to itself: what reads it asks again at its end. */
function goOn({ signal }: ChainContext): void {
  if (signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
}

/** What a window shows, in pieces of their own memory: windows use theirs again. */
async function* pieces(window: ByteWindow): AsyncGenerator<Uint8Array> {
  do {
    const piece = window.bytes.slice(window.at, window.end);
    window.at = window.end;
    if (piece.length > 0) yield piece;
  } while (await window.more());
}
