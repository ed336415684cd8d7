import type { ChainInput, ChainOutput, ChainTx, ScriptKind } from "../../../src/model/chain.ts";

/** An output that is spent, or one that is made: value in satoshi, then address and script. A missing address
 *  is a new one; null is what the source does not know. */
export interface MadeSpot {
  readonly sats: bigint | number | null;
  readonly address?: string | null;
  readonly script?: ScriptKind | null;
  readonly sequence?: number;
  /** For an input: the transaction and output that it spends. */
  readonly of?: readonly [txid: string, vout: number];
}

export interface MadeTx extends Partial<Omit<ChainTx, "inputs" | "outputs">> {
  readonly in?: readonly MadeSpot[];
  readonly out: readonly (MadeSpot & { readonly sats: bigint | number })[];
}

const PLACE = { evidence: "e1", atByte: 0, byteLength: 1, packet: null, line: null };
/** 2021-06-01: after every way of mixing but Wasabi 2 had begun. */
const AT_MICROS = 1_622_505_600_000_000;

/** A made-up transaction as a source tells it, P2WPKH throughout unless said otherwise; its id is the hex of
 *  its `name`. */
export function madeTx(name: string, { in: inputs = [], out, ...rest }: MadeTx): ChainTx {
  const txid = txidOf(name);
  return {
    txid,
    height: 685_000,
    index: 1,
    atMicros: AT_MICROS,
    isCoinbase: false,
    isWhole: true,
    version: 2,
    locktime: 0,
    place: PLACE,
    ...rest,
    inputs: inputs.map((spot, index) => input(spot, `${name}-in-${index}`)),
    outputs: out.map((spot, vout) => output(spot, { name: `${name}-out-${vout}`, vout })),
  };
}

/** A txid as long as real ones that can be told by eye. */
export function txidOf(name: string): string {
  return Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64);
}

/** The same spot so many times; those without an address get one each. */
export function times<T extends MadeSpot>(count: number, spot: T): T[] {
  return Array.from({ length: count }, () => spot);
}

function input({ sats, address, script, sequence, of }: MadeSpot, name: string): ChainInput {
  return {
    txid: of?.[0] ?? txidOf(name),
    vout: of?.[1] ?? 0,
    valueSats: sats === null ? null : BigInt(sats),
    address: address === undefined ? name : address,
    script: script === undefined ? "p2wpkh" : script,
    sequence: sequence ?? 0xff_ff_ff_fe,
  };
}

function output(
  { sats, address, script }: MadeSpot,
  { name, vout }: { readonly name: string; readonly vout: number },
): ChainOutput {
  return {
    vout,
    valueSats: BigInt(sats ?? 0),
    address: script === "op-return" ? null : address === undefined ? name : address,
    script: script === undefined ? "p2wpkh" : script,
  };
}
