import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import { decodeTx, readLoneTx, strippedTx } from "../../../bytes/bitcoin-tx.ts";
import { hashToHex, hexToBytes } from "../../../bytes/hex.ts";
import { type BlockView, type Outpoint, outpointId, type SpentOutput } from "../../../model/chain.ts";
import { valueAt, wholeOf } from "../../json.ts";
import { isTxid } from "../esplora-tx.ts";
import { nodeHash256 } from "../node-hash256.ts";
import type { Call, JsonRpc } from "./json-rpc.ts";

/** Transactions in one request: the largest have 800 kB of hex, most 600 bytes. */
const TXS_AT_ONCE = 20;

/** Blocks that are searched for transactions. The whole of Bitcoin's chain would take days: a node with an
 *  index answers at once. */
const MOST_SEARCHED_BLOCKS = 20_000;

interface Means {
  readonly blockCount: number;
  blocks(): AsyncIterable<BlockView>;
  gap(code: "missing-transaction", says: string): void;
}

/** Outputs by name: the node is asked for their transactions, which it finds by its index; without one, all
 *  blocks of a short chain are searched.
 *
 *  Errors: `PaydirtError` "bad-source". What is not found is missing, and a gap.
 */
export async function findOutputs(
  rpc: JsonRpc,
  wanted: readonly Outpoint[],
  means: Means,
): Promise<ReadonlyMap<string, SpentOutput>> {
  const found = new Map<string, SpentOutput>();
  const byTxid = new Map<string, Outpoint[]>();
  for (const outpoint of wanted) {
    const ofTx = byTxid.get(outpoint.txid);
    if (ofTx === undefined) byTxid.set(outpoint.txid, [outpoint]);
    else ofTx.push(outpoint);
  }
  await askIndex(rpc, byTxid, found);
  if (byTxid.size > 0 && means.blockCount <= MOST_SEARCHED_BLOCKS)
    await search(means.blocks(), byTxid, found);
  if (byTxid.size > 0) {
    const says = `The node does not give ${byTxid.size} transactions that are spent, for their values`;
    means.gap("missing-transaction", `${says}; with an index of transactions (txindex=1) it would`);
  }
  return found;
}

/** Height of the first of these transactions; null where the node does not know all of them, as without an
 *  index of transactions. */
export async function firstHeightOf(rpc: JsonRpc, txids: readonly string[]): Promise<number | null> {
  const asked = txids.map((txid) => ({ method: "getrawtransaction", params: [txid, true] }));
  const hashes = new Set<unknown>();
  for (let at = 0; at < asked.length; at += TXS_AT_ONCE) {
    for (const { result } of await rpc.batch(asked.slice(at, at + TXS_AT_ONCE))) {
      const hash = valueAt(result, "blockhash");
      if (!isTxid(hash)) return null;
      hashes.add(hash);
    }
  }
  const calls = [...hashes].map((hash) => ({ method: "getblockheader", params: [String(hash)] }));
  const heights = (await rpc.batch(calls)).map(({ result }) => wholeOf(valueAt(result, "height")));
  const known = heights.filter((height) => height !== null);
  return known.length === heights.length && known.length > 0 ? Math.min(...known) : null;
}

/** Takes out of `byTxid` what is found. */
type ByTxid = Map<string, Outpoint[]>;

async function askIndex(rpc: JsonRpc, byTxid: ByTxid, found: Map<string, SpentOutput>): Promise<void> {
  const txids = [...byTxid.keys()];
  for (let at = 0; at < txids.length; at += TXS_AT_ONCE) {
    const calls: Call[] = txids
      .slice(at, at + TXS_AT_ONCE)
      .map((txid) => ({ method: "getrawtransaction", params: [txid, false] }));
    const answers = await rpc.batch(calls);
    for (const [i, { result }] of answers.entries()) {
      const txid = txids[at + i] ?? "";
      const bytes = typeof result === "string" ? hexToBytes(result) : null;
      const lone = bytes === null ? null : readLoneTx(bytes);
      if (lone === null) continue;
      if (typeof lone === "string" || hashToHex(nodeHash256(lone.stripped), 0) !== txid) {
        throw rpc.nonsense(calls[i]!, "it is another transaction");
      }
      take(lone.tx.outputs, byTxid.get(txid) ?? [], found);
      byTxid.delete(txid);
    }
    // A node without an index knows none of them: the first few are enough to see that.
    if (byTxid.size === txids.length) return;
  }
}

async function search(
  blocks: AsyncIterable<BlockView>,
  byTxid: ByTxid,
  found: Map<string, SpentOutput>,
): Promise<void> {
  const layout = new BlockLayout();
  for await (const { bytes, at, end } of blocks) {
    if (layout.read(bytes, at, end) !== null) continue;
    for (let tx = 0; tx < layout.txCount; tx += 1) {
      const txid = hashToHex(nodeHash256(strippedTx(bytes, layout, tx)), 0);
      const ofTx = byTxid.get(txid);
      if (ofTx === undefined) continue;
      take(decodeTx(bytes, layout, tx).outputs, ofTx, found);
      byTxid.delete(txid);
    }
    if (byTxid.size === 0) return;
  }
}

function take(
  outputs: readonly SpentOutput[],
  ofTx: readonly Outpoint[],
  found: Map<string, SpentOutput>,
): void {
  for (const outpoint of ofTx) {
    const output = outputs[outpoint.vout];
    if (output === undefined) continue;
    found.set(outpointId(outpoint), { valueSats: output.valueSats, script: Uint8Array.from(output.script) });
  }
}
