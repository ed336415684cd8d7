import { scriptAddress, scriptKind } from "../../../bytes/bitcoin-script.ts";
import { decodeTx, strippedTx } from "../../../bytes/bitcoin-tx.ts";
import { hashToHex } from "../../../bytes/hex.ts";
import type { BlockView, ChainInput, ChainOutput, SpentOutput } from "../../../model/chain.ts";
import { bytesAt } from "../../../model/place.ts";
import type { BitcoinNetwork } from "../../../tables/bitcoin-networks.ts";
import type { TraceOptions } from "../options.ts";
import type { Hashed } from "./outputs.ts";
import type { LaidOut } from "./probe.ts";

/** A block that is looked at, and what is needed to tell its transactions. */
export interface OpenBlock extends LaidOut {
  readonly view: BlockView;
  readonly network: BitcoinNetwork;
  readonly hash256: TraceOptions["hash256"];
}

/** The hash of a transaction of a block. */
export function hashOf(block: OpenBlock, index: number): Uint8Array {
  return block.hash256(strippedTx(block.bytes, block.layout, index));
}

/** A transaction of a block as far as the block tells of it; `spent` is what its inputs are, as far as that
 *  is known. */
export function toldTx(block: OpenBlock, index: number, spent: readonly (SpentOutput | null)[]): Hashed {
  const { bytes, layout, view, network } = block;
  const hash = hashOf(block, index);
  const { coinbase, inputs, outputs, version, locktime } = decodeTx(bytes, layout, index);
  const from = layout.txAt[index] ?? 0;
  const tx = {
    txid: hashToHex(hash),
    height: view.height,
    index,
    atMicros: view.atMicros,
    isCoinbase: coinbase !== null,
    isWhole: true,
    version,
    locktime,
    inputs: inputs.map(({ txid, vout, sequence }, i): ChainInput => {
      const told = spent[i] ?? null;
      const known = told === null ? UNKNOWN : { valueSats: told.valueSats, ...formsOf(told.script, network) };
      return { txid, vout, sequence, ...known };
    }),
    outputs: outputs.map(
      ({ valueSats, script }, vout): ChainOutput => ({ vout, valueSats, ...formsOf(script, network) }),
    ),
    place: bytesAt(view.evidence, view.atByte + from - view.at, (layout.txEnd[index] ?? from) - from),
  };
  return { tx, hash };
}

const UNKNOWN = { valueSats: null, address: null, script: null } as const;

function formsOf(script: Uint8Array, network: BitcoinNetwork): Pick<ChainOutput, "address" | "script"> {
  return { address: scriptAddress(script, network), script: scriptKind(script) };
}
