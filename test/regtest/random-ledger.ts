import { createHash } from "node:crypto";
import { addressOf, scriptFor } from "../kit/bitcoin-addresses.ts";
import { type Random, random } from "../kit/random.ts";
import type { Ledger, LedgerOutput, LedgerTx } from "./ledger.ts";

const BLOCKS = 24;
const SUBSIDY = 5_000_000_000n;

/** A chain of transactions at random: several inputs and outputs, odd sums, much that is spent in the block
 *  that pays it, no fee or a large one, outputs of nothing and to nobody, miners who claim too little. */
export function randomLedger(seed: number): Ledger {
  const by = random(seed);
  const transactions: LedgerTx[] = [];
  const unspent: { id: string; sats: bigint }[] = [];

  function add(tx: Omit<LedgerTx, "txid">): LedgerTx {
    const txid = createHash("sha256").update(`${seed} ${transactions.length}`).digest("hex");
    transactions.push({ txid, ...tx });
    for (const [vout, { sats, owner }] of tx.outputs.entries()) {
      if (owner !== null) unspent.push({ id: `${txid}:${vout}`, sats });
    }
    return transactions.at(-1)!;
  }

  for (let height = 1; height <= BLOCKS; height++) {
    const at = transactions.length;
    let fees = 0n;
    for (let count = unspent.length === 0 ? 0 : by.below(5); count > 0; count--) {
      const spent = Array.from({ length: 1 + by.below(Math.min(4, unspent.length)) }, () =>
        // Mostly what is new, so that coins are spent in the block that they were paid in.
        unspent.splice(Math.max(0, unspent.length - 1 - by.below(6)), 1),
      ).flat();
      const sats = spent.reduce((sum, coin) => sum + coin.sats, 0n);
      const fee = by.below(3) === 0 ? 0n : part(by, sats) / 8n;
      fees += fee;
      add({ height, inputs: spent.map(({ id }) => id), outputs: shared(by, sats - fee) });
      if (unspent.length === 0) break;
    }
    const claimed = SUBSIDY + (by.below(3) === 0 ? part(by, fees) : fees);
    const coinbase = add({ height, inputs: [], outputs: shared(by, claimed) });
    transactions.splice(at, 0, ...transactions.splice(transactions.indexOf(coinbase), 1));
  }
  return { transactions, owners: new Map() };
}

/** Some of an amount. */
function part(by: Random, sats: bigint): bigint {
  return (sats * BigInt(by.below(1_000_001))) / 1_000_000n;
}

/** An amount in one to five outputs. */
function shared(by: Random, sats: bigint): LedgerOutput[] {
  const outputs: LedgerOutput[] = [];
  let left = sats;
  for (let count = by.below(5); count > 0; count--) {
    const here = by.below(6) === 0 ? 0n : part(by, left);
    outputs.push(output(by, here));
    left -= here;
  }
  return [...outputs, output(by, left)];
}

function output(by: Random, sats: bigint): LedgerOutput {
  if (by.below(8) === 0) return { sats, owner: null, address: null, script: Uint8Array.of(0x6a, 1, 7) };
  const hash = by.bytes(20);
  const [address, script] = [addressOf("p2wpkh", hash, "regtest"), scriptFor("p2wpkh", hash)];
  return { sats, owner: "somebody", address, script };
}

/** An output to begin at: the first that somebody can spend, of a transaction that is no coinbase; else the
 *  first of all. */
export function firstDirty({ transactions }: Ledger): readonly [id: string, sats: bigint] {
  const worth = ({ outputs }: LedgerTx): number =>
    outputs.findIndex(({ sats, owner }) => owner !== null && sats > 0n);
  const able = transactions.filter((tx) => worth(tx) >= 0);
  const tx = able.find(({ inputs }) => inputs.length > 0) ?? able[0]!;
  return [`${tx.txid}:${worth(tx)}`, tx.outputs[worth(tx)]!.sats];
}
