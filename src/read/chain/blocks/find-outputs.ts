import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import { decodeTx, strippedTx } from "../../../bytes/bitcoin-tx.ts";
import { hashToHex, hexToHash } from "../../../bytes/hex.ts";
import { uint32le } from "../../../bytes/little-endian.ts";
import { type BlockView, type Outpoint, outpointId, type SpentOutput } from "../../../model/chain.ts";
import { nodeHash256 } from "../node-hash256.ts";

/** Finds outputs by hashing the transactions of all blocks, until all are found.
 *
 *  Shape: by `outpointId`; what is not found is missing, and so is an output that its transaction does not
 *  have.
 *  Limits: about 130 MB a second: the hashes are what it takes. Of two transactions of one id (BIP 30) the
 *  first is told; their outputs are the same.
 */
export async function findOutputs(
  blocks: AsyncIterable<BlockView>,
  wanted: readonly Outpoint[],
): Promise<ReadonlyMap<string, SpentOutput>> {
  const found = new Map<string, SpentOutput>();
  const open = new Map<string, number[]>();
  const starts = new Set<number>();
  for (const { txid, vout } of wanted) {
    const hash = hexToHash(txid);
    if (hash === null) continue;
    starts.add(uint32le(hash, 0));
    const known = open.get(txid);
    if (known === undefined) open.set(txid, [vout]);
    else known.push(vout);
  }
  const layout = new BlockLayout();
  if (open.size === 0) return found;
  for await (const view of blocks) {
    const { bytes, at, end } = view;
    const fault = layout.read(bytes, at, end);
    if (fault !== null) {
      view.malformed?.(fault);
      continue;
    }
    for (let tx = 0; tx < layout.txCount; tx++) {
      const hash = nodeHash256(strippedTx(bytes, layout, tx));
      if (!starts.has(uint32le(hash, 0))) continue;
      const txid = hashToHex(hash);
      const vouts = open.get(txid);
      if (vouts === undefined) continue;
      const { outputs } = decodeTx(bytes, layout, tx);
      for (const vout of vouts) {
        const output = outputs[vout];
        // The block's bytes are lent.
        if (output !== undefined)
          found.set(outpointId({ txid, vout }), { ...output, script: output.script.slice() });
      }
      open.delete(txid);
      if (open.size === 0) return found;
    }
  }
  return found;
}
