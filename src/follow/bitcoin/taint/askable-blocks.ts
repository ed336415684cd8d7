import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import { hexToHash } from "../../../bytes/hex.ts";
import type { BlockView, ChainBlocks, ChainLookup, ChainTx } from "../../../model/chain.ts";
import { PaydirtError } from "../../../model/error.ts";
import { networkById } from "../../../tables/bitcoin-networks.ts";
import type { TraceOptions } from "../options.ts";
import { SpentValues } from "./block-values.ts";
import { numbers } from "./holdings.ts";
import { SeedAddresses } from "./named.ts";
import { outpointTable } from "./table.ts";
import { hashOf, type OpenBlock, toldTx } from "./told-tx.ts";

/** Most transactions that are indexed: each takes about 40 bytes. */
const MOST_TRANSACTIONS = 10_000_000;

/** Blocks that can be asked for a transaction: all are hashed once for an index of where they lie.
 *
 *  Errors: `PaydirtError` "bad-source" for blocks with more transactions than the index may hold; RangeError
 *  for a network that is not in the table.
 *  Limits: it does not say who spends an output. `touching` tells of receipts alone. Blocks without a height
 *  are left out.
 */
export async function askableBlocks(
  chain: ChainBlocks,
  { hash256, signal }: Pick<TraceOptions, "hash256" | "signal">,
): Promise<ChainLookup> {
  const network = networkById(chain.network);
  if (network === null) throw new RangeError(`Cannot follow blocks of "${chain.network}"`);
  const index = outpointTable();
  const heights = numbers((length) => new Uint32Array(length));
  const positions = numbers((length) => new Uint32Array(length));
  const layout = new BlockLayout();
  const values = new SpentValues();
  const opened = (view: BlockView, layout = new BlockLayout()): OpenBlock | null => {
    const fault = layout.read(view.bytes, view.at, view.end);
    return fault === null ? { bytes: view.bytes, layout, view, network, hash256 } : null;
  };
  const told = async (block: OpenBlock, position: number): Promise<ChainTx> =>
    toldTx(block, position, await values.of(block, position, () => false)).tx;
  for await (const view of chain.blocks(null)) {
    if (signal?.aborted) throw new PaydirtError("interrupted", "Interrupted");
    const block = opened(view, layout);
    if (block === null || view.height === null) continue;
    if (index.size + layout.txCount > MOST_TRANSACTIONS) throw tooMany();
    for (let position = 0; position < layout.txCount; position += 1) {
      const hash = hashOf(block, position);
      const known = index.find(hash, 0, 0);
      const slot = known === -1 ? index.add(hash, 0, 0) : known;
      heights.set(slot, view.height);
      positions.set(slot, position);
    }
  }
  return {
    kind: "lookup",
    network: chain.network,
    tip: chain.tip,
    tags: [],
    async tx(txid) {
      const hash = hexToHash(txid);
      const slot = hash === null ? -1 : index.find(hash, 0, 0);
      if (slot === -1) return null;
      for await (const view of chain.blocks(heights.get(slot))) {
        const block = opened(view);
        return block === null ? null : told(block, positions.get(slot));
      }
      return null;
    },
    spender: async () => "unknown",
    async *touching(address) {
      const wanted = new SeedAddresses([{ address, asked: address }], network);
      for await (const view of chain.blocks(null)) {
        const block = opened(view);
        for (const position of block === null ? [] : wanted.paidIn(block)) {
          if (block !== null) yield told(block, position);
        }
      }
    },
    close: () => chain.close(),
  };
}

function tooMany(): PaydirtError {
  const says = `Cannot trace back through blocks of more than ${MOST_TRANSACTIONS} transactions`;
  return new PaydirtError("bad-source", `${says}: ask a node or an explorer (rpc:, esplora:)`);
}
