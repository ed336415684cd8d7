import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import type { BlockView, Chain, ChainBlocks } from "../../../src/model/chain.ts";
import { BLOCKS } from "../../../src/read/chain/blocks/index.ts";
import { chainContext, type TestChainContext } from "./context.ts";

/** A folder of these files by their relative paths, which the test takes away again. */
export function madeFolder(test: TestContext, files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "paydirt-blocks-"));
  test.after(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** What a source of blocks gave: of each block what is kept when the view is turned. */
export interface ReadBlocks {
  readonly chain: ChainBlocks;
  readonly context: TestChainContext;
  readonly blocks: readonly Pick<BlockView, "height" | "hash" | "evidence" | "atByte">[];
  /** "code: says" of each gap. */
  readonly gaps: readonly string[];
}

/** Opens and reads all blocks of a path; `look` sees each view while it is lent. */
export async function readBlocks(
  path: string,
  look: (view: BlockView) => void | Promise<void> = () => {},
): Promise<ReadBlocks> {
  const context = chainContext();
  const chain = blocksOf(await BLOCKS.open(path, context));
  const blocks: Pick<BlockView, "height" | "hash" | "evidence" | "atByte">[] = [];
  for await (const view of chain.blocks(null)) {
    const { height, hash, evidence, atByte } = view;
    blocks.push({ height, hash, evidence, atByte });
    await look(view);
  }
  await chain.close();
  return { chain, context, blocks, gaps: context.gaps().map(({ code, says }) => `${code}: ${says}`) };
}

function blocksOf(chain: Chain): ChainBlocks {
  if (chain.kind !== "blocks") throw new Error(`a source of ${chain.kind}`);
  return chain;
}
