import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { checkoutRoot } from "../kit/data.ts";

/** What the tests use of bcoin 1.0.2, which has no types of its own. Values are satoshi as numbers. */
export interface Bcoin {
  readonly FullNode: new (options: object) => Node;
  readonly MTX: new () => Draft;
  readonly Script: { fromRaw(raw: Buffer): Script };
  readonly KeyRing: { fromPrivate(key: Buffer): Ring };
}

interface Node {
  open(): Promise<void>;
  close(): Promise<void>;
  readonly chain: {
    readonly tip: object;
    readonly height: number;
    add(block: Block): Promise<object | null>;
    getRawBlock(height: number): Promise<Buffer>;
  };
  readonly miner: { createBlock(tip: object, miner: object): Promise<Template> };
  readonly http: { readonly http: { address(): { readonly port: number } } };
}

/** A block that is to be mined. */
export interface Template {
  time: number;
  fees: number;
  readonly target: Buffer;
  /** The coinbase up to the eight bytes that miners count up. */
  readonly left: Buffer;
  addTX(tx: Tx, spends: object): boolean;
  refresh(): void;
  getProof(nonce1: number, nonce2: number, seconds: number, nonce: number): Proof;
  commit(proof: Proof): Block;
}

interface Proof {
  verify(target: Buffer): boolean;
}

export interface Block {
  readonly txs: readonly Tx[];
}

export interface Tx {
  txid(): string;
  readonly outputs: readonly { readonly value: number; readonly script: Script }[];
}

/** A transaction that is being written. */
interface Draft {
  addTX(tx: Tx, vout: number): void;
  addOutput(script: Script, value: number): void;
  sign(rings: readonly Ring[]): number;
  commit(): [tx: Tx, spends: object];
}

export interface Script {
  toRaw(): Buffer;
}

/** A key. */
export interface Ring {
  witness: boolean;
  getAddress(): object;
  getKeyHash(): Buffer;
}

const FOLDER = join(checkoutRoot(), "test", "regtest");

/** For `test(…, { skip })`: false where the node is installed, else what to do about it. */
export const NOT_INSTALLED: string | false = existsSync(join(FOLDER, "node_modules", "bcoin"))
  ? false
  : "needs a Bitcoin node: npm ci --prefix test/regtest";

/** The node's library.
 *
 *  Nothing of it is compiled: its packages fall back to JavaScript by themselves, but for mrmr (MurmurHash3),
 *  whose JavaScript is meant for browsers and is put in the add-on's place here.
 */
export function bcoin(): Bcoin {
  const load = createRequire(join(FOLDER, "package.json"));
  const hash = load.resolve("mrmr/lib/murmur3-browser.js");
  load(hash);
  load.cache[load.resolve("mrmr")] = load.cache[hash];
  return {
    FullNode: load("bcoin/lib/node/fullnode.js"),
    MTX: load("bcoin/lib/primitives/mtx.js"),
    Script: load("bcoin/lib/script/script.js"),
    KeyRing: load("bcoin/lib/primitives/keyring.js"),
  };
}
