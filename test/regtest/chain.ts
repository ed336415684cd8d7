import { type Block, bcoin, type Template, type Tx } from "./bcoin.ts";
import { type OutputKind, type Payee, wallets } from "./keys.ts";
import type { Ledger } from "./ledger.ts";

/** An output that can be spent by its owner. */
export interface Coin {
  readonly tx: Tx;
  readonly vout: number;
  readonly sats: bigint;
  readonly owner: string;
}

export interface RegtestChain {
  readonly ledger: Ledger;
  /** Of the node's RPC, on 127.0.0.1. */
  readonly port: number;
  address(owner: string, kind?: Exclude<OutputKind, "op-return">): string;
  /** Puts a transaction into the next block, behind those that are there; what the payees do not get is its
   *  fee. */
  pay(from: readonly Coin[], payees: readonly Payee[]): Coin[];
  /** Mines the next block, of whose fees the miner may leave some unclaimed. */
  mine(miner: string, unclaimedSats?: bigint): Promise<Coin>;
  height(): number;
  rawBlock(height: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** 1 December 2017, ten minutes a block. */
export const secondsAt = (height: number): number => Date.UTC(2017, 11, 1) / 1000 + height * 600;
/** Where the node puts a random number into a coinbase: before the bytes that miners count up. */
const COINBASE_NONCE = { bytes: 4, fromEnd: 5 };

const OPTIONS = {
  network: "regtest",
  memory: true,
  workers: false,
  listen: false,
  indexTX: true,
  httpHost: "127.0.0.1",
  httpPort: 0,
  noAuth: true,
  logLevel: "none",
};

/** A Bitcoin node in this process, in memory, with its RPC on a free port of the loopback.
 *
 *  Keys come from the names of owners, times from heights, and signatures are deterministic (RFC 6979): the
 *  same script makes the same blocks each time.
 */
export async function regtestChain(): Promise<RegtestChain> {
  const library = bcoin();
  const node = new library.FullNode(OPTIONS);
  await node.open();
  const ledger: Ledger = { transactions: [], owners: new Map() };
  const { ringOf, addressFor, scriptOf } = wallets(library);
  let waiting: { tx: Tx; spends: object; inputs: string[]; payees: readonly Payee[] }[] = [];

  function pay(from: readonly Coin[], payees: readonly Payee[]): Coin[] {
    const draft = new library.MTX();
    for (const { tx, vout } of from) draft.addTX(tx, vout);
    for (const payee of payees)
      draft.addOutput(library.Script.fromRaw(Buffer.from(scriptOf(payee))), Number(payee.sats));
    const signed = draft.sign([...new Set(from.map(({ owner }) => owner))].map(ringOf));
    if (signed !== from.length) throw new Error(`Signed ${signed} of ${from.length} inputs`);
    const [tx, spends] = draft.commit();
    const inputs = from.map((coin) => `${coin.tx.txid()}:${coin.vout}`);
    waiting.push({ tx, spends, inputs, payees });
    return payees.map(({ to, sats }, vout) => ({ tx, vout, sats, owner: to }));
  }

  function enter(tx: Tx, inputs: readonly string[], payees: readonly Payee[]): void {
    const outputs = tx.outputs.map(({ value, script }, vout) => {
      const payee = payees[vout];
      const isLost = payee === undefined || payee.kind === "op-return";
      if (!isLost) ledger.owners.set(`${tx.txid()}:${vout}`, payee.to);
      const [owner, address] = isLost ? [null, null] : [payee.to, addressFor(payee)];
      return { sats: BigInt(value), owner, address, script: script.toRaw() };
    });
    ledger.transactions.push({ txid: tx.txid(), height: node.chain.height, inputs, outputs });
  }

  async function mine(miner: string, unclaimedSats = 0n): Promise<Coin> {
    const template = await node.miner.createBlock(node.chain.tip, ringOf(miner).getAddress());
    template.time = secondsAt(node.chain.height + 1);
    for (const { tx, spends } of waiting) {
      if (!template.addTX(tx, spends)) throw new Error(`Cannot put ${tx.txid()} into a block`);
    }
    template.fees -= Number(unclaimedSats);
    const block = solved(template);
    await node.chain.add(block);
    const coinbase = block.txs[0]!;
    const sats = BigInt(coinbase.outputs[0]!.value);
    enter(coinbase, [], [{ to: miner, sats }]);
    for (const { tx, inputs, payees } of waiting) enter(tx, inputs, payees);
    waiting = [];
    return { tx: coinbase, vout: 0, sats, owner: miner };
  }

  return {
    ledger,
    port: node.http.http.address().port,
    address: (owner, kind = "p2wpkh") => String(addressFor({ to: owner, kind })),
    pay,
    mine,
    height: () => node.chain.height,
    rawBlock: (height) => node.chain.getRawBlock(height),
    close: () => node.close(),
  };
}

/** The block with the first nonce that its target accepts. */
function solved(template: Template): Block {
  template.refresh();
  const end = template.left.length - COINBASE_NONCE.fromEnd + COINBASE_NONCE.bytes;
  template.left.fill(0, end - COINBASE_NONCE.bytes, end);
  for (let nonce = 0; ; nonce++) {
    const proof = template.getProof(0, 0, template.time, nonce);
    if (proof.verify(template.target)) return template.commit(proof);
  }
}
