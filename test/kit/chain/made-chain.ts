import { meetsBits } from "../../../src/bytes/bitcoin-header.ts";
import { hash256 } from "../../../src/bytes/hash256.ts";
import { hashToHex, hexToHash } from "../../../src/bytes/hex.ts";
import { outpointId, type SpentOutput } from "../../../src/model/chain.ts";
import { networkById, subsidySats } from "../../../src/tables/bitcoin-networks.ts";
import { join } from "../octets.ts";
import { compactSize, keyScript, le32, type MadeOutput, type MadeTx, madeTx } from "./transactions.ts";

export interface MadeBlock {
  readonly bytes: Uint8Array;
  /** As explorers print it. */
  readonly hash: string;
  readonly previous: string;
  readonly height: number;
  readonly atSeconds: number;
  /** The coinbase first. */
  readonly txs: readonly MadeTx[];
  /** What each transaction behind the coinbase spends: undo data. */
  readonly spent: readonly (readonly SpentOutput[])[];
}

export interface BlockPlan {
  /** Who the coinbase pays; by default the key of "miner" takes subsidy and fees. */
  readonly coinbase?: readonly MadeOutput[];
  readonly atSeconds?: number;
  readonly bits?: number;
  readonly version?: number;
  /** Another block than the last one to build on. */
  readonly on?: MadeBlock;
}

const NO_HASH = "00".repeat(32);
const FIRST_SECONDS = 1_700_000_000;
const BLOCK_SECONDS = 600;
const EASIEST_BITS = 0x207fffff;

/** A made-up chain from its first block on: links, Merkle roots, BIP 34 heights, fees and the little
 *  work of regtest are right; the first block is not that of the network.
 *
 *      const chain = new MadeChain();
 *      const first = chain.mine([]);
 *      const ransom = madeTx({ inputs: [{ txid: first.txs[0]!.txid, vout: 0 }], outputs: [...] });
 *      chain.mine([ransom]);
 *      writeFileSync(path, blockFile(chain.blocks));   // ./block-file.ts
 *
 *  A transaction may spend what an earlier one of the same block pays. `mine` throws RangeError where an
 *  output is spent that the chain does not have.
 */
export class MadeChain {
  readonly blocks: MadeBlock[] = [];
  readonly network: string;
  readonly #outputs = new Map<string, SpentOutput>();

  constructor(network = "btc-regtest") {
    this.network = network;
  }

  /** Subsidy and fees of the block that `mine` would make of these. */
  reward(txs: readonly MadeTx[], height = this.blocks.length): bigint {
    const network = networkById(this.network);
    if (network === null) throw new RangeError(`no network "${this.network}"`);
    const known = new Map(this.#outputs);
    let sum = subsidySats(network, height) ?? 0n;
    for (const tx of txs) {
      for (const { valueSats } of spentBy(tx, known)) sum += valueSats;
      for (const { valueSats } of tx.outputs) sum -= valueSats;
      keep(tx, known);
    }
    return sum;
  }

  mine(txs: readonly MadeTx[], plan: BlockPlan = {}): MadeBlock {
    const on = plan.on ?? this.blocks.at(-1);
    const height = on === undefined ? 0 : on.height + 1;
    const reward = this.reward(txs, height);
    const paid = plan.coinbase ?? [{ valueSats: reward, script: keyScript("miner") }];
    const first = coinbaseTx(height, this.blocks.length, paid);
    keep(first, this.#outputs);
    const spent = txs.map((tx) => {
      const told = spentBy(tx, this.#outputs);
      keep(tx, this.#outputs);
      return told;
    });
    const previous = on?.hash ?? NO_HASH;
    const atSeconds = plan.atSeconds ?? (on?.atSeconds ?? FIRST_SECONDS) + BLOCK_SECONDS;
    const all = [first, ...txs];
    const header = worked({
      previous,
      root: merkleRoot(all.map(({ txid }) => hexToHash(txid) ?? new Uint8Array(32))),
      atSeconds,
      bits: plan.bits ?? EASIEST_BITS,
      version: plan.version ?? 0x20000000,
    });
    const bytes = join(header, compactSize(all.length), ...all.map((tx) => tx.bytes));
    const block = {
      bytes,
      hash: hashToHex(hash256(header)),
      previous,
      height,
      atSeconds,
      txs: all,
      spent,
    };
    this.blocks.push(block);
    return block;
  }
}

interface HeaderPlan {
  readonly previous: string;
  readonly root: Uint8Array;
  readonly version: number;
  readonly atSeconds: number;
  readonly bits: number;
}

/** A header whose hash its bits allow: of the easiest bits every second one is. */
export function worked({ version, previous, root, atSeconds, bits }: HeaderPlan): Uint8Array {
  const before = hexToHash(previous) ?? new Uint8Array(32);
  for (let nonce = 0; ; nonce++) {
    const header = join(le32(version), before, root, le32(atSeconds), le32(bits), le32(nonce));
    if (meetsBits(hash256(header), bits)) return header;
  }
}

/** `extra` keeps coinbases of one height apart. */
function coinbaseTx(height: number, extra: number, outputs: readonly MadeOutput[]): MadeTx {
  const script = join(scriptNumber(height), Uint8Array.of(4), le32(extra));
  return madeTx({ inputs: [{ txid: NO_HASH, vout: 0xffffffff, script }], outputs });
}

/** A height as BIP 34 wants it pushed: OP_0 to OP_16, or the fewest bytes that keep the sign bit clear. */
function scriptNumber(value: number): Uint8Array {
  if (value === 0) return Uint8Array.of(0);
  if (value <= 16) return Uint8Array.of(0x50 + value);
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest & 0xff);
  if ((bytes.at(-1) ?? 0) >= 0x80) bytes.push(0);
  return Uint8Array.of(bytes.length, ...bytes);
}

function spentBy(tx: MadeTx, known: ReadonlyMap<string, SpentOutput>): SpentOutput[] {
  return tx.inputs.map((input) => {
    const output = known.get(outpointId(input));
    if (output === undefined) throw new RangeError(`${outpointId(input)} is no output of this chain`);
    return output;
  });
}

function keep(tx: MadeTx, known: Map<string, SpentOutput>): void {
  for (const [vout, { valueSats, script }] of tx.outputs.entries()) {
    known.set(outpointId({ txid: tx.txid, vout }), { valueSats, script });
  }
}

/** Source: Bitcoin Core src/consensus/merkle.cpp: an odd one out is paired with itself. */
export function merkleRoot(ids: readonly Uint8Array[]): Uint8Array {
  let row = ids;
  while (row.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const left = row[i] ?? new Uint8Array(32);
      next.push(hash256(join(left, row[i + 1] ?? left)));
    }
    row = next;
  }
  return row[0] ?? new Uint8Array(32);
}
