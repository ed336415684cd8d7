import { BlockLayout } from "../../../bytes/bitcoin-layout.ts";
import { hashToHex } from "../../../bytes/hex.ts";
import { fitsMerkleRoot } from "../../../bytes/merkle.ts";
import { boundedMicros, MICROS_PER_SECOND } from "../../../bytes/time.ts";
import type { ChainTip } from "../../../model/chain.ts";
import { BITCOIN_NETWORKS, type BitcoinNetwork } from "../../../tables/bitcoin-networks.ts";
import { isObject, valueAt, wholeOf } from "../../json.ts";
import { isTxid } from "../esplora-tx.ts";
import { nodeHash256 } from "../node-hash256.ts";
import type { Call, JsonRpc } from "./json-rpc.ts";

const HEADER_BYTES = 80;
const layout = new BlockLayout();
/** Asked for in one request: 7 kB of answer. */
export const HASHES_AT_ONCE = 100;

/** What a node says of its chain. */
export interface NodeChain {
  readonly network: BitcoinNetwork;
  readonly tip: ChainTip & { readonly height: number; readonly hash: string };
  readonly firstHeight: number;
  /** Blocks that it knows to be there, and may still have to fetch. */
  readonly headers: number;
}

/** Asks a node for its network, its last block and what it has pruned, in three calls. */
export async function readNodeChain(rpc: JsonRpc): Promise<NodeChain> {
  const about: Call = { method: "getblockchaininfo", params: [] };
  const info = await rpc.result(about);
  const height = wholeOf(valueAt(info, "blocks"));
  const hash = valueAt(info, "bestblockhash");
  if (!isObject(info) || height === null || !isTxid(hash)) {
    throw rpc.nonsense(about, "it tells no last block");
  }
  const first: Call = { method: "getblockhash", params: [0] };
  const genesis = await rpc.result(first);
  const network = BITCOIN_NETWORKS.find((row) => row.genesis === genesis);
  if (network === undefined) throw rpc.nonsense(first, "it is the first block of no network that is known");
  const last: Call = { method: "getblockheader", params: [hash] };
  const seconds = wholeOf(valueAt(await rpc.result(last), "time"));
  return {
    network,
    tip: { height, hash, atMicros: seconds === null ? null : boundedMicros(seconds * MICROS_PER_SECOND) },
    firstHeight: info["pruned"] === true ? (wholeOf(info["pruneheight"]) ?? 0) : 0,
    headers: wholeOf(info["headers"]) ?? height,
  };
}

/** Hashes of the blocks from one height to another, both inclusive. */
export async function readHashes(rpc: JsonRpc, from: number, to: number): Promise<readonly string[]> {
  const calls: Call[] = [];
  for (let height = from; height <= to; height += 1) calls.push({ method: "getblockhash", params: [height] });
  const answers = await rpc.batch(calls);
  return calls.map((call, i) => {
    const answer = answers[i];
    const hash = answer === undefined ? undefined : rpc.resultOf(call, answer);
    if (isTxid(hash)) return hash;
    throw rpc.nonsense(call, "it is no hash of a block");
  });
}

/** The bytes of a block; its hash and its Merkle root show that they are this block's, the former where the
 *  network has that rule. */
export async function readBlock(rpc: JsonRpc, hash: string, network: BitcoinNetwork): Promise<Uint8Array> {
  // bcoin takes a boolean here, Bitcoin Core that or 0.
  const call: Call = { method: "getblock", params: [hash, false] };
  const hex = await rpc.result(call);
  const bytes = typeof hex === "string" ? Buffer.from(hex, "hex") : null;
  if (bytes === null || bytes.length < HEADER_BYTES || bytes.length * 2 !== String(hex).length) {
    throw rpc.nonsense(call, "it is no block in hex");
  }
  const header = bytes.subarray(0, HEADER_BYTES);
  if (network.work !== "x11" && hashToHex(nodeHash256(header), 0) !== hash) {
    throw rpc.nonsense(call, "it is another block");
  }
  // What cannot be laid out is told by whoever reads it.
  const isLaidOut = layout.read(bytes, 0, bytes.length) === null;
  if (isLaidOut && !fitsMerkleRoot(bytes, 0, { layout, hash256: nodeHash256 })) {
    throw rpc.nonsense(call, "its transactions do not give its Merkle root");
  }
  return bytes;
}
