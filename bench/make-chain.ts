import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { HEADER } from "../src/bytes/bitcoin-header.ts";
import { BlockLayout, HEADER_BYTES } from "../src/bytes/bitcoin-layout.ts";
import { hash256 } from "../src/bytes/hash256.ts";
import { hashToHex } from "../src/bytes/hex.ts";
import { blockFile, xored } from "../test/kit/chain/block-file.ts";
import { worked } from "../test/kit/chain/made-chain.ts";
import { compactSize, keyScript, type MadeTx, madeTx } from "../test/kit/chain/transactions.ts";
import { join as joined } from "../test/kit/octets.ts";

/** A chain that was written to a folder of block files. */
export interface MadeFiles {
  readonly folder: string;
  readonly bytes: number;
  readonly blocks: number;
  readonly transactions: number;
  /** The first transaction of a path through the whole chain, and how many spend its coins one after another.
   *  */
  readonly seed: string;
  readonly hops: number;
}

export interface ChainPlan {
  readonly bytes: number;
  readonly hops: number;
  readonly xor: Uint8Array | null;
}

/** Bitcoin Core ends a file before it has more. */
const FILE_BYTES = 128 << 20;
const LEAST_BYTES = 100_000;
const EASIEST_BITS = 0x207fffff;
const GENESIS_FILE = "jeffchan-blk00000.dat";

/** Writes a chain of real blocks, one after the other again and again, on top of Bitcoin's first block.
 *  Headers are made to fit each other; each block has some transactions more at its end, which hand the same
 *  coins on. Merkle roots are those of the real blocks, and fit no more.
 */
export function makeChain(from: string, folder: string, plan: ChainPlan): MadeFiles {
  const real = realBlocks(from);
  const perBlock = Math.ceil((plan.hops * average(real)) / plan.bytes);
  mkdirSync(folder, { recursive: true });
  const writer = new Writer(folder, plan.xor);
  const genesis = genesisBlock(from);
  writer.block(genesis);
  let previous = hashOf(genesis);
  const seed = handedOn("11".repeat(32), 2);
  let last = seed;
  let transactions = 1;
  let blocks = 1;
  for (; writer.bytes < plan.bytes; blocks++) {
    const { bytes, count, body } = real[blocks % real.length] ?? fail("There is no real block");
    const made: MadeTx[] = blocks === 1 ? [seed] : [];
    while (made.length < perBlock) {
      last = handedOn(last.txid);
      made.push(last);
    }
    const root = bytes.subarray(HEADER.merkleRoot, HEADER.time);
    const atSeconds = 1_300_000_000 + 600 * blocks;
    const header = worked({ version: 1, previous, root, atSeconds, bits: EASIEST_BITS });
    const all = compactSize(count + made.length);
    const block = joined(header, all, bytes.subarray(body), ...made.map((tx) => tx.bytes));
    writer.block(block);
    previous = hashOf(block);
    transactions += count + made.length;
  }
  writer.close();
  const hops = (blocks - 1) * perBlock - 1;
  return { folder, bytes: writer.bytes, blocks, transactions, seed: seed.txid, hops };
}

interface RealBlock {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Where its first transaction begins. */
  readonly body: number;
}

function realBlocks(folder: string): RealBlock[] {
  const layout = new BlockLayout();
  return readdirSync(folder).flatMap((name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    if (bytes.length < LEAST_BYTES || layout.read(bytes, 0, bytes.length) !== null) return [];
    return [{ bytes, count: layout.txCount, body: layout.txAt[0] ?? 0 }];
  });
}

function average(blocks: readonly RealBlock[]): number {
  return blocks.reduce((sum, { bytes }) => sum + bytes.length, 0) / blocks.length;
}

function genesisBlock(folder: string): Uint8Array {
  const file = readFileSync(join(folder, GENESIS_FILE));
  return new Uint8Array(file.subarray(8, 8 + file.readUInt32LE(4)));
}

function handedOn(txid: string, outputs = 1): MadeTx {
  const output = { valueSats: 100_000_000n, script: keyScript("bench") };
  return madeTx({ inputs: [{ txid, vout: 0 }], outputs: new Array(outputs).fill(output) });
}

function hashOf(block: Uint8Array): string {
  return hashToHex(hash256(block.subarray(0, HEADER_BYTES)));
}

function fail(says: string): never {
  throw new Error(says);
}

class Writer {
  bytes = 0;
  readonly #folder: string;
  readonly #xor: Uint8Array | null;
  #fd: number | null = null;
  #files = 0;
  #inFile = 0;

  constructor(folder: string, xor: Uint8Array | null) {
    this.#folder = folder;
    this.#xor = xor;
    if (xor !== null) writeAll(join(folder, "xor.dat"), xor);
  }

  block(bytes: Uint8Array): void {
    const record = blockFile([{ bytes }], { network: "btc" });
    if (this.#fd === null || this.#inFile + record.length > FILE_BYTES) this.#next();
    const key = this.#xor;
    const written = key === null ? record : xored(record, turned(key, this.#inFile));
    writeSync(this.#fd ?? 0, written);
    this.#inFile += record.length;
    this.bytes += record.length;
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
  }

  #next(): void {
    this.close();
    const name = `blk${String(this.#files++).padStart(5, "0")}.dat`;
    this.#fd = openSync(join(this.#folder, name), "w");
    this.#inFile = 0;
  }
}

/** The key as it meets a record at this offset. */
function turned(key: Uint8Array, offset: number): Uint8Array {
  return key.map((_, i) => key[(offset + i) % key.length] ?? 0);
}

function writeAll(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, "w");
  writeSync(fd, bytes);
  closeSync(fd);
}
