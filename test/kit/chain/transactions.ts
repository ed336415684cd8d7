import { scriptAddress } from "../../../src/bytes/bitcoin-script.ts";
import { hash256 } from "../../../src/bytes/hash256.ts";
import { hashToHex, hexToHash } from "../../../src/bytes/hex.ts";
import type { ChainOutput, Outpoint } from "../../../src/model/chain.ts";
import { networkById } from "../../../src/tables/bitcoin-networks.ts";
import { join } from "../octets.ts";

/** Made-up transactions. Signatures are left out: nothing that is tested verifies any.
 *
 *      const paid = [{ valueSats: 5n, script: keyScript("eve") }];
 *      const tx = madeTx({ inputs: [{ txid, vout: 0 }], outputs: paid });
 */
export interface MadeInput extends Outpoint {
  readonly sequence?: number;
  readonly script?: Uint8Array;
  /** Items; one input that has some makes a transaction with a witness. */
  readonly witness?: readonly Uint8Array[];
}

export interface MadeOutput extends Pick<ChainOutput, "valueSats"> {
  readonly script: Uint8Array;
}

export interface TxPlan {
  readonly inputs: readonly MadeInput[];
  readonly outputs: readonly MadeOutput[];
  readonly version?: number;
  readonly locktime?: number;
}

export interface MadeTx extends TxPlan {
  /** With its witness, as a block holds it. */
  readonly bytes: Uint8Array;
  readonly txid: string;
}

export function madeTx(plan: TxPlan): MadeTx {
  const { inputs, outputs, version = 2, locktime = 0 } = plan;
  const body = join(
    compactSize(inputs.length),
    ...inputs.flatMap(({ txid, vout, script = new Uint8Array(), sequence = 0xffffffff }) => [
      hexToHash(txid) ?? fail(txid),
      le32(vout),
      compactSize(script.length),
      script,
      le32(sequence),
    ]),
    compactSize(outputs.length),
    ...outputs.flatMap(({ valueSats, script }) => [le64(valueSats), compactSize(script.length), script]),
  );
  const stripped = join(le32(version), body, le32(locktime));
  const txid = hashToHex(hash256(stripped));
  if (inputs.every(({ witness }) => witness === undefined)) return { ...plan, bytes: stripped, txid };
  const witness = inputs.flatMap(({ witness = [] }) => [
    compactSize(witness.length),
    ...witness.flatMap((item) => [compactSize(item.length), item]),
  ]);
  const bytes = join(le32(version), Uint8Array.of(0, 1), body, ...witness, le32(locktime));
  return { ...plan, bytes, txid };
}

/** The locking script of a key that stands for this name: p2wpkh; the same name gives the same script. */
export function keyScript(name: string): Uint8Array {
  return Uint8Array.of(0, 20, ...nameHash(name));
}

/** Likewise p2pkh. */
export function oldKeyScript(name: string): Uint8Array {
  return Uint8Array.of(0x76, 0xa9, 20, ...nameHash(name), 0x88, 0xac);
}

/** The address of `keyScript(name)`. */
export function keyAddress(name: string, network = "btc-regtest"): string {
  const forms = networkById(network) ?? fail(network);
  return scriptAddress(keyScript(name), forms) ?? fail(name);
}

function nameHash(name: string): Uint8Array {
  return hash256(new TextEncoder().encode(name)).subarray(0, 20);
}

export function le32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value >>> 0, true);
  return out;
}

function le64(value: bigint): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value, true);
  return out;
}

export function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value);
  return value < 0x10000
    ? Uint8Array.of(0xfd, value & 0xff, value >> 8)
    : Uint8Array.of(0xfe, ...le32(value));
}

function fail(what: string): never {
  throw new RangeError(`"${what}" is not known`);
}
