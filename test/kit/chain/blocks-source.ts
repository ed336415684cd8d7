import type { ChainBlocks } from "../../../src/model/chain.ts";
import type { MadeChain } from "./made-chain.ts";

/** A made-up chain as a source of blocks, with undo data or without. */
export function blocksSource(chain: MadeChain, hasUndo = true): ChainBlocks {
  const tip = chain.blocks.at(-1);
  return {
    kind: "blocks",
    network: chain.network,
    firstHeight: chain.blocks[0]?.height ?? null,
    tip: { height: tip?.height ?? null, hash: tip?.hash ?? null, atMicros: null },
    async *blocks(fromHeight) {
      for (const { bytes, hash, height, atSeconds, spent } of chain.blocks) {
        if (fromHeight !== null && height < fromHeight) continue;
        yield {
          bytes,
          at: 0,
          end: bytes.length,
          height,
          hash,
          atMicros: atSeconds * 1e6,
          evidence: "e1",
          atByte: 0,
          spent: (index) => (hasUndo ? (index === 0 ? [] : (spent[index - 1] ?? null)) : null),
        };
      }
    },
    outputs: async () => new Map(),
    close: async () => {},
  };
}
