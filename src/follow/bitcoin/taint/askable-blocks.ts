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

/** Where a transaction lies in the chain. */
interface Spot {
  readonly height: number;
  readonly position: number;
}

/** Blocks that can be asked for a transaction: all are hashed once for an index of where they lie, unless the
 *  source tells the block of a transaction itself.
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
  const values = new SpentValues();
  const opened: Opened = (view, layout = new BlockLayout()) => {
    const fault = layout.read(view.bytes, view.at, view.end);
    return fault === null ? { bytes: view.bytes, layout, view, network, hash256 } : null;
  };
  const told = async (block: OpenBlock, position: number): Promise<ChainTx> =>
    toldTx(block, position, await values.of(block, position, () => false)).tx;
  const blockAt = async (height: number): Promise<OpenBlock | null> => {
    for await (const view of chain.blocks(height)) return opened(view);
    return null;
  };
  let index = chain.firstOf === undefined ? await indexed(chain, opened, signal) : null;
  return {
    kind: "lookup",
    network: chain.network,
    tip: chain.tip,
    tags: [],
    async tx(txid) {
      const hash = hexToHash(txid);
      if (hash === null) return null;
      const height = (await chain.firstOf?.([txid])) ?? null;
      if (height !== null) {
        const block = await blockAt(height);
        const position = block === null ? -1 : positionIn(block, hash);
        return block === null || position === -1 ? null : told(block, position);
      }
      index ??= await indexed(chain, opened, signal);
      const spot = index(hash);
      const block = spot === null ? null : await blockAt(spot.height);
      return spot === null || block === null ? null : told(block, spot.position);
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

/** null where a block contradicts its own format. */
type Opened = (view: BlockView, layout?: BlockLayout) => OpenBlock | null;

/** Goes through all blocks; what comes tells where the transaction of a hash lies. */
async function indexed(
  chain: ChainBlocks,
  opened: Opened,
  signal: AbortSignal | null,
): Promise<(hash: Uint8Array) => Spot | null> {
  const index = outpointTable();
  const heights = numbers((length) => new Uint32Array(length));
  const positions = numbers((length) => new Uint32Array(length));
  const layout = new BlockLayout();
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
  return (hash) => {
    const slot = index.find(hash, 0, 0);
    return slot === -1 ? null : { height: heights.get(slot), position: positions.get(slot) };
  };
}

function positionIn(block: OpenBlock, hash: Uint8Array): number {
  for (let position = 0; position < block.layout.txCount; position += 1) {
    if (hashOf(block, position).every((byte, i) => byte === hash[i])) return position;
  }
  return -1;
}

function tooMany(): PaydirtError {
  const says = `Cannot trace back through blocks of more than ${MOST_TRANSACTIONS} transactions`;
  return new PaydirtError("bad-source", `${says}: ask an explorer, or a node with an index of transactions`);
}
