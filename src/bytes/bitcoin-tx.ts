import { BlockLayout } from "./bitcoin-layout.ts";
import { hashToHex } from "./hex.ts";
import { uint32le, uint64le } from "./little-endian.ts";

/** An input: the output that it spends, and how. */
export interface DecodedInput {
  readonly txid: string;
  readonly vout: number;
  readonly script: Uint8Array;
  readonly sequence: number;
}

export interface DecodedOutput {
  readonly valueSats: bigint;
  readonly script: Uint8Array;
}

/** A transaction as it stands in a block. A coinbase has no inputs here, for what it names is no output; the
 *  bytes that its miner wrote are `coinbase`. Scripts are views of the bytes that were decoded. */
export interface DecodedTx {
  readonly version: number;
  readonly locktime: number;
  readonly coinbase: Uint8Array | null;
  readonly inputs: readonly DecodedInput[];
  readonly outputs: readonly DecodedOutput[];
}

/** Decodes the transaction at this position of a block that was laid out.
 *
 *  Errors: throws RangeError when the block has no such transaction.
 *  Source: BIP 144; Bitcoin Core src/primitives/transaction.h (COutPoint::IsNull for the coinbase).
 */
export function decodeTx(bytes: Uint8Array, layout: BlockLayout, index: number): DecodedTx {
  if (index >= layout.txCount) throw new RangeError(`transaction ${index} of ${layout.txCount}`);
  const inputs: DecodedInput[] = [];
  for (let i = layout.inputFirst[index]!; i < layout.inputFirst[index + 1]!; i++) {
    inputs.push(inputAt(bytes, layout.inputAt[i]!));
  }
  const outputs: DecodedOutput[] = [];
  for (let i = layout.outputFirst[index]!; i < layout.outputFirst[index + 1]!; i++) {
    outputs.push(outputAt(bytes, layout.outputAt[i]!));
  }
  const isCoinbase = inputs.length === 1 && isNull(bytes, layout.inputAt[layout.inputFirst[index]!]!);
  return {
    version: uint32le(bytes, layout.txAt[index]!) | 0,
    locktime: uint32le(bytes, layout.txEnd[index]! - 4),
    coinbase: isCoinbase ? inputs[0]!.script : null,
    inputs: isCoinbase ? [] : inputs,
    outputs,
  };
}

/** The bytes whose hash256 is the transaction's id: all but marker, flag and witness.
 *
 *  Shape: a view of `bytes` where there is no witness, else a copy.
 *  Source: BIP 141, "Transaction ID".
 */
export function strippedTx(bytes: Uint8Array, layout: BlockLayout, index: number): Uint8Array {
  const at = layout.txAt[index]!;
  const end = layout.txEnd[index]!;
  if (layout.hasWitness[index] === 0) return bytes.subarray(at, end);
  const body = bytes.subarray(at + 6, layout.outputsEnd[index]!);
  const out = new Uint8Array(body.length + 8);
  out.set(bytes.subarray(at, at + 4));
  out.set(body, 4);
  out.set(bytes.subarray(end - 4, end), body.length + 4);
  return out;
}

/** Reads a transaction that stands alone, as wallets and explorers give it.
 *
 *  Shape: `stripped` as of `strippedTx`. Errors: none; text that says what is wrong with the bytes.
 */
export function readLoneTx(bytes: Uint8Array): { tx: DecodedTx; stripped: Uint8Array } | string {
  const layout = new BlockLayout();
  const fault = layout.readLone(bytes, 0, bytes.length);
  return fault ?? { tx: decodeTx(bytes, layout, 0), stripped: strippedTx(bytes, layout, 0) };
}

function inputAt(bytes: Uint8Array, at: number): DecodedInput {
  const script = scriptAt(bytes, at + 36);
  return {
    txid: hashToHex(bytes, at),
    vout: uint32le(bytes, at + 32),
    script,
    sequence: uint32le(bytes, script.byteOffset - bytes.byteOffset + script.length),
  };
}

function outputAt(bytes: Uint8Array, at: number): DecodedOutput {
  return { valueSats: uint64le(bytes, at), script: scriptAt(bytes, at + 8) };
}

/** A script whose length the layout has checked: below 4 GiB. */
function scriptAt(bytes: Uint8Array, at: number): Uint8Array {
  const first = bytes[at]!;
  if (first < 0xfd) return bytes.subarray(at + 1, at + 1 + first);
  const length = first === 0xfd ? uint32le(bytes, at + 1) & 0xffff : uint32le(bytes, at + 1);
  const from = at + 1 + (1 << (first - 0xfc));
  return bytes.subarray(from, from + length);
}

/** Whether the input at `at` names no output: hash of zeros, number ffffffff. */
function isNull(bytes: Uint8Array, at: number): boolean {
  if (uint32le(bytes, at + 32) !== 0xffffffff) return false;
  for (let i = at; i < at + 32; i++) if (bytes[i] !== 0) return false;
  return true;
}
