import { type BlockView, type ChainBlocks, outpointId, type SpentOutput } from "../../../src/model/chain.ts";
import type { MadeBlock, MadeChain } from "./made-chain.ts";
import { tipOf } from "./traced-chain.ts";

/** The chain as block files show it; `hasUndo` false: without what transactions spend; `missing`: without the
 *  blocks of these heights. */
export function asBlocks(
  chain: MadeChain,
  { hasUndo = true, missing = [] }: { readonly hasUndo?: boolean; readonly missing?: readonly number[] } = {},
): ChainBlocks {
  const outputs = new Map<string, SpentOutput>();
  for (const { txs } of chain.blocks) {
    for (const tx of txs) {
      for (const [vout, output] of tx.outputs.entries())
        outputs.set(outpointId({ txid: tx.txid, vout }), output);
    }
  }
  return {
    kind: "blocks",
    network: chain.network,
    firstHeight: 0,
    tip: tipOf(chain),
    async *blocks(fromHeight) {
      for (const block of chain.blocks) {
        if (block.height >= (fromHeight ?? 0) && !missing.includes(block.height))
          yield viewOf(block, hasUndo);
      }
    },
    outputs: async (wanted) =>
      new Map(
        wanted.flatMap((of) => {
          const output = outputs.get(outpointId(of));
          return output === undefined ? [] : [[outpointId(of), output] as const];
        }),
      ),
    close: async () => {},
  };
}

function viewOf(block: MadeBlock, hasUndo: boolean): BlockView {
  const { bytes, height, hash } = block;
  const spent = (index: number) => (hasUndo && index > 0 ? (block.spent[index - 1] ?? null) : null);
  const place = { evidence: "e1", atByte: height * 1e6 };
  return { bytes, at: 0, end: bytes.length, height, hash, atMicros: block.atSeconds * 1e6, ...place, spent };
}
