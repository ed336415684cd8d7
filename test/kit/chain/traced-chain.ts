import { scriptAddress, scriptKind } from "../../../src/bytes/bitcoin-script.ts";
import { type ChainLookup, type ChainTx, outpointId } from "../../../src/model/chain.ts";
import { networkById } from "../../../src/tables/bitcoin-networks.ts";
import type { MadeBlock, MadeChain } from "./made-chain.ts";

/** The transactions of a made-up chain as a source tells them, in the order of the chain. */
export function txsOf({ blocks, network }: MadeChain): ChainTx[] {
  return blocks.flatMap((block) => block.txs.map((_, index) => told(block, index, network)));
}

function told(block: MadeBlock, index: number, network: string): ChainTx {
  const { txid, inputs, outputs, version = 2, locktime = 0, bytes } = block.txs[index]!;
  const spent = index === 0 ? [] : (block.spent[index - 1] ?? []);
  return {
    txid,
    height: block.height,
    index,
    atMicros: block.atSeconds * 1e6,
    isCoinbase: index === 0,
    isWhole: true,
    version,
    locktime,
    inputs: spent.map(({ valueSats, script }, i) => {
      const { txid: from, vout, sequence = 0xffffffff } = inputs[i]!;
      return { txid: from, vout, valueSats, ...formsOf(script, network), sequence };
    }),
    outputs: outputs.map(({ valueSats, script }, vout) => ({ vout, valueSats, ...formsOf(script, network) })),
    place: {
      evidence: "e1",
      atByte: block.height * 1e6 + index,
      byteLength: bytes.length,
      packet: null,
      line: null,
    },
  };
}

function formsOf(script: Uint8Array, network: string) {
  const forms = networkById(network);
  return { address: forms && scriptAddress(script, forms), script: scriptKind(script) };
}

/** The chain as an explorer shows it; `hasIndex` false: without positions in blocks; `hasHeight` false:
 *  without blocks at all. */
export function asLookup(
  chain: MadeChain,
  { hasIndex = true, hasHeight = true }: { readonly hasIndex?: boolean; readonly hasHeight?: boolean } = {},
): ChainLookup {
  const txs = txsOf(chain).map((tx) => ({
    ...tx,
    height: hasHeight ? tx.height : null,
    index: hasIndex && hasHeight ? tx.index : null,
  }));
  const byId = new Map(txs.map((tx) => [tx.txid, tx]));
  const spenders = new Map(txs.flatMap((tx) => tx.inputs.map((input) => [outpointId(input), tx] as const)));
  return {
    kind: "lookup",
    network: chain.network,
    tip: tipOf(chain),
    tags: [],
    tx: async (txid) => byId.get(txid) ?? null,
    spender: async (of) => spenders.get(outpointId(of)) ?? "unspent",
    async *touching(address) {
      const isOwn = (output: { readonly address: string | null }): boolean => output.address === address;
      for (const tx of txs) if (tx.inputs.some(isOwn) || tx.outputs.some(isOwn)) yield tx;
    },
    close: async () => {},
  };
}

/** Its last block. */
export function tipOf({ blocks }: MadeChain) {
  const last = blocks.at(-1);
  if (last === undefined) return { height: null, hash: null, atMicros: null };
  return { height: last.height, hash: last.hash, atMicros: last.atSeconds * 1e6 };
}
