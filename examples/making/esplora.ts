import { createHash } from "node:crypto";
import { type AddressKind, addressOf, scriptFor } from "../../test/kit/bitcoin-addresses.ts";

type OutputKind = AddressKind | "op_return";

export interface Output {
  /** Each owner has one address of each kind. */
  readonly owner: string;
  readonly sats: bigint;
  readonly kind?: OutputKind;
}

export interface Told {
  readonly name: string;
  /** Height and time of its block, and its position there where others of the story are in the same. */
  readonly height: number;
  readonly index?: number;
  readonly at: string;
  /** Outputs of earlier transactions ("theft:1"), and coins that are older than the story. */
  readonly from: readonly (string | Output)[];
  readonly to: readonly Output[];
}

const TYPES = {
  p2pkh: "p2pkh",
  p2sh: "p2sh",
  p2wpkh: "v0_p2wpkh",
  p2wsh: "v0_p2wsh",
  p2tr: "v1_p2tr",
  op_return: "op_return",
} as const;

function digest(text: string): Buffer {
  return createHash("sha256").update(`paydirt example followed-theft: ${text}`).digest();
}

/** Nobody's: the digest of a sentence, where a real one is that of a transaction. */
export function txidOf(name: string): string {
  return digest(`transaction ${name}`).toString("hex");
}

/** Nobody's: no key is known to have this hash, only the checksum is real. */
export function addressFor(owner: string, kind: AddressKind = "p2wpkh"): string {
  return addressOf(kind, hashFor(owner, kind), "bitcoin");
}

function hashFor(owner: string, kind: OutputKind): Uint8Array {
  return digest(owner).subarray(0, kind === "p2wsh" || kind === "p2tr" ? 32 : 20);
}

/** Transactions as Esplora's HTTP API gives them, and their positions in their blocks, in the order of the
 *  chain.
 *
 *  Errors: RangeError where one spends what is not there or was spent, or more than it has.
 */
export function esploraTxs(story: readonly Told[]): object[] {
  const unspent = new Map<string, Output>();
  const spentBy = (name: string, from: string | Output, index: number) => {
    if (typeof from !== "string") return { txid: txidOf(`before ${name}, ${index}`), vout: 0, output: from };
    const output = unspent.get(from);
    if (output === undefined) throw new RangeError(`${name} spends ${from}, which is not there`);
    unspent.delete(from);
    const [source = "", vout] = from.split(":");
    return { txid: txidOf(source), vout: Number(vout), output };
  };
  return story.map((told) => {
    const spent = told.from.map((from, index) => spentBy(told.name, from, index));
    const fee = total(spent.map(({ output }) => output)) - total(told.to);
    if (fee < 0n) throw new RangeError(`${told.name} spends ${-fee} satoshi more than it has`);
    for (const [vout, output] of told.to.entries()) unspent.set(`${told.name}:${vout}`, output);
    return {
      txid: txidOf(told.name),
      version: 2,
      locktime: 0,
      vin: spent.map(({ txid, vout, output }) => ({
        txid,
        vout,
        prevout: esploraOutput(output),
        is_coinbase: false,
        sequence: 0xff_ff_ff_fd,
      })),
      vout: told.to.map(esploraOutput),
      fee: Number(fee),
      index: told.index ?? 1,
      status: {
        confirmed: true,
        block_height: told.height,
        block_hash: digest(`block ${told.height}`).toString("hex"),
        block_time: Date.parse(told.at) / 1000,
      },
    };
  });
}

function total(outputs: readonly Output[]): bigint {
  return outputs.reduce((sum, { sats }) => sum + sats, 0n);
}

function esploraOutput({ owner, sats, kind = "p2wpkh" }: Output): object {
  const hash = hashFor(owner, kind);
  const script = kind === "op_return" ? Uint8Array.of(0x6a, hash.length, ...hash) : scriptFor(kind, hash);
  return {
    scriptpubkey: Buffer.from(script).toString("hex"),
    scriptpubkey_type: TYPES[kind],
    ...(kind === "op_return" ? {} : { scriptpubkey_address: addressFor(owner, kind) }),
    value: Number(sats),
  };
}
