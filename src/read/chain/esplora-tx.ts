// One transaction as Esplora's HTTP API gives it; files of saved answers hold the same objects.
//
// FIELD                        MEANING
// txid                         64 hex digits
// version, locktime            whole numbers of 32 bits
// vin[].is_coinbase            true in the only input of a coinbase
// vin[].txid, vin[].vout       the output that is spent
// vin[].sequence               a whole number of 32 bits
// vin[].prevout                that output, as in vout[]; null or missing where the server does not know it
// vout[].value                 satoshi
// vout[].scriptpubkey          its script in hex
// vout[].scriptpubkey_type     the kind of its script, for objects that were saved without it
// vout[].scriptpubkey_address  missing where the script has none, and for bare public keys
// status.confirmed             false while it is in no block; without a status its block is not known
// status.block_height
// status.block_time            seconds since 1970
//
// Source: Blockstream/esplora API.md, "Transaction format"; Blockstream/electrs src/rest.rs.

import { type AddressForms, scriptAddress, scriptKind } from "../../bytes/bitcoin-script.ts";
import { hexToBytes } from "../../bytes/hex.ts";
import { MICROS_PER_SECOND } from "../../bytes/time.ts";
import type { ChainInput, ChainOutput, ChainTx, ScriptKind } from "../../model/chain.ts";
import type { Place } from "../../model/place.ts";
import { isObject, type JsonObject, valueAt } from "../json.ts";

type Forms = AddressForms | null;

const TXID = /^[0-9a-f]{64}$/;
/** Letters and digits alone, as base58 and bech32 have them; the longest address of BIP 173 has 90. */
const ADDRESS = /^[0-9A-Za-z]{1,90}$/;
const MAX_UINT32 = 0xff_ff_ff_ff;
const MIN_INT32 = -0x80_00_00_00;

/** Source: electrs src/rest.rs, `TxOutValue::new`; mempool/mempool adds "multisig" and "anchor". The last two
 *  are names of slices that Paydirt itself writes: electrs says "unknown". */
const KINDS: ReadonlyMap<unknown, ScriptKind> = new Map<unknown, ScriptKind>([
  ["p2pk", "p2pk"],
  ["p2pkh", "p2pkh"],
  ["p2sh", "p2sh"],
  ["multisig", "multisig"],
  ["op_return", "op-return"],
  ["v0_p2wpkh", "p2wpkh"],
  ["v0_p2wsh", "p2wsh"],
  ["v1_p2tr", "p2tr"],
  ["anchor", "witness-unknown"],
  ["empty", "nonstandard"],
  ["provably_unspendable", "nonstandard"],
  ["witness_unknown", "witness-unknown"],
  ["nonstandard", "nonstandard"],
]);

/** Reads one transaction object.
 *
 *  Shape: what is wrong with it where it is no transaction, as a clause ("vout 2 has no value"). One that is
 *  in no block, or does not say, has no height. Its position in the block is not told. `forms` are how the
 *  network writes addresses, for bare public keys; null: those have none.
 *  Errors: none.
 *  Limits: its id is not computed: the object may be without the bytes that it would take.
 */
export function parseEsploraTx(
  value: unknown,
  place: Place,
  forms: AddressForms | null = null,
): ChainTx | string {
  if (!isObject(value)) return "it is no object";
  const txid = value["txid"];
  if (!isTxid(txid)) return "it has no txid of 64 hex digits";
  const inputs = parseInputs(value["vin"], forms);
  if (typeof inputs === "string") return inputs;
  const outputs = parseOutputs(value["vout"], forms);
  if (typeof outputs === "string") return outputs;
  if (isOverspent(inputs, outputs)) return "its outputs are worth more than its inputs";
  const block = parseStatus(value["status"]);
  if (typeof block === "string") return block;
  return {
    txid,
    ...block,
    index: null,
    isCoinbase: inputs.length === 0,
    isWhole: true,
    version: int32(value["version"]),
    locktime: uint32(value["locktime"]),
    inputs,
    outputs,
    place,
  };
}

/** Whether a value is a transaction's id as explorers print it. */
export function isTxid(value: unknown): value is string {
  return typeof value === "string" && TXID.test(value);
}

/** The height and time of a block, both null for what is in none; else what is wrong with the status. */
function parseStatus(status: unknown): Pick<ChainTx, "height" | "atMicros"> | string {
  const confirmed = valueAt(status, "confirmed");
  if (status === undefined || confirmed === false) return { height: null, atMicros: null };
  const height = uint32(valueAt(status, "block_height"));
  if (confirmed !== true || height === null) return "its status tells neither a height nor that it has none";
  const seconds = uint32(valueAt(status, "block_time"));
  return { height, atMicros: seconds === null ? null : seconds * MICROS_PER_SECOND };
}

function parseInputs(value: unknown, forms: Forms): readonly ChainInput[] | string {
  if (!Array.isArray(value) || value.length === 0) return "it has no list of inputs";
  const seen = new Set<string>();
  const inputs: ChainInput[] = [];
  for (const [index, entry] of value.entries()) {
    if (valueAt(entry, "is_coinbase") === true) {
      return value.length === 1 ? [] : `vin ${index} is a coinbase among other inputs`;
    }
    const input = isObject(entry) ? parseInput(entry, forms) : "is no object";
    if (typeof input === "string") return `vin ${index} ${input}`;
    const spends = `${input.txid}:${input.vout}`;
    if (seen.has(spends)) return `vin ${index} spends what another input spends`;
    seen.add(spends);
    inputs.push(input);
  }
  return inputs;
}

function parseInput(entry: JsonObject, forms: Forms): ChainInput | string {
  const { txid, vout: spends, prevout } = entry;
  const vout = uint32(spends);
  if (!isTxid(txid) || vout === null) return "names no output that it spends";
  const sequence = uint32(entry["sequence"]);
  if (prevout === undefined || prevout === null) {
    return { txid, vout, valueSats: null, address: null, script: null, sequence };
  }
  const spent = parseOutput(prevout, forms);
  return typeof spent === "string" ? `spends an output that ${spent}` : { txid, vout, ...spent, sequence };
}

function parseOutputs(value: unknown, forms: Forms): readonly ChainOutput[] | string {
  if (!Array.isArray(value) || value.length === 0) return "it has no list of outputs";
  const outputs: ChainOutput[] = [];
  for (const [vout, entry] of value.entries()) {
    const output = parseOutput(entry, forms);
    if (typeof output === "string") return `vout ${vout} ${output}`;
    outputs.push({ vout, ...output });
  }
  return outputs;
}

function parseOutput(entry: unknown, forms: Forms): Omit<ChainOutput, "vout"> | string {
  const value = valueAt(entry, "value");
  if (!Number.isSafeInteger(value) || typeof value !== "number" || value < 0)
    return "has no value in satoshi";
  const address = valueAt(entry, "scriptpubkey_address") ?? null;
  if (address !== null && !isAddress(address)) return "has an address that is none";
  const bytes = scriptIn(valueAt(entry, "scriptpubkey"));
  const named = KINDS.get(valueAt(entry, "scriptpubkey_type")) ?? null;
  const ofKey = bytes === null || forms === null ? null : scriptAddress(bytes, forms);
  return {
    valueSats: BigInt(value),
    address: address ?? ofKey,
    script: bytes === null ? named : scriptKind(bytes),
  };
}

/** A script; null where it is not told: one that is empty is told as such by its kind. */
function scriptIn(value: unknown): Uint8Array | null {
  return typeof value === "string" && value !== "" ? hexToBytes(value) : null;
}

function isAddress(value: unknown): value is string {
  return typeof value === "string" && ADDRESS.test(value);
}

/** Whether more is paid than is spent, as far as that is known. */
function isOverspent(inputs: readonly ChainInput[], outputs: readonly ChainOutput[]): boolean {
  let left = 0n;
  for (const { valueSats } of inputs) {
    if (valueSats === null) return false;
    left += valueSats;
  }
  for (const { valueSats } of outputs) left -= valueSats;
  return inputs.length > 0 && left < 0n;
}

/** A whole number of 32 bits; null for what is none. */
export function uint32(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_UINT32
    ? value
    : null;
}

/** A version with its sign, as nodes read it; servers print it with or without. */
function int32(value: unknown): number | null {
  const isSigned = typeof value === "number" && Number.isInteger(value) && value < 0 && value >= MIN_INT32;
  const unsigned = isSigned ? value : uint32(value);
  return unsigned === null ? null : unsigned | 0;
}
