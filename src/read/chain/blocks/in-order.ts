import type { BestChain } from "./best-chain.ts";
import type { BlockIndex } from "./block-index.ts";
import type { OpenFiles } from "./open-files.ts";

/** Bytes that are read at once: enough that the call does not count. Between 1 and 16 MiB no difference could
 *  be measured. */
const RUN_BYTES = 4 << 20;
/** XOR is fast where the offset in the file is a multiple of this. */
const ALIGNED = 8;

/** Blocks that follow each other in the chain and lie side by side in a file. */
interface Run {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
  readonly file: number;
  readonly from: number;
  readonly to: number;
}

/** Bytes that hold the blocks at `first` to `end` - 1 of the chain, lent; `base` is the offset in the file of
 *  the first byte. */
export interface LoadedRun extends Run {
  readonly bytes: Uint8Array;
  readonly base: number;
}

export interface Blocks {
  readonly index: BlockIndex;
  readonly chain: BestChain;
  readonly open: OpenFiles;
}

/** Reads the blocks of the chain from a position on, a run ahead of the one that is lent.
 *
 *  Errors: throws those of the file system, and RangeError where a file has become shorter.
 */
export async function* runs(blocks: Blocks, start: number): AsyncGenerator<LoadedRun> {
  const buffers = [new Uint8Array(0), new Uint8Array(0)];
  let turn = 0;
  const load = async (run: Run): Promise<LoadedRun> => {
    turn = 1 - turn;
    const base = run.from - (run.from % ALIGNED);
    const need = run.to - base;
    const held = buffers[turn] ?? new Uint8Array(0);
    const buffer = held.length >= need ? held : new Uint8Array(Math.max(need, RUN_BYTES + ALIGNED));
    buffers[turn] = buffer;
    const bytes = buffer.subarray(0, need);
    const file = await blocks.open.bytes(run.file);
    const got = await file.read(bytes, base);
    if (got < need) throw new RangeError(`${need} bytes at ${base} were there, now ${got} are`);
    return { ...run, bytes, base };
  };
  let run = runAt(blocks, start);
  let reading = run === null ? null : load(run);
  while (run !== null && reading !== null) {
    const loaded = await reading;
    run = runAt(blocks, run.end);
    reading = run === null ? null : load(run);
    // Who takes no more does not hear that the next could not be read.
    reading?.catch(() => {});
    yield loaded;
  }
}

/** As many blocks as lie close together, in whatever order, and fill at least half of the bytes between. */
function runAt({ index, chain }: Blocks, first: number): Run | null {
  if (first >= chain.order.length) return null;
  const block = chain.order[first]!;
  const file = index.file[block]!;
  let from = index.at[block]!;
  let to = from + index.size[block]!;
  let filled = to - from;
  let end = first + 1;
  for (; end < chain.order.length; end++) {
    const next = chain.order[end]!;
    if (index.file[next] !== file) break;
    const lower = Math.min(from, index.at[next]!);
    const upper = Math.max(to, index.at[next]! + index.size[next]!);
    if (upper - lower > RUN_BYTES || (filled + index.size[next]!) * 2 < upper - lower) break;
    from = lower;
    to = upper;
    filled += index.size[next]!;
  }
  return { first, end, file, from, to };
}
