import { hashToHex } from "../../../bytes/hex.ts";
import type { BlockView, ChainBlocks, ChainTip } from "../../../model/chain.ts";
import { PaydirtError } from "../../../model/error.ts";
import type { GapCode } from "../../../model/gap.ts";
import { bytesAt } from "../../../model/place.ts";
import { reasonOf } from "../../../model/reason.ts";
import type { ChainContext, ChainScheme } from "../source.ts";
import type { BestChain } from "./best-chain.ts";
import { blockFiles } from "./block-files.ts";
import type { BlockIndex } from "./block-index.ts";
import { catalogued, type TellFault } from "./catalogue.ts";
import { chosenChain } from "./chosen.ts";
import { evidenceIds } from "./evidence-ids.ts";
import { findOutputs } from "./find-outputs.ts";
import { runs } from "./in-order.ts";
import { type Behind, LentBlock } from "./lent-block.ts";
import { OpenFiles } from "./open-files.ts";
import { UndoFiles } from "./undo-files.ts";

/** Block files of Bitcoin Core and its children. */
export const BLOCKS: ChainScheme = {
  id: "blocks",
  title: "Block files of Bitcoin Core, or blocks as files",
  takes: "PATH",
  open: openBlocks,
};

async function openBlocks(where: string, context: ChainContext): Promise<ChainBlocks> {
  const folder = blockFiles(where);
  const ids = evidenceIds(folder, context);
  for (const { name, why } of folder.refused) {
    context.gap(bytesAt(ids.whole, 0, 0), "unreadable", `Cannot read ${name}: ${why}`);
  }
  const tell: TellFault = ({ file, at, byteLength }, code, says) =>
    context.gap(bytesAt(ids.of(file), at, byteLength), code, says);
  const open = new OpenFiles(folder.files, (file, says) =>
    tell({ file, at: 0, byteLength: 0 }, "malformed-gzip", says),
  );
  const index = await catalogued(folder.files, open, { tell, signal: context.signal });
  const { network, chain } = chosenChain(index, tell);
  const undo = new UndoFiles(folder.files);
  const tellBlock = (block: LentBlock, code: GapCode, says: string): void =>
    context.gap(bytesAt(block.evidence, block.atByte, block.end - block.at), code, says);
  const behind: Behind = {
    index,
    chain,
    ids,
    undo,
    missingUndo: (block) =>
      tellBlock(block, "missing-undo", "the undo file holds no data that fit the block"),
    malformed: (block, says) => tellBlock(block, "malformed-block", says),
    told: new Set(),
  };
  const source: Source = { behind, open, context };
  return {
    kind: "blocks",
    network: network.id,
    firstHeight: heightAt(chain, 0),
    tip: tipOf(index, chain),
    blocks: (fromHeight) => blocksFrom(source, positionOf(chain, fromHeight)),
    outputs: (wanted) => findOutputs(blocksFrom(source, 0), wanted),
    close: async () => {
      open.close();
      undo.close();
    },
  };
}

interface Source {
  readonly behind: Behind;
  readonly open: OpenFiles;
  readonly context: ChainContext;
}

async function* blocksFrom(source: Source, start: number): AsyncGenerator<BlockView> {
  const { behind, open, context } = source;
  const { index, chain } = behind;
  let total = 0;
  for (const block of chain.order.subarray(start)) total += index.size[block]!;
  const view = new LentBlock(behind);
  let position = start;
  try {
    for await (const run of runs({ index, chain, open }, start)) {
      if (context.signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
      let bytes = 0;
      for (position = run.first; position < run.end; position++) {
        view.turn(run, position);
        bytes += view.end - view.at;
        yield view;
      }
      context.progress(bytes, total);
    }
  } catch (error) {
    if (error instanceof PaydirtError) throw error;
    const block = chain.order[position] ?? 0;
    const place = bytesAt(behind.ids.of(index.file[block]!), index.at[block]!, index.size[block]!);
    const why = reasonOf(error);
    context.gap(place, "source-failed", why);
    throw new PaydirtError("bad-source", `Cannot go on reading blocks: ${why}`, error);
  }
}

/** Where the chain reaches a height; behind its end where it does not. */
function positionOf({ heights }: BestChain, height: number | null): number {
  if (height === null) return 0;
  const found = heights.findIndex((known) => known >= height);
  return found === -1 ? heights.length : found;
}

function heightAt({ heights }: BestChain, position: number): number | null {
  const height = heights[position] ?? -1;
  return height < 0 ? null : height;
}

function tipOf(index: BlockIndex, chain: BestChain): ChainTip {
  const last = chain.order.length - 1;
  const block = chain.order[last] ?? 0;
  return {
    height: heightAt(chain, last),
    hash: hashToHex(index.hashOf(block)),
    atMicros: index.seconds[block]! * 1_000_000,
  };
}
