import { MadeChain } from "./made-chain.ts";
import { keyScript, type MadeTx, madeTx } from "./transactions.ts";

export interface Heist {
  readonly chain: MadeChain;
  /** 10,000 sats to "eve", who moves them to "mule" and change, and mule to "exchange". */
  readonly theft: MadeTx;
  readonly move: MadeTx;
  readonly cashOut: MadeTx;
}

/** A made-up chain of 20 blocks with a theft in the second, all of it settled. */
export function heist(network = "btc"): Heist {
  const chain = new MadeChain(network);
  const first = chain.mine([]).txs[0] ?? missing();
  const theft = madeTx({
    inputs: [{ txid: first.txid, vout: 0 }],
    outputs: [
      { valueSats: 10_000n, script: keyScript("eve") },
      { valueSats: 4_999_980_000n, script: keyScript("victim") },
    ],
  });
  chain.mine([theft]);
  const move = madeTx({
    inputs: [{ txid: theft.txid, vout: 0 }],
    outputs: [
      { valueSats: 6_000n, script: keyScript("mule") },
      { valueSats: 3_900n, script: keyScript("eve") },
    ],
  });
  chain.mine([move]);
  const cashOut = madeTx({
    inputs: [{ txid: move.txid, vout: 0 }],
    outputs: [{ valueSats: 5_900n, script: keyScript("exchange") }],
  });
  chain.mine([cashOut]);
  while (chain.blocks.length < 20) chain.mine([]);
  return { chain, theft, move, cashOut };
}

/** The heist, and after it so many payments to "shop", several in a block, all settled. */
export function shop(times: number): Heist {
  const made = heist("btc");
  const coins = made.chain.blocks.slice(3, 20).map(({ txs }) => txs[0] ?? missing());
  const pays = coins.flatMap((coin) => {
    let last: MadeTx = coin;
    return Array.from({ length: Math.ceil(times / coins.length) }, () => {
      const left = (last.outputs.at(-1)?.valueSats ?? 0n) - 1_000n;
      const outputs = [
        { valueSats: 1_000n, script: keyScript("shop") },
        { valueSats: left, script: keyScript("buyer") },
      ];
      last = madeTx({ inputs: [{ txid: last.txid, vout: last.outputs.length - 1 }], outputs });
      return last;
    });
  });
  const chosen = pays.slice(0, times);
  for (let at = 0; at < chosen.length; at += 20) made.chain.mine(chosen.slice(at, at + 20));
  for (let i = 0; i < 6; i += 1) made.chain.mine([]);
  return made;
}

function missing(): never {
  throw new RangeError("a block has a coinbase");
}
