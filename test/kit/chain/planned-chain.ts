import { MadeChain } from "./made-chain.ts";
import { keyScript, type MadeTx, madeTx } from "./transactions.ts";

/** A transaction: outputs of earlier blocks that it spends, and whole coins that it pays to names. */
interface Plan {
  readonly spends: readonly (readonly [block: number, tx: number, vout: number])[];
  readonly pays: readonly (readonly [name: string, coins: bigint])[];
}

/** A chain with a block for each list of plans. Coinbases pay 50 coins to a miner. */
export function planned(plans: readonly (readonly Plan[])[]): MadeChain {
  const chain = new MadeChain();
  for (const plan of plans) {
    const txs: MadeTx[] = [];
    for (const { spends, pays } of plan) {
      const inputs = spends.map(([block, tx, vout]) => ({
        txid: chain.blocks[block]?.txs[tx]?.txid ?? "",
        vout,
      }));
      const outputs = pays.map(([name, coins]) => ({
        valueSats: coins * 100_000_000n,
        script: keyScript(name),
      }));
      txs.push(madeTx({ inputs, outputs }));
    }
    chain.mine(txs);
  }
  return chain;
}
