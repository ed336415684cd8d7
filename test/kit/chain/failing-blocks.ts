import type { BlockView, ChainBlocks } from "../../../src/model/chain.ts";
import { PaydirtError } from "../../../src/model/error.ts";

/** What a source gives in place of a block. */
export type Fails = (view: BlockView) => Iterable<BlockView>;

export const FAILURE = new PaydirtError("bad-source", "the cable is out");

/** What becomes of one block: the source ends before it, or once it has told what two transactions spend; the
 *  block is not there; it is torn. */
export const FAILING: readonly Fails[] = [
  () => {
    throw FAILURE;
  },
  (view) => {
    let told = 0;
    const spent: BlockView["spent"] = async (index) => {
      told += 1;
      if (told > 2) throw FAILURE;
      return view.spent(index);
    };
    return [{ ...view, spent }];
  },
  () => [],
  (view) => [{ ...view, end: view.end - 1 }],
];

/** The source, of which the block of this height fails. */
export function failing(chain: ChainBlocks, height: number, fails: Fails): ChainBlocks {
  return {
    ...chain,
    async *blocks(from) {
      for await (const view of chain.blocks(from)) yield* view.height === height ? fails(view) : [view];
    },
  };
}
