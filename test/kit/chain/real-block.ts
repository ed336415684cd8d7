import { readFileSync } from "node:fs";
import { BlockLayout } from "../../../src/bytes/bitcoin-layout.ts";
import { scriptAddress, scriptKind } from "../../../src/bytes/bitcoin-script.ts";
import { type DecodedInput, decodeTx, strippedTx } from "../../../src/bytes/bitcoin-tx.ts";
import { hash256 } from "../../../src/bytes/hash256.ts";
import { hashToHex } from "../../../src/bytes/hex.ts";
import { uint32le, uint64le } from "../../../src/bytes/little-endian.ts";
import type { ChainInput, ChainTx, SpentOutput } from "../../../src/model/chain.ts";
import { dataPath } from "../data.ts";

const MAINNET = { p2pkh: 0, p2sh: 5, hrp: "bc" };
const PLACE = { evidence: "e1", atByte: 0, byteLength: 1, packet: null, line: null };
const TIME_AT = 68;

/** Transactions of a real block of Bitcoin that is a file of its own; null where it is missing. What its
 *  inputs spend is known where bcoin's list of that stands in a second file. */
export function realBlock(name: string, undo: string | null = null): ChainTx[] | null {
  const path = dataPath(`chain/blocks/${name}`);
  const undoPath = undo === null ? null : dataPath(`chain/blocks/${undo}`);
  if (path === null || (undo !== null && undoPath === null)) return null;
  const bytes = new Uint8Array(readFileSync(path));
  const layout = new BlockLayout();
  const fault = layout.read(bytes, 0, bytes.length);
  if (fault !== null) throw new Error(`Cannot read ${path}: ${fault}`);
  const spent = undoPath === null ? [] : spentOutputs(new Uint8Array(readFileSync(undoPath)));
  return Array.from({ length: layout.txCount }, (_, index) => {
    const { version, locktime, coinbase, inputs, outputs } = decodeTx(bytes, layout, index);
    return {
      txid: hashToHex(hash256(strippedTx(bytes, layout, index))),
      height: null,
      index,
      atMicros: uint32le(bytes, TIME_AT) * 1e6,
      isCoinbase: coinbase !== null,
      isWhole: true,
      version,
      locktime,
      inputs: inputs.map((input) => told(input, spent.shift())),
      outputs: outputs.map(({ valueSats, script }, vout) => ({ vout, valueSats, ...known(script) })),
      place: PLACE,
    };
  });
}

function told({ txid, vout, sequence }: DecodedInput, spent: SpentOutput | undefined): ChainInput {
  const { valueSats = null, script } = spent ?? {};
  return { txid, vout, sequence, valueSats, ...(script ? known(script) : { address: null, script: null }) };
}

function known(script: Uint8Array): Pick<ChainInput, "address" | "script"> {
  return { address: scriptAddress(script, MAINNET), script: scriptKind(script) };
}

/** bcoin's list: 8 bytes value, compact size, script; again and again. */
export function spentOutputs(bytes: Uint8Array): SpentOutput[] {
  const outputs: SpentOutput[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 8] ?? 0;
    const from = at + (first === 0xfd ? 11 : 9);
    const length = first === 0xfd ? uint32le(bytes, at + 9) & 0xffff : first;
    outputs.push({ valueSats: uint64le(bytes, at), script: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return outputs;
}
