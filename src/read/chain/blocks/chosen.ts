import { hashToHex, hexToHash } from "../../../bytes/hex.ts";
import { PaydirtError } from "../../../model/error.ts";
import { BITCOIN_NETWORKS, type BitcoinNetwork } from "../../../tables/bitcoin-networks.ts";
import { type BestChain, bestChain } from "./best-chain.ts";
import { type BlockIndex, NO_NETWORK } from "./block-index.ts";
import type { TellFault } from "./catalogue.ts";

/** The network that most blocks are of, and its best chain; all that is left out is told.
 *
 *  Errors: throws `PaydirtError` "bad-source" where there is no block of a network that is read.
 */
export function chosenChain(
  index: BlockIndex,
  tell: TellFault,
): { readonly network: BitcoinNetwork; readonly chain: BestChain } {
  const counts = new Map<number, number>();
  for (const row of index.network.subarray(0, index.count)) counts.set(row, (counts.get(row) ?? 0) + 1);
  const [most] = [...counts].filter(([row]) => row !== NO_NETWORK).sort(([, a], [, b]) => b - a);
  const chosen = most?.[0] ?? 0;
  const network = BITCOIN_NETWORKS[chosen];
  if (network === undefined || index.count === 0)
    throw new PaydirtError("bad-source", "None of the files holds a block");
  if (network.work === "x11") {
    throw new PaydirtError(
      "bad-source",
      `Blocks of ${network.name} are linked by X11, which is not worked out`,
    );
  }
  const chain = bestChain(index, {
    isWanted: (i) => index.network[i] === chosen || index.network[i] === NO_NETWORK,
    genesis: hexToHash(network.genesis) ?? new Uint8Array(0),
  });
  tellOthers(index, { counts, chosen }, tell);
  tellOrphans(index, chain, tell);
  tellHoles(index, chain, tell);
  return { network, chain };
}

function tellOthers(
  index: BlockIndex,
  { counts, chosen }: { counts: ReadonlyMap<number, number>; chosen: number },
  tell: TellFault,
): void {
  for (const [row, count] of counts) {
    if (row === chosen || row === NO_NETWORK) continue;
    const { name } = BITCOIN_NETWORKS[row] ?? { name: "an unknown network" };
    tell(spotOf(index, index.network.indexOf(row)), "other-network", `${blocks(count)} of ${name}`);
  }
}

function tellOrphans(index: BlockIndex, { orphans, firstOrphan }: BestChain, tell: TellFault): void {
  if (orphans === 0) return;
  const hash = hashToHex(index.hashOf(firstOrphan));
  const says = `${blocks(orphans)} beside the chain of most work, the first in the files ${hash}`;
  tell(spotOf(index, firstOrphan), "orphan-blocks", says);
}

function tellHoles(index: BlockIndex, { order, holes, heights }: BestChain, tell: TellFault): void {
  if (holes.places === 0) return;
  const block = order[holes.first] ?? 0;
  const height = heights[holes.first] ?? -1;
  const before = height < 0 ? hashToHex(index.hashOf(block)) : `height ${height}`;
  const where = `${holes.places === 1 ? "before" : `in ${holes.places} places, the first before`} ${before}`;
  const what = holes.blocks === null ? "blocks" : blocks(holes.blocks);
  const says = `${what} ${holes.blocks === 1 ? "is" : "are"} missing ${where}`;
  tell(spotOf(index, block), "missing-blocks", says);
}

function blocks(count: number): string {
  return count === 1 ? "1 block" : `${count} blocks`;
}

function spotOf(index: BlockIndex, block: number): { file: number; at: number; byteLength: number } {
  return { file: index.file[block]!, at: index.at[block]!, byteLength: index.size[block]! };
}
